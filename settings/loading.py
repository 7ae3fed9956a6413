"""From what the admin wrote to :class:`Settings`, or to all that is wrong with it at once."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.company import Company
from settings import addresses, docusign, keys, slack, stripe
from settings.chosen import Clock, LogFormat, Settings
from settings.company import Described, read_company
from settings.crm import read_crm
from settings.environment import Environment
from settings.handbook import TomlHandbook
from settings.library import library
from settings.mail import MailServer, mail_from, mail_server
from settings.model import ModelChoice, model_name, model_seconds
from settings.seal import SealChoice, seal_keys, timestamps
from settings.slack import Mode
from settings.trust import authorities
from settings.webhooks import endpoints
from settings.wording import Wrong, WrongSettings, meant, shown
from workflows.calendar import Calendar
from workflows.registry import find_workflows

_CLOCKS: dict[str, Clock] = {"system": "system", "sandbox": "sandbox"}
_FORMATS: dict[str, LogFormat] = {"text": "text", "json": "json"}
_LEVELS = ("debug", "info", "warning", "error")
_NOBODYS = Described(Company(name="", zone=ZoneInfo("UTC"), currency="", calendar=Calendar()), ())
_EXAMPLE = Path(__file__).parents[1] / "frontdesk.example.toml"


def load(environ: Mapping[str, str], root: Path, *, connects: bool = True) -> Settings:
    """Return the settings in ``environ``, in ``.env`` under ``root`` and in ``frontdesk.toml``.

    ``environ`` wins over ``.env``. Relative paths begin at ``root``. When nothing is wrong, the
    data folder is made, and in the sandbox the file with its audit key. Raises WrongSettings; also
    where Slack's tokens are missing and it looks like production, unless the settings are for a
    command that ``connects`` to no Slack, and so opens no sandbox.
    """
    env = Environment(environ, root / ".env")
    settings = _settings(env, root)
    env.problems += _sandbox_problems(env, settings, connects=connects)
    if not env.problems:
        try:
            return _prepared(settings)
        except Wrong as wrong:
            env.problems.append(f"FRONTDESK_DATA: {wrong}")
    raise WrongSettings(env.problems)


def _settings(env: Environment, root: Path) -> Settings:
    """Read everything; while there are problems, what is wrong has some other value instead."""
    choice = _choice(env)
    in_sandbox = choice.mode is Mode.SANDBOX
    described, whence = _company(env, root, in_sandbox=in_sandbox)
    data = env.read("FRONTDESK_DATA", partial(addresses.path, root=root), root)
    database_url, migration_database_url = _databases(env, root, data)
    server, sender = _mail(env)
    place, library_keys = library(env, root, data / "library")
    is_play = slack.are_sandbox_tokens(env.text("SLACK_BOT_TOKEN"), env.text("SLACK_APP_TOKEN"))
    return Settings(
        mode=choice.mode,
        why=f"{choice.why}{whence}",
        bot_token=env.read("SLACK_BOT_TOKEN", slack.bot_token, None),
        app_token=env.read("SLACK_APP_TOKEN", slack.app_token, None),
        signing_secrets=env.read("SLACK_SIGNING_SECRET", slack.signing_secrets, ()),
        api_url=_api_url(env, in_sandbox=in_sandbox, is_play=is_play),
        database_url=database_url,
        migration_database_url=migration_database_url,
        host=_host(env, in_sandbox=in_sandbox),
        port=env.read("PORT", addresses.port, 0),
        public_url=env.read(
            "FRONTDESK_PUBLIC_URL", partial(addresses.public_url, plain_http=in_sandbox), None
        ),
        trusted_proxies=env.read("FRONTDESK_TRUSTED_PROXIES", addresses.proxies, ()),
        audit_key=_audit_key(env, in_sandbox=in_sandbox),
        metrics_token=env.read("FRONTDESK_METRICS_TOKEN", keys.metrics_token, None),
        clock=_clock(env, is_play=is_play),
        data=data,
        library=place,
        library_keys=library_keys,
        templates=env.read("FRONTDESK_TEMPLATES", partial(addresses.folder, root=root), None),
        fonts=env.read("FRONTDESK_FONTS", partial(addresses.folder, root=root), None),
        mail=server,
        mail_from=sender,
        webhooks=env.read("FRONTDESK_WEBHOOKS", endpoints, ()),
        model=_model(env),
        crm=read_crm(env),
        docusign=docusign.chosen(env),
        stripe=stripe.chosen(env, is_play=is_play),
        ca_file=env.read("FRONTDESK_CA_FILE", partial(authorities, root=root), None),
        seal=_seal(env, root),
        log_level=env.read("FRONTDESK_LOG_LEVEL", _log_level, ""),
        log_format=env.read("FRONTDESK_LOG_FORMAT", _log_format, "text"),
        company=described.company,
        handbook=TomlHandbook.of(described.values, find_workflows().keys()),
        warnings=(*env.warnings, *described.warnings, *(() if in_sandbox else _unreachable(env))),
    )


def _unreachable(env: Environment) -> Iterator[str]:
    """Yield what clients would miss."""
    if not env.is_set("FRONTDESK_PUBLIC_URL"):
        yield (
            "FRONTDESK_PUBLIC_URL: it is not set, so the links that clients get lead nowhere; "
            "set the https address under which they reach Frontdesk."
        )
    elif not env.is_set("FRONTDESK_TRUSTED_PROXIES"):
        yield (
            "FRONTDESK_TRUSTED_PROXIES: it is not set, so behind a proxy all clients share its "
            "address, on record and in the limits; name the proxy that ends TLS."
        )
    if not env.is_set("FRONTDESK_SMTP_URL"):
        yield (
            "FRONTDESK_SMTP_URL: it is not set, so mails to clients are only written to files; "
            "links are given to the sales assistant, everything else has to be sent by hand."
        )


def _prepared(settings: Settings) -> Settings:
    """Make the data folder, its owner's alone, and the audit key that only a sandbox lacks."""
    try:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Wrong(f"{shown(str(settings.data))} cannot be made: {error.strerror}.") from None
    except ValueError:
        raise Wrong(f"no folder can be called {shown(str(settings.data))}.") from None
    if settings.audit_key:
        return settings
    return replace(settings, audit_key=keys.sandbox_audit_key(settings.data / "audit.key"))


def _choice(env: Environment) -> slack.Choice:
    choice = slack.choose(
        bot=env.is_set("SLACK_BOT_TOKEN"),
        app=env.is_set("SLACK_APP_TOKEN"),
        signing=env.is_set("SLACK_SIGNING_SECRET"),
        sandbox=env.read("FRONTDESK_SANDBOX", slack.sandbox, unset=False),
    )
    if choice.problem:
        env.problems.append(choice.problem)
    return choice


def _sandbox_problems(env: Environment, settings: Settings, *, connects: bool) -> Iterator[str]:
    """Yield why the sandbox, in which everybody is let in, must not start here."""
    if settings.mode is not Mode.SANDBOX or env.is_set("FRONTDESK_SANDBOX") or not connects:
        return
    signs = {
        "DATABASE_URL is a PostgreSQL": not addresses.is_sqlite(settings.database_url),
        "FRONTDESK_PUBLIC_URL is set": env.is_set("FRONTDESK_PUBLIC_URL"),
        "FRONTDESK_SMTP_URL is set": env.is_set("FRONTDESK_SMTP_URL"),
        "FRONTDESK_HOST is not this machine alone": settings.host
        and not addresses.is_loopback(settings.host),
    }
    if any(signs.values()):
        yield slack.no_sandbox(sign for sign, is_seen in signs.items() if is_seen)


def _company(env: Environment, root: Path, *, in_sandbox: bool) -> tuple[Described, str]:
    """Return the company, and a sentence when it is not that of the admin's own file."""
    file = env.read("FRONTDESK_CONFIG", partial(addresses.path, root=root), None)
    if file is None:
        return _NOBODYS, ""
    whence = ""
    if in_sandbox and not env.is_set("FRONTDESK_CONFIG") and not file.exists():
        whence = f" There is no {file.name}, so the company is that of {_EXAMPLE.name}."
        file = _EXAMPLE
    try:
        return read_company(file, find_workflows().keys()), whence
    except WrongSettings as wrong:
        env.problems.extend(wrong.problems)
        return _NOBODYS, whence


def _databases(env: Environment, root: Path, data: Path) -> tuple[str, str | None]:
    """Return the URL of the database, and that of its owner for migrations."""
    by_default = f"sqlite:///{data / 'frontdesk.db'}"
    url = env.read("DATABASE_URL", partial(addresses.database_url, root=root), by_default)
    owners = env.read("MIGRATION_DATABASE_URL", addresses.postgres_url, None)
    if owners is not None and not env.is_set("DATABASE_URL"):
        env.problems.append("MIGRATION_DATABASE_URL: it is set without DATABASE_URL; add that.")
    elif owners is not None and addresses.is_sqlite(env.text("DATABASE_URL")):
        env.problems.append("MIGRATION_DATABASE_URL: remove it; SQLite needs no owner to migrate.")
    return url, owners


def _mail(env: Environment) -> tuple[MailServer | None, str]:
    """Return the mail server and the sender; a sender is needed where there is a server."""
    server = env.read("FRONTDESK_SMTP_URL", mail_server, None)
    if server is not None and not env.is_set("FRONTDESK_MAIL_FROM"):
        env.problems.append(
            "FRONTDESK_MAIL_FROM: it is missing; say who mails are from, such as "
            "sales@harborlight.example"
        )
    return server, env.read("FRONTDESK_MAIL_FROM", mail_from, "frontdesk@localhost.example")


def _model(env: Environment) -> ModelChoice | None:
    seconds = env.read("FRONTDESK_MODEL_SECONDS", model_seconds, 0.0)
    name = env.read("FRONTDESK_MODEL", model_name, "")
    return ModelChoice(name=name, seconds=seconds) if name else None


def _seal(env: Environment, root: Path) -> SealChoice | None:
    url = env.read("FRONTDESK_SEAL_TIMESTAMPS", timestamps, "")
    keys = env.read("FRONTDESK_SEAL", partial(seal_keys, root=root), None)
    password, is_set = env.text("FRONTDESK_SEAL_PASSWORD"), env.is_set("FRONTDESK_SEAL")
    if password and (not (keys.key_file or keys.token) if keys else not is_set):
        said = "FRONTDESK_SEAL names no .p12 file or token that it opens; remove it."
        env.problems.append(f"FRONTDESK_SEAL_PASSWORD: {said}")
    if url and not is_set:
        said = "nothing is sealed without FRONTDESK_SEAL; add that, or remove this."
        env.problems.append(f"FRONTDESK_SEAL_TIMESTAMPS: {said}")
    return replace(keys, password=password, timestamps=url) if keys else None


def _api_url(env: Environment, *, in_sandbox: bool, is_play: bool) -> str | None:
    url = env.read("SLACK_API_URL", addresses.api_url, None)
    if in_sandbox:
        if env.is_set("SLACK_API_URL"):
            env.warnings.append("SLACK_API_URL: it is not used; the sandbox has its own.")
        return None
    if is_play and env.is_set("SLACK_BOT_TOKEN") and not env.is_set("SLACK_API_URL"):
        env.problems.append(
            "SLACK_API_URL: it is missing, and Slack refuses the sandbox's tokens; "
            "set the sandbox's address, such as http://127.0.0.1:8700/api/"
        )
    if url is not None and addresses.is_plain_http_abroad(url):
        env.warnings.append("SLACK_API_URL: it is plain http; the token can be read on its way.")
    return url


def _host(env: Environment, *, in_sandbox: bool) -> str:
    host = env.read("FRONTDESK_HOST", addresses.host, "")
    if in_sandbox and host and not addresses.is_loopback(host):
        env.warnings.append(
            f"FRONTDESK_HOST: whoever reaches {host} can act as anybody in the sandbox."
        )
    return host


def _audit_key(env: Environment, *, in_sandbox: bool) -> bytes:
    """Return the key that is set; empty when there is none."""
    if not in_sandbox and not env.is_set("FRONTDESK_AUDIT_KEY"):
        env.problems.append(f"FRONTDESK_AUDIT_KEY: {keys.MISSING_AUDIT_KEY}")
    return env.read("FRONTDESK_AUDIT_KEY", keys.audit_key, b"")


def _clock(env: Environment, *, is_play: bool) -> Clock:
    def clock(text: str) -> Clock:
        if text not in _CLOCKS:
            raise Wrong(f"{shown(text)} is no clock; {meant(text, _CLOCKS)}")
        if text == "sandbox" and not is_play:
            raise Wrong("the sandbox's clock never runs beside real Slack tokens; remove it.")
        return _CLOCKS[text]

    return env.read("FRONTDESK_CLOCK", clock, "sandbox" if is_play else "system")


def _log_level(text: str) -> str:
    if text.lower() not in _LEVELS:
        raise Wrong(f"{shown(text)} is no level; {meant(text, _LEVELS)}")
    return text.upper()


def _log_format(text: str) -> LogFormat:
    if text.lower() not in _FORMATS:
        raise Wrong(f"{shown(text)} is no format; {meant(text, _FORMATS)}")
    return _FORMATS[text.lower()]

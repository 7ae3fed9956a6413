import pytest

from settings import Mode, load
from tests.settings.installation import HTTP, KEY, SOCKET, Installation

_BOT = "xoxb-not-a-real-token"
_APP = "xapp-not-a-real-token"


def test_without_slack_tokens_it_is_the_sandbox(installation: Installation) -> None:
    settings = installation.load()
    assert settings.mode is Mode.SANDBOX
    assert settings.why == (
        "Sandbox: none of SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_SIGNING_SECRET is set."
    )
    assert (settings.bot_token, settings.app_token, settings.signing_secrets) == (None, None, ())
    assert settings.api_url is None


def test_the_sandbox_says_that_it_took_the_example_company(bare: Installation) -> None:
    settings = bare.load()
    assert settings.company.name == "Harborlight"
    assert settings.why.endswith(
        " There is no frontdesk.toml, so the company is that of frontdesk.example.toml."
    )


_PG = "postgresql://desk:not-real@db.harborlight.example/desk"
_SMTP = "smtp://mail.harborlight.example"
_PRODUCTION = [
    ({"DATABASE_URL": _PG}, "DATABASE_URL is a PostgreSQL"),
    (
        {"FRONTDESK_PUBLIC_URL": "https://desk.harborlight.example"},
        "FRONTDESK_PUBLIC_URL is set",
    ),
    (
        {"FRONTDESK_SMTP_URL": _SMTP, "FRONTDESK_MAIL_FROM": "desk@harborlight.example"},
        "FRONTDESK_SMTP_URL is set",
    ),
    (
        {"FRONTDESK_HOST": "0.0.0.0"},  # noqa: S104 - nothing listens
        "FRONTDESK_HOST is not this machine alone",
    ),
    (
        {"FRONTDESK_HOST": "desk.harborlight.example", "DATABASE_URL": _PG},
        "DATABASE_URL is a PostgreSQL and FRONTDESK_HOST is not this machine alone",
    ),
]


@pytest.mark.parametrize(("environ", "sign"), _PRODUCTION, ids=[sign for _, sign in _PRODUCTION])
def test_in_production_lost_tokens_open_no_sandbox(
    installation: Installation, environ: dict[str, str], sign: str
) -> None:
    assert installation.problems(environ) == (
        (
            "SLACK_BOT_TOKEN: it is missing; add it, with SLACK_APP_TOKEN (Socket Mode) or "
            "SLACK_SIGNING_SECRET (HTTP). The sandbox, in which whoever reaches it acts as "
            f"anybody, does not start by itself here, as {sign}; if it is what you want, set "
            "FRONTDESK_SANDBOX=yes."
        ),
    )
    assert not (installation.root / "data").exists()

    asked = installation.load({**environ, "FRONTDESK_SANDBOX": "yes"})
    assert asked.mode is Mode.SANDBOX
    assert asked.why.endswith(" is set. FRONTDESK_SANDBOX lets it start anywhere.")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_alone_it_starts_unasked(installation: Installation, host: str) -> None:
    environ = {"FRONTDESK_HOST": host, "DATABASE_URL": "sqlite:///desk.db"}
    assert installation.load(environ).mode is Mode.SANDBOX


def test_what_connects_to_no_slack_needs_no_tokens(installation: Installation) -> None:
    found = load({"DATABASE_URL": _PG}, installation.root, connects=False)
    assert found.database_url.endswith("@db.harborlight.example/desk")


def test_bot_and_app_token_are_socket_mode(installation: Installation) -> None:
    settings = installation.load(SOCKET)
    assert settings.mode is Mode.SOCKET
    assert settings.why == "Socket Mode: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set."
    assert (settings.bot_token, settings.app_token) == (_BOT, _APP)
    assert settings.api_url == "https://slack.com/api/"


def test_bot_token_and_signing_secret_are_http(installation: Installation) -> None:
    settings = installation.load(HTTP)
    assert settings.mode is Mode.HTTP
    assert settings.why == "HTTP: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are set."
    assert settings.signing_secrets == ("not-a-real-signing-secret",)


def test_with_all_three_it_is_socket_mode_and_says_so(installation: Installation) -> None:
    settings = installation.load({**SOCKET, **HTTP})
    assert settings.mode is Mode.SOCKET
    assert settings.why == (
        "Socket Mode: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set. "
        "SLACK_SIGNING_SECRET is not used; for HTTP, remove SLACK_APP_TOKEN."
    )


def test_two_signing_secrets_are_accepted_while_one_replaces_the_other(
    installation: Installation,
) -> None:
    settings = installation.load({**HTTP, "SLACK_SIGNING_SECRET": "not-real-new, not-real-old,"})
    assert settings.signing_secrets == ("not-real-new", "not-real-old")


@pytest.mark.parametrize(
    ("environ", "problem"),
    [
        (
            {"SLACK_BOT_TOKEN": _BOT},
            (
                "SLACK_BOT_TOKEN: it is set without its partner; add SLACK_APP_TOKEN "
                "(Socket Mode) or SLACK_SIGNING_SECRET (HTTP), or remove it to start the sandbox."
            ),
        ),
        (
            {"SLACK_APP_TOKEN": _APP},
            (
                "SLACK_BOT_TOKEN: it is missing; add the bot token (xoxb-...), "
                "or remove SLACK_APP_TOKEN to start the sandbox."
            ),
        ),
        (
            {"SLACK_SIGNING_SECRET": "not-real"},
            (
                "SLACK_BOT_TOKEN: it is missing; add the bot token (xoxb-...), "
                "or remove SLACK_SIGNING_SECRET to start the sandbox."
            ),
        ),
        (
            {"SLACK_APP_TOKEN": _APP, "SLACK_SIGNING_SECRET": "not-real"},
            (
                "SLACK_BOT_TOKEN: it is missing; add the bot token (xoxb-...), "
                "or remove SLACK_APP_TOKEN and SLACK_SIGNING_SECRET to start the sandbox."
            ),
        ),
    ],
    ids=["bot", "app", "signing", "app and signing"],
)
def test_half_of_a_pair_stops_the_start(
    installation: Installation, environ: dict[str, str], problem: str
) -> None:
    assert installation.problems({**environ, "FRONTDESK_AUDIT_KEY": KEY}) == (problem,)


_BOT_RIGHT = "right is the bot token (xoxb-...) from the app's page OAuth & Permissions."
_APP_RIGHT = "right is the app-level token (xapp-...) from the app's page Basic Information."
_SECRET_RIGHT = "right is the signing secret from the app's page Basic Information."


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("SLACK_BOT_TOKEN", "xapp-not-real", "this is an app-level token (xapp-...); "),
        ("SLACK_BOT_TOKEN", "xoxp-not-real", "this is a user token (xoxp-...); "),
        ("SLACK_BOT_TOKEN", "xoxc-not-real", "this is another kind of token; "),
        (
            "SLACK_BOT_TOKEN",
            "xoxe.xoxb-1-not-real",
            "this is a rotating token, which ends after 12 hours; ",
        ),
        ("SLACK_BOT_TOKEN", "https://x.example", "this is a URL; "),
        ("SLACK_BOT_TOKEN", "hello", "this is not a Slack token; "),
        (
            "SLACK_BOT_TOKEN",
            "xoxb-not real",
            "this begins like a Slack token but cannot be one; ",
        ),
        ("SLACK_BOT_TOKEN", "xoxb-", "this begins like a Slack token but cannot be one; "),
        ("SLACK_APP_TOKEN", "xoxb-not-real", "this is a bot token (xoxb-...); "),
        ("SLACK_SIGNING_SECRET", "xoxb-not-real", "this is a bot token (xoxb-...); "),
        ("SLACK_SIGNING_SECRET", "not real", "this holds characters that no secret has; "),
    ],
)
def test_a_token_of_the_wrong_kind_is_named_by_its_kind(
    installation: Installation, name: str, value: str, found: str
) -> None:
    right = {
        "SLACK_BOT_TOKEN": _BOT_RIGHT,
        "SLACK_APP_TOKEN": _APP_RIGHT,
        "SLACK_SIGNING_SECRET": _SECRET_RIGHT,
    }[name]
    assert installation.problems({**SOCKET, name: value}) == (f"{name}: {found}{right}",)


@pytest.mark.parametrize("value", [",", "a,b,c"])
def test_there_are_one_or_two_signing_secrets(installation: Installation, value: str) -> None:
    assert installation.problems({**HTTP, "SLACK_SIGNING_SECRET": value}) == (
        ("SLACK_SIGNING_SECRET: right are one secret, or the new and the old one with a comma."),
    )


def test_outside_the_sandbox_the_example_company_is_nobodys(bare: Installation) -> None:
    assert bare.problems(SOCKET) == (
        (
            f'frontdesk.toml is not in "{bare.root}"; '
            "make one with: cp frontdesk.example.toml frontdesk.toml"
        ),
    )


def test_a_company_file_that_was_named_must_exist_in_the_sandbox_too(bare: Installation) -> None:
    assert bare.problems({"FRONTDESK_CONFIG": "acme.toml"}) == (
        f'acme.toml is not in "{bare.root}"; make one with: cp frontdesk.example.toml acme.toml',
    )


_SANDBOX_TOKENS = {
    "SLACK_BOT_TOKEN": "xoxb-sandbox-1",
    "SLACK_APP_TOKEN": "xapp-sandbox-1",
    "SLACK_API_URL": "http://127.0.0.1:8700/api/",
    "FRONTDESK_AUDIT_KEY": KEY,
}


class TestClock:
    def test_the_sandbox_has_its_own(self, installation: Installation) -> None:
        assert installation.load().clock == "sandbox"

    def test_sandbox_tokens_have_the_sandboxs(self, installation: Installation) -> None:
        assert installation.load(_SANDBOX_TOKENS).clock == "sandbox"

    def test_real_tokens_have_the_systems(self, installation: Installation) -> None:
        assert installation.load(SOCKET).clock == "system"

    def test_the_systems_can_be_chosen_anywhere(self, installation: Installation) -> None:
        for environ in ({}, SOCKET, _SANDBOX_TOKENS):
            settings = installation.load({**environ, "FRONTDESK_CLOCK": "system"})
            assert settings.clock == "system"

    @pytest.mark.parametrize("real", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
    def test_the_sandboxs_never_runs_beside_a_real_token(
        self, installation: Installation, real: str
    ) -> None:
        environ = {**_SANDBOX_TOKENS, real: SOCKET[real], "FRONTDESK_CLOCK": "sandbox"}
        assert installation.problems(environ) == (
            "FRONTDESK_CLOCK: the sandbox's clock never runs beside real Slack tokens; remove it.",
        )

    def test_sandbox_tokens_need_the_sandboxs_address(self, installation: Installation) -> None:
        assert installation.problems({**_SANDBOX_TOKENS, "SLACK_API_URL": ""}) == (
            (
                "SLACK_API_URL: it is missing, and Slack refuses the sandbox's tokens; "
                "set the sandbox's address, such as http://127.0.0.1:8700/api/"
            ),
        )

"""Which Slack, and how: the tokens, what they are, and the mode that follows from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from settings.wording import Wrong, listed, shown

SANDBOX_TOKENS = ("xoxb-sandbox-", "xapp-sandbox-")
"""How the tokens of the local sandbox begin; no token of Slack's does."""

_SECRETS_AT_ONCE = 2
_KINDS = (
    ("xoxe.", "a rotating token, which ends after 12 hours"),
    ("xoxb-", "a bot token (xoxb-...)"),
    ("xapp-", "an app-level token (xapp-...)"),
    ("xoxp-", "a user token (xoxp-...)"),
    ("xox", "another kind of token"),
    ("http", "a URL"),
)
_BOT = "right is the bot token (xoxb-...) from the app's page OAuth & Permissions"
_APP = "right is the app-level token (xapp-...) from the app's page Basic Information"
_SIGNING = "right is the signing secret from the app's page Basic Information"


class Mode(StrEnum):
    """How Frontdesk is connected."""

    SANDBOX = "sandbox"
    SOCKET = "socket"
    HTTP = "http"


@dataclass(frozen=True, slots=True)
class Choice:
    """The mode, and why it is chosen; or ``problem``, when the tokens do not say which one."""

    mode: Mode
    why: str = ""
    problem: str = ""


def choose(*, bot: bool, app: bool, signing: bool, sandbox: bool) -> Choice:
    """Return the mode that follows from which tokens are set, and whether a sandbox is asked for.

    With all three it is Socket Mode: every Slack app has a signing secret, but an app-level token
    is made for Socket Mode alone. Half of a pair is a problem, and so is a sandbox with tokens.
    """
    if not (bot or app or signing):
        names = "SLACK_BOT_TOKEN, SLACK_APP_TOKEN and SLACK_SIGNING_SECRET"
        asked = " FRONTDESK_SANDBOX lets it start anywhere." if sandbox else ""
        return Choice(Mode.SANDBOX, f"Sandbox: none of {names} is set.{asked}")
    mode = Mode.SOCKET if app else Mode.HTTP
    if sandbox:
        problem = "FRONTDESK_SANDBOX: Slack tokens are set, so no sandbox starts; remove it."
        return Choice(mode, problem=problem)
    if not (bot and (app or signing)):
        return Choice(mode, problem=_half_a_pair(bot=bot, app=app, signing=signing))
    if mode is Mode.HTTP:
        return Choice(mode, "HTTP: SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are set.")
    why = "Socket Mode: SLACK_BOT_TOKEN and SLACK_APP_TOKEN are set."
    ignored = " SLACK_SIGNING_SECRET is not used; for HTTP, remove SLACK_APP_TOKEN."
    return Choice(mode, why + ignored if signing else why)


def _half_a_pair(*, bot: bool, app: bool, signing: bool) -> str:
    if bot:
        return (
            "SLACK_BOT_TOKEN: it is set without its partner; add SLACK_APP_TOKEN (Socket Mode) or "
            "SLACK_SIGNING_SECRET (HTTP), or remove it to start the sandbox."
        )
    alone = {"SLACK_APP_TOKEN": app, "SLACK_SIGNING_SECRET": signing}
    names = listed(name for name, is_set in alone.items() if is_set)
    return (
        "SLACK_BOT_TOKEN: it is missing; add the bot token (xoxb-...), "
        f"or remove {names} to start the sandbox."
    )


def sandbox(text: str) -> bool:
    """Return True, for the one word that asks for the sandbox; Wrong for any other."""
    if text != "yes":
        raise Wrong(f"{shown(text)} is not known; right is yes, or nothing.")
    return True


def no_sandbox(signs: Iterable[str]) -> str:
    """Return what to do where no Slack token is set, and ``signs`` say that this is no trial."""
    return (
        "SLACK_BOT_TOKEN: it is missing; add it, with SLACK_APP_TOKEN (Socket Mode) or "
        "SLACK_SIGNING_SECRET (HTTP). The sandbox, in which whoever reaches it acts as anybody, "
        f"does not start by itself here, as {listed(signs)}; if it is what you want, set "
        "FRONTDESK_SANDBOX=yes."
    )


def bot_token(text: str) -> str:
    """Return the bot token; Wrong when it is not one."""
    return _token(text, "xoxb-", _BOT)


def app_token(text: str) -> str:
    """Return the app-level token; Wrong when it is not one."""
    return _token(text, "xapp-", _APP)


def signing_secrets(text: str) -> tuple[str, ...]:
    """Return the one or two signing secrets that are accepted; Wrong when they are not."""
    secrets = tuple(filter(None, (each.strip() for each in text.split(","))))
    if not 1 <= len(secrets) <= _SECRETS_AT_ONCE:
        raise Wrong("right are one secret, or the new and the old one with a comma.")
    for secret in secrets:
        if (kind := _kind(secret)) is not None:
            raise Wrong(f"this is {kind}; {_SIGNING}.")
        if not re.fullmatch(r"[!-~]+", secret):
            raise Wrong(f"this holds characters that no secret has; {_SIGNING}.")
    return secrets


def are_sandbox_tokens(*texts: str) -> bool:
    """Whether every token that is set is one of the sandbox's; also when none is set."""
    return all(text.startswith(SANDBOX_TOKENS) for text in texts if text)


def _token(text: str, prefix: str, right: str) -> str:
    if not text.startswith(prefix):
        raise Wrong(f"this is {_kind(text) or 'not a Slack token'}; {right}.")
    if not re.fullmatch(r"[A-Za-z0-9_.-]+", text) or text == prefix:
        raise Wrong(f"this begins like a Slack token but cannot be one; {right}.")
    return text


def _kind(text: str) -> str | None:
    return next((kind for prefix, kind in _KINDS if text.startswith(prefix)), None)

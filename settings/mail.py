"""Where mail goes out, and from whom."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

from settings.addresses import is_loopback
from settings.wording import Wrong, shown

Security = Literal["starttls", "tls", "none"]
_SCHEMES: dict[str, tuple[Security, int]] = {
    "smtp": ("starttls", 587),
    "smtps": ("tls", 465),
    "smtp+plain": ("none", 25),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """An SMTP server. ``user`` is empty where nobody has to log in."""

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(text: str) -> MailServer:
    """Return the server that the URL names. Its password is in no message."""
    scheme, mark, _rest = text.partition("://")
    if not mark or scheme not in _SCHEMES:
        raise Wrong("right are smtp://USER:PASSWORD@HOST:587, smtps://HOST:465, smtp+plain://HOST")
    try:
        found = urlsplit(text)
        port = found.port
    except ValueError:
        raise Wrong(
            "the part behind :// cannot be read; write special characters as %XX."
        ) from None
    if not found.hostname or found.path not in ("", "/") or found.query:
        raise Wrong("it names no host; right is smtp://USER:PASSWORD@HOST:587")
    security, usual = _SCHEMES[scheme]
    if security == "none" and found.username and not is_loopback(found.hostname):
        raise Wrong("smtp+plain would send the password in the clear; right is smtp:// (STARTTLS).")
    return MailServer(
        host=found.hostname,
        port=port or usual,
        security=security,
        user=unquote(found.username or ""),
        password=unquote(found.password or ""),
    )


def mail_from(text: str) -> str:
    """Return the address that mails are from."""
    try:
        found = validate_email(
            text, check_deliverability=False, allow_smtputf8=False, test_environment=True
        )
    except EmailNotValidError:
        raise Wrong(f"{shown(text)} is not an e-mail address that mail can be from.") from None
    return found.normalized

"""A mail server's answers, told apart by what they mean for us."""

import re
import smtplib
import ssl

from bot.ports.mail import MailRefused, MailUnavailable
from integrations.mail.message import on_one_line
from integrations.mail.session import TookTooLong

FOR_ADMINS = frozenset({530, 534, 535, 538})
"""The server wants to know who we are (RFC 4954): nothing is wrong with the mail."""

_NEVER = 500
_TOO_LARGE = 552
"""The mail's size is announced along with its sender (RFC 1870)."""
_WORDS = 200
_START = "Correct host and port in FRONTDESK_SMTP_URL, or start the server."
_LOGIN = (
    "Correct user and password in FRONTDESK_SMTP_URL, with special characters as %XX; some "
    "providers want a password of the app's own, or SMTP to be allowed for that mailbox."
)
_CLEAR = (
    "Write smtps:// in FRONTDESK_SMTP_URL for a server that speaks TLS from the first byte (mostly "
    "on port 465); where it offers STARTTLS elsewhere, something on the way takes that out."
)
_TRUST = (
    "Name the server in FRONTDESK_SMTP_URL as its certificate does; where an authority of your own "
    "vouches for it, name that one's file as FRONTDESK_CA_FILE."
)
_FROM = "Correct FRONTDESK_MAIL_FROM, or let that user of the mail server send from it."
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}\b")


def meaning(error: Exception, to: str) -> MailRefused | MailUnavailable:
    """Return what an answer to the mail itself means; ``to`` is whom it was for."""
    code, words = _answer(error)
    said = f"{code} {words}".strip()
    if code in FOR_ADMINS:
        return _settings_are_wrong(said)
    if code >= _NEVER and code != _TOO_LARGE and isinstance(error, smtplib.SMTPSenderRefused):
        text = f"The mail server takes no mail from {error.sender}: {said}"
        return MailUnavailable(f"{text}. An admin has to put the mail settings right.", _FROM)
    if code >= _NEVER:
        return MailRefused(f"The mail server refused the mail to {to}: {said}")
    if code:
        return MailUnavailable(f"The mail server asks to come again later: {said}")
    return MailUnavailable(f"The connection to the mail server failed: {_failure(error)}.")


def unreachable(host: str, port: int, error: Exception) -> MailUnavailable:
    """Return that no (safe) connection came about, and why."""
    where = f"The mail server {host}:{port}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return MailUnavailable(
            f"{where} offers no STARTTLS, and mail is not sent in the clear.", _CLEAR
        )
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".")
        return MailUnavailable(f"{where} has a certificate that is not trusted: {why}.", _TRUST)
    code, words = _answer(error)
    if code > 0:
        return MailUnavailable(f"{where} serves nobody now: {code} {words}")
    return MailUnavailable(f"{where} cannot be reached: {_failure(error)}.", _START)


def locked_out(error: Exception) -> MailUnavailable:
    """Return that we could not log in. Of the answer only the codes are said."""
    if isinstance(error, UnicodeError):
        return _settings_are_wrong("they hold letters that cannot be sent")
    if isinstance(error, smtplib.SMTPResponseException):
        found = _ENHANCED.search(_bytes(error.smtp_error))
        said = f"{error.smtp_code} {found[0].decode() if found else ''}".strip()
        if error.smtp_code < _NEVER:
            return MailUnavailable(f"The mail server asks to log in again later: {said}")
        return _settings_are_wrong(said)
    is_over = isinstance(error, smtplib.SMTPServerDisconnected)
    if isinstance(error, smtplib.SMTPException) and not is_over:
        return _settings_are_wrong("it offers no way to log in that we know")
    return MailUnavailable(f"The connection to the mail server failed: {_failure(error)}.")


def left_alone(host: str, port: int) -> MailUnavailable:
    """Return that nobody asks the server now."""
    where = f"The mail server {host}:{port}"
    return MailUnavailable(f"{where} did not answer just now, and is left alone a while.")


def is_silence(error: BaseException) -> bool:
    """Whether the server said nothing, of what was made of an error by the functions above."""
    cause = error.__cause__ or error.__context__
    return isinstance(cause, TookTooLong) or _is_late(cause)


def _settings_are_wrong(why: str) -> MailUnavailable:
    text = "The mail server does not take the bot's user name and password"
    return MailUnavailable(f"{text} ({why}): an admin has to put the mail settings right.", _LOGIN)


def _answer(error: Exception) -> tuple[int, str]:
    """Return the code, 0 without one, and the server's words."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
        return code, _words(words)
    if isinstance(error, smtplib.SMTPResponseException):
        return max(error.smtp_code, 0), _words(error.smtp_error)
    return 0, ""


def _words(said: bytes | str) -> str:
    return on_one_line(_bytes(said).decode(errors="replace"))[:_WORDS]


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _is_late(error: BaseException | None) -> bool:
    return error is not None and (
        isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
    )


def _failure(error: Exception) -> str:
    if _is_late(error):
        return "it did not answer in time"
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return on_one_line(said)[:_WORDS].rstrip(".") or type(error).__name__

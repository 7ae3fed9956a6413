"""A mail as the message that travels (RFC 5322)."""

import hashlib
import re
import unicodedata
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from bot.ports.mail import Attachment, Mail, MailRefused
from integrations.mail.folding import POLICY

_LONGEST = 254
_ATOM = r"[\w!#$%&'*+/=?^`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*", re.ASCII)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_MIME = re.compile(r"(?!multipart/|message/)[a-z0-9][\w.+-]*/[a-z0-9][\w.+-]*", re.ASCII)
_UNSEEN = {"Cc", "Cs", "Zl", "Zp"}
"""Unicode categories that end a line or cannot be sent: controls, surrogates, separators."""


def message_of(mail: Mail, sender: str, sender_name: str, at: datetime) -> EmailMessage:
    """Return the message: text, HTML beside it, attachments, a Message-ID made of the key.

    What would begin a new line in a subject, a person's or a file's name becomes a space. Raises
    MailRefused for an address nobody can have, ValueError for such a ``sender``.
    """
    origin = address(sender_name, sender)
    message = EmailMessage(POLICY)
    message["Message-ID"] = f"<{identity(mail.key)}@{origin.domain}>"
    message["Date"] = format_datetime(at)
    message["From"] = origin
    message["To"] = _person(mail.to_name, mail.to)
    if mail.reply_to:
        message["Reply-To"] = _person(mail.reply_to_name, mail.reply_to)
    message["Subject"] = on_one_line(mail.subject)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_sendable(mail.text))
    if mail.html:
        message.add_alternative(_sendable(mail.html), subtype="html")
    for attachment in mail.attachments:
        _attach(message, attachment)
    return message


def identity(key: str) -> str:
    """Return what a mail's key becomes in its Message-ID: 32 hexadecimal digits."""
    return hashlib.sha256(_sendable(key).encode()).hexdigest()[:32]


def address(name: str, bare: str) -> Address:
    """Return a person's address, its domain in ASCII. Raises ValueError with a sentence.

    Letters outside ASCII before the @ are refused: few servers take them (RFC 6531).
    """
    local, _, domain = bare.rpartition("@")
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        domain = ""
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)) or len(bare) > _LONGEST:
        raise ValueError(f"“{on_one_line(bare)[:80]}” is no e-mail address that mail can reach.")
    return Address(on_one_line(name), local, domain)


def on_one_line(text: str) -> str:
    """Return the text with every run of white space and control characters as one space.

    What looks like the beginning of an encoded word (RFC 2047) is text, and torn to stay text.
    """
    seen = (" " if unicodedata.category(char) in _UNSEEN else char for char in text)
    return " ".join("".join(seen).replace("=?", "= ?").split())


def _person(name: str, bare: str) -> Address:
    try:
        return address(name, bare)
    except ValueError as error:
        raise MailRefused(str(error)) from None


def _sendable(text: str) -> str:
    return text.encode(errors="replace").decode()


def _attach(message: EmailMessage, attachment: Attachment) -> None:
    mime = attachment.mime.lower()
    maintype, _, subtype = (
        mime if _MIME.fullmatch(mime) else "application/octet-stream"
    ).partition("/")
    name = on_one_line(re.split(r"[/\\]", attachment.name)[-1]) or "attachment"
    message.add_attachment(attachment.content, maintype=maintype, subtype=subtype, filename=name)

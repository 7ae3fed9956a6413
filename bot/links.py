"""Clients' private links: made of a secret, known to the database by their hash alone."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.desk import Desk
from bot.ports import Link

PATH = "/r/"
"""Where the client's page is, under the public address; the token follows."""


class Sending(NamedTuple):
    """What was sent: one version of a request's document, when the request was at ``step``."""

    ref: str
    version: int
    step: int


def token_of(desk: Desk, sending: Sending, email: str) -> str:
    """Return the token of one recipient's link.

    It can be made again for a mail that has to be tried again, but only by whoever has the secret;
    256 bits, so it cannot be guessed.
    """
    said = "\0".join((sending.ref, str(sending.version), str(sending.step), email.casefold()))
    made = hmac.digest(desk.link_key, said.encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def is_genuine(desk: Desk, link: Link, token: str) -> bool:
    """Whether the token was made by us for this link: a row alone opens nothing."""
    made = token_of(desk, Sending(link.ref, link.version, link.step), link.email)
    return hmac.compare_digest(made, token)


def hash_of(token: str) -> str:
    """Return what the database knows of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def url_of(desk: Desk, sending: Sending, email: str) -> str:
    """Return the address of the client's page. It stands nowhere but in what is sent."""
    return f"{desk.public_url}{PATH}{token_of(desk, sending, email)}"


def link_of(desk: Desk, workflow: str, sending: Sending, to: tuple[str, str], at: datetime) -> Link:
    """Return the row that recognises the link of the recipient ``to`` (name, e-mail).

    It was sent at ``at`` and holds for the days that the company set.
    """
    name, email = to
    days = desk.company.policy(workflow).link_days
    return Link(
        token_hash=hash_of(token_of(desk, sending, email)),
        ref=sending.ref,
        version=sending.version,
        email=email,
        name=name,
        step=sending.step,
        created_at=at,
        expires_at=at + timedelta(days=days),
    )

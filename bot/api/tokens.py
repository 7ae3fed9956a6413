"""Tokens of the API: made and taken back at the command line, shown once, kept as a proof alone."""

import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import Problem
from bot.ports import Store, Token, Unit
from bot.unmoved import beside
from workflows.engine import Entry
from workflows.roles import Seat

ADDED, REMOVED = "add_api_token", "remove_api_token"
"""The actions under which it enters the audit."""

SURFACE = "command line"

_MARK = "fdk"
"""With it every token begins, so that whoever finds one knows what it opens."""
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")


class NotAName(Problem):
    """A token is named after its client: small letters, digits and hyphens, such as "crm-2"."""


class NameTaken(Problem):
    """There is a token of that name already; remove it first, or choose another name."""


class NoSuchToken(Problem):
    """There is no token of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grants:
    """What a token may do besides reading requests that are not private, without amounts."""

    private: bool = False
    amounts: bool = False
    submit: bool = False

    @property
    def words(self) -> str:
        """Return them in words, for a list."""
        given = {"private requests": self.private, "amounts": self.amounts, "submit": self.submit}
        return ", ".join(name for name, is_given in given.items() if is_given) or "nothing more"


def key_of(link_key: bytes) -> bytes:
    """Return the key of the proofs. It is made of one that is kept outside of the database."""
    return hmac.digest(link_key, b"tokens of the API", "sha256")


def make(store: Store, key: bytes, name: str, grants: Grants, now: datetime) -> str:
    """Make a token and return it, for the one time that anybody sees it.

    Raises NotAName and NameTaken.
    """
    if not _NAME.fullmatch(name):
        raise NotAName
    secret = secrets.token_urlsafe(32)
    token = Token(
        name=name,
        proof="",
        private=grants.private,
        amounts=grants.amounts,
        submit=grants.submit,
        made_at=now,
    )
    with store.unit() as unit:
        if not unit.tokens.add(replace(token, proof=_proof(key, token, secret))):
            raise NameTaken
        unit.audit.append(_entry(ADDED, now, name, grants.words))
        unit.commit()
    return f"{_MARK}_{name}_{secret}"


def remove(store: Store, name: str, now: datetime) -> None:
    """Take a token back: from now on it opens nothing. Raises NoSuchToken."""
    with store.unit() as unit:
        if not unit.tokens.remove(name):
            raise NoSuchToken
        unit.audit.append(_entry(REMOVED, now, name))
        unit.commit()


def grants_of(token: Token) -> Grants:
    """Return what a token may do."""
    return Grants(private=token.private, amounts=token.amounts, submit=token.submit)


def name_in(text: str) -> str:
    """Return whose token ``text`` says to be, or "" where it is none."""
    mark, _, rest = text.partition("_")
    name, _, secret = rest.partition("_")
    return name if mark == _MARK and secret and _NAME.fullmatch(name) else ""


def known(unit: Unit, key: bytes, text: str, now: datetime) -> Token | None:
    """Return the token that ``text`` is, and count the use; None where it is none of ours."""
    name = name_in(text)
    token = unit.tokens.get(name) if name else None
    if token is None:
        return None
    secret = text.removeprefix(f"{_MARK}_{name}_")
    if not hmac.compare_digest(token.proof.encode(), _proof(key, token, secret).encode()):
        return None
    unit.tokens.used(name, now)
    return token


def _proof(key: bytes, token: Token, secret: str) -> str:
    said = (token.name, token.private, token.amounts, token.submit, secret)
    return hmac.new(key, "\n".join(map(str, said)).encode(), "sha256").hexdigest()


def _entry(action: str, now: datetime, name: str, may: str = "") -> Entry:
    detail = {"token": name} | ({"may": may} if may else {})
    return beside(None, action, Seat.FRONTDESK.value, SURFACE, now, detail)

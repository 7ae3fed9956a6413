"""The tokens of the API's clients: what each may see, and how often it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a client of the API may do. The secret itself is kept nowhere.

    ``proof`` is a keyed hash over the secret, the name and all that it may do: a row that was
    written or changed around the bot opens nothing. Instants are UTC.
    """

    name: str
    proof: str
    private: bool = False
    """Whether it sees private requests."""
    amounts: bool = False
    """Whether it sees amounts, and clients' contacts."""
    submit: bool = False
    """Whether it may hand in tickets."""
    made_at: datetime
    uses: int = 0
    used_at: datetime | None = None


class Tokens(Protocol):
    """Tokens by name."""

    def add(self, token: Token) -> bool:
        """Remember the token; return False when there is one of that name."""

    def get(self, name: str) -> Token | None:
        """Return the token, or None."""

    def all(self) -> Sequence[Token]:
        """Return every token, by name."""

    def used(self, name: str, at: datetime) -> None:
        """Count a use."""

    def remove(self, name: str) -> bool:
        """Forget the token; return False when there was none of that name."""

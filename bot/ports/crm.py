"""The company's deals, wherever they are kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.ports.records import Deal


class CrmUnavailable(Exception):
    """The CRM does not answer now; the text says what it said. What is written back waits.

    ``fix`` says what an admin can do about it, "" where that is to wait.
    """

    def __init__(self, said: str, fix: str = "") -> None:
        """Remember both."""
        super().__init__(said)
        self.fix = fix


class CrmRefused(Exception):
    """The CRM will not do this as it is set up; the text says why. Waiting does not help."""


class Crm(Protocol):
    """Deals to choose from, and a place to write back to. Raises CrmUnavailable.

    Nobody calls it while they have a transaction open: it may be slow.
    """

    @property
    def name(self) -> str:
        """What people call it: "Salesforce". Empty where Frontdesk keeps the deals itself."""

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals that match every word of ``text``, the latest first.

        Somebody waits for it while they type, so it answers soon or not at all. Contact and
        owner may be left out for that: whoever takes one asks for it.
        """

    def get(self, ref: str) -> Deal | None:
        """Return the deal with this reference, or None."""

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:
        """Return the deals with these references, by reference; those that are not there are not.

        Neither is one that cannot be read while others can. In as few calls as the CRM allows.
        """

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add ``text`` to the deal's activity, once for each ``key``; to no unknown deal.

        It stands there at ``at``, when it happened, which may be long ago: an aware instant. Its
        first line is what it is called. Raises CrmRefused.
        """

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:
        """Put a link on the deal, once for each ``url``; on no unknown deal. Raises CrmRefused.

        Where links stand among what happened, it is there at ``at``, an aware instant.
        """

    def check(self) -> Sequence[str]:
        """Return what is missing for all of this, in sentences that say the fix.

        Reads, and changes nothing.
        """

    def close(self) -> None:
        """Let go of every connection; whoever asks again makes new ones."""

"""A house whose deals are in a CRM of others, and what that CRM was told."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.ports import CrmUnavailable
from sandbox import Card
from tests.faults.memory import end_waits, rows
from tests.journeys.house import PUBLIC, House

CHANNELS = {"SOW": "sow-requests", "AST": "asset-requests"}


class Double(Protocol):
    """A CRM on this machine. ``down``: it answers nobody."""

    down: bool


D = TypeVar("D", bound=Double)


@dataclass(frozen=True)
class Linked(Generic[D]):
    """A house whose deals are in ``double``, called ``name``, and the one deal that is there.

    ``notes`` are what the deal was told, as people read it there.
    """

    house: House
    name: str
    double: D
    ref: str
    notes: Callable[[], list[str]]

    @property
    def waiting(self) -> str:
        """How a card begins to say that it waits."""
        return f"Waiting for {self.name} since "

    async def opened(self) -> None:
        """Wait until the CRM has let us in, and end with nothing that waits for it."""
        self.house.left_waiting = lambda: _waiting(self.house)
        await self.house.until(lambda: _is_in(self.house), f"{self.name} has let us in")

    def happened(self, ref: str = "SOW-1") -> list[str]:
        """What the deal was told of a request, in the order of the alphabet."""
        page = f"\n{PUBLIC}/requests/{ref}"
        said = [each.removesuffix(page) for each in self.notes() if each.endswith(page)]
        assert len(said) == len(self.notes())
        return sorted(each.removeprefix(f"{ref} ") for each in said)

    def at(self, action: str, ref: str) -> datetime:
        """When the record says that it happened to the request."""
        with self.house.frontdesk.database.unit() as unit:
            [at] = [each.at for each in unit.requests.timeline(ref) if each.action == action]
        return at

    def card(self, ref: str) -> Card:
        """The request's card in its channel."""
        channel = CHANNELS[ref.partition("-")[0]]
        return self.house.workspace.channel(channel).cards(f"{ref}:")[0]

    async def waits_on(self, ref: str, kind: str = "write_back") -> None:
        """Wait until the request waits with that for the CRM, and its card says so."""
        what = f"{kind}:{ref}:"
        await self.house.until(lambda: _is_stuck(self.house, what), f"{what} waits")
        await self.card(ref).wait_for_text(self.waiting)

    async def is_back(self) -> None:
        """Let the CRM answer again, and everything that waited for it be done."""
        self.double.down = False
        await self.house.until(self._is_done, f"nothing waits for {self.name} any more")
        await self.house.quiet()

    def _is_done(self) -> bool:
        end_waits(self.house.settings.database_url)
        return _waiting(self.house) == 0


def _is_stuck(house: House, prefix: str) -> bool:
    with house.frontdesk.database.unit() as unit:
        return unit.outbox.stuck(prefix) is not None


def _waiting(house: House) -> int:
    """How much has been tried in vain to tell the CRM."""
    query = (
        "SELECT count(*) FROM outbox WHERE state = 'due' AND error <> ''"
        " AND kind IN ('write_back', 'link_deal')"
    )
    [(found,)] = rows(house.settings.database_url, query)
    assert isinstance(found, int)
    return found


def _is_in(house: House) -> bool:
    """Whether the CRM has let us in: the first answer takes longer than whoever types waits."""
    with suppress(CrmUnavailable):
        return bool(house.frontdesk.desk.crm.search(""))
    return False

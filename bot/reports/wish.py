"""What somebody wants to see: which report, which days, and of what it is to be."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from bot.desk import Desk
from bot.measures import Stretch
from bot.ports import Json
from workflows.wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``report`` by its key, from the day ``first`` to the day ``last``, both included.

    ``workflow``, ``person`` (an id) and ``client`` narrow it down; "" does not.
    """

    report: str
    first: date
    last: date
    workflow: str = ""
    person: str = ""
    client: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it is about one person, or one client."""
        return bool(self.person or self.client)

    @property
    def period(self) -> str:
        """The days in words."""
        if self.first == self.last:
            return in_words(self.first)
        return f"{in_words(self.first)} to {in_words(self.last)}"

    def stretch(self, desk: Desk) -> Stretch:
        """Return the instants that these days have in the company's zone."""
        zone = desk.company.zone
        end = self.last + timedelta(days=1)
        begin, end_at = (datetime.combine(day, time(), tzinfo=zone) for day in (self.first, end))
        return Stretch(begin, end_at)

    def to_json(self) -> Json:
        """Return what :meth:`from_json` reads."""
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return asdict(self) | days

    @classmethod
    def from_json(cls, what: Json) -> "Wish":
        """Return the wish in a parcel. Raises KeyError and ValueError for what is none."""
        names = ("report", "workflow", "person", "client")
        first, last = (date.fromisoformat(str(what[name])) for name in ("first", "last"))
        return cls(**{name: str(what[name]) for name in names}, first=first, last=last)

"""Of what a report is: the workflows, the days, and what its reader may be shown."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.amounts import withholding
from bot.desk import Desk
from bot.facts import visible
from bot.measures import Stretch
from bot.members import names
from bot.reports.wish import Wish
from workflows.definition import Workflow
from workflows.money import Money
from workflows.office import Office
from workflows.privacy import is_private
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What to read. ``only_seen``: nothing but requests that ``reader`` may see is taken.

    ``guards_private``: of private requests none but those, whatever else is taken. ``offices``
    has for each workflow who holds what, as it is when the reading begins.
    """

    desk: Desk
    wish: Wish
    workflows: tuple[Workflow, ...]
    offices: Mapping[str, Office]
    reader: str = ""
    only_seen: bool = False
    guards_private: bool = False
    hidden: set[str] = field(default_factory=set)
    """The requests that were left out, for they are not the reader's to see."""
    _names: dict[str, str] = field(default_factory=dict)

    @property
    def stretch(self) -> Stretch:
        """The time it is about."""
        return self.wish.stretch(self.desk)

    @property
    def words(self) -> str:
        """Of what it is, in words, beside the days."""
        of = [self.workflows[0].title] if len(self.workflows) == 1 else []
        of += [self.wish.client] if self.wish.client else []
        of += [self.name(self.wish.person)] if self.wish.person else []
        return ", ".join(of)

    def takes(self, workflow: Workflow, request: Request | None) -> bool:
        """Whether what is known of a request belongs to it; None: it is not kept any more."""
        if request is None:
            return not self.only_seen and not self.wish.client
        if self.wish.client and self.wish.client.casefold() not in client_of(request).casefold():
            return False
        guarded = self.only_seen or (self.guards_private and is_private(request))
        if not guarded or visible(workflow, request, self.reader, self.offices[workflow.key]):
            return True
        self.hidden.add(request.ref)
        return False

    def balance(self, workflow: Workflow, request: Request, amount: Money) -> Money:
        """Return an amount of a request as the reader may have it.

        What is drawn for nobody in particular is for all who may read it: one of them may not.
        """
        office, to = self.offices[workflow.key], f"user:{self.reader}"
        withheld = withholding(self.desk, request, office, to)
        return withheld.money(amount) if withheld else amount

    def is_about(self, *users: str) -> bool:
        """Whether one of ``users`` is the person that it was narrowed down to, if any."""
        return not self.wish.person or self.wish.person in users

    def name(self, user: str) -> str:
        """Return what somebody is called; the id of whom nobody has met."""
        self.learn([user])
        return self._names[user]

    def learn(self, users: Collection[str]) -> None:
        """Look up the names of several people at once."""
        if new := {each for each in users if each not in self._names}:
            self._names.update({each: each for each in new} | dict(names(self.desk, new)))


def client_of(request: Request | None) -> str:
    """Return for which client it is, "" where there is none."""
    return str(getattr(request.details, "client", "")) if request else ""

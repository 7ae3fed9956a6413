"""The desk: everything a use case may reach, put together once by ``app.py``."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.company import EVERYONE, Company
from bot.ports import (
    Billing,
    Clock,
    Crm,
    DocumentRenderer,
    Interpreter,
    Library,
    Mailer,
    Meter,
    NoMeter,
    PostOffice,
    Seal,
    Signatures,
    Slack,
    Store,
    Unit,
    Unsealed,
)
from bot.ports.webhooks import NoWebhooks, Webhooks
from bot.rulebook import Rulebook
from modals.form import Form
from workflows.definition import Workflow
from workflows.delegation import Deputy, deputies
from workflows.office import Office
from workflows.roles import OUTSIDE, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Gesture:
    """Who did something in Slack, and where. ``key`` names the delivery, to recognise a copy."""

    user: str
    team: str
    surface: str
    key: str = ""
    trigger_id: str = ""
    view_id: str = ""
    """The modal in which it was done, if any: another modal is then put on top of it."""
    offer: str = ""
    """The place of the offer by which it was done, if any stays: it is taken away with that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The collaborators of every use case. ``settle`` is in real seconds."""

    rulebook: Rulebook
    workflows: Mapping[str, Workflow]
    forms: Mapping[str, Form]
    store: Store
    post_office: PostOffice
    slack: Slack
    clock: Clock
    renderer: DocumentRenderer
    mailer: Mailer
    crm: Crm
    library: Library
    public_url: str
    """Where clients reach us, without a slash at the end."""
    link_key: bytes
    """What clients' links are made of; kept outside the database."""
    wake: Callable[[], None]
    """Called after a commit that made promises, so that they are kept at once."""
    settle: float = 60.0
    """How long after an attempt of unknown outcome Slack is asked whether it was done."""
    meter: Meter = field(default_factory=NoMeter)
    webhooks: Webhooks = field(default_factory=NoWebhooks)
    interpreter: Interpreter | None = None
    """None while no language model is switched on: no text leaves then."""
    signatures: Signatures | None = None
    """A partner through which clients sign; None: they approve on our own page."""
    billing: Billing | None = None
    """A partner that makes the invoices; None: Billing makes them."""
    seal: Seal = field(default_factory=Unsealed)

    @property
    def company(self) -> Company:
        """The company as it is set up now: no older than the last transaction that began here."""
        return self.rulebook.company

    def office(self, unit: Unit, workflow: Workflow, user: str = "") -> Office:
        """Return who holds what and who stands in for whom now, read inside the transaction.

        A role that is given to everyone is held by ``user``, when they are an active member.
        """
        return self.offices(unit, [workflow], user)[workflow.key]

    def offices(
        self, unit: Unit, workflows: Iterable[Workflow], user: str = ""
    ) -> Mapping[str, Office]:
        """Return :meth:`office` of each workflow, by key: all of them as of one moment."""
        holders = dict(unit.people.holders())
        person = unit.people.get(user) if user else None
        if person is not None and person.active:
            for role in Role:
                if EVERYONE in self.company.roles.get(role, ()):
                    holders[role] = holders.get(role, frozenset()) | {user}
        company = self.company
        deputies, gone = standing_in(self, unit), unit.people.left() - OUTSIDE
        return {
            each.key: Office(company.policy(each.key), holders, deputies, company.fallbacks, gone)
            for each in workflows
        }


def standing_in(desk: Desk, unit: Unit) -> Mapping[str, Deputy]:
    """Return who stands in for whom right now."""
    now = desk.clock.now()
    return deputies(unit.delegations.open(now), now, lambda user: is_here(unit, user))


def is_here(unit: Unit, user: str) -> bool:
    """Whether the person is an active member."""
    person = unit.people.get(user)
    return person is not None and person.active

"""The company as its admin set it up: names, hours, channels, roles, thresholds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.ports import Passing
from workflows.attention import Manner
from workflows.calendar import Calendar
from workflows.dating import DateOrder
from workflows.definition import Policy
from workflows.roles import Role

EVERYONE = "*"
"""The identity that stands for every active member of the workspace."""

BILLING_CHANNEL = "billing"
"""Key of the channel that gets the weekly list of what is outstanding."""

SALES_CHANNEL = "sales"
"""Key of the channel that gets the monthly report."""

AUDIT_CHANNEL = "audit"
"""Key of the channel that gets the head of the audit every day."""

FALLBACK_CHANNEL = "triage"
"""Key of the channel that stands in for a workflow that has none of its own."""


_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long each kind of record is kept; ``records_years`` by workflow, after the end.

    Requests of a workflow that is not named are kept for good.
    """

    records_years: Mapping[str, int] = field(
        default_factory=lambda: {"sow": 10, "sales_asset": 5, "shelf": 5}
    )
    passing: Mapping[Passing, timedelta] = field(
        default_factory=lambda: {
            Passing.DELIVERY_KEYS: timedelta(days=7),
            Passing.DRAFTS: timedelta(days=30),
            Passing.TICKETS: timedelta(days=30),
            Passing.PROMISES: timedelta(days=30),
            Passing.SAID: 3 * _YEAR,
            Passing.OPINIONS: 10 * _YEAR,
            Passing.LINKS: 10 * _YEAR,
            Passing.OBSERVATIONS: 3 * _YEAR,
            Passing.STATEMENTS: timedelta(days=30),
            Passing.BANK_ROWS: 2 * _YEAR,
        }
    )


class Holidays(Protocol):
    """The public holidays that are free for everybody, by their names."""

    def named(self, since: date) -> Mapping[str, tuple[date, ...]]:
        """Return the names in lower case, each with the next date from ``since`` on.

        Several dates, in order, where it is on other days in some regions.
        """


@dataclass(frozen=True, slots=True)
class NoHolidays:
    """A company that names no country."""

    def named(self, since: date) -> Mapping[str, tuple[date, ...]]:  # noqa: ARG002 - the port has it
        """Return no names."""
        return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What ``frontdesk.toml`` says.

    Identities of roles are e-mail addresses, Slack ids, ``@group`` or ``*``.
    """

    name: str
    zone: ZoneInfo
    currency: str
    calendar: Calendar
    fiscal_month: int = 1
    """The month (1 to 12) in which the fiscal year begins."""
    date_order: DateOrder | None = None
    """How people write dates; None: what can be read in two ways is asked."""
    holidays: Holidays = field(default_factory=NoHolidays)
    payment_details: str = ""
    """How to pay, printed on invoices that Frontdesk renders; never in a mail."""
    channels: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    policies: Mapping[str, Policy] = field(default_factory=dict)
    manner: Manner = field(default_factory=Manner)
    """How people are reached who have not chosen otherwise."""
    mail_after: timedelta | None = timedelta(minutes=60)
    """For how long Slack must have failed before a mail stands in; None: it never does."""
    most_snoozes: int = 3
    """How often somebody can put off the reminders of a request, at one step of it."""
    retention: Retention = field(default_factory=Retention)
    away_signs: tuple[str, ...] = ()
    """Words and emoji in a Slack status by which somebody seems to be away."""
    offer_after_hours: int = 4
    """After so many working hours it is offered to hand on what waits for such a person."""
    named_fallbacks: Mapping[Role, Role] = field(default_factory=dict)
    """By role: whose holders do its work while nobody holds it; else the admins."""
    amounts: frozenset[Role] = frozenset()
    """Who sees the amounts of requests that do not concern them (:mod:`bot.amounts`).

    Nobody named: everybody who may see a request sees its amounts, in channels too.
    """

    def channel(self, workflow: str) -> str | None:
        """Return the name of the workflow's channel, else of the triage channel, else None."""
        return self.channels.get(workflow) or self.channels.get(FALLBACK_CHANNEL)

    @property
    def fallbacks(self) -> Mapping[Role, Role]:
        """Who does the work of a role that nobody holds; nobody asks in the requesters' place."""
        in_person = (Role.REQUESTER, Role.AUDITOR, Role.ADMIN)
        held = [
            role
            for role in Role
            if role not in in_person and EVERYONE not in self.roles.get(role, ())
        ]
        return {role: self.named_fallbacks.get(role, Role.ADMIN) for role in held}

    def policy(self, workflow: str) -> Policy:
        """Return what is set for ``workflow``; an empty policy when nothing is."""
        return self.policies.get(workflow, Policy())

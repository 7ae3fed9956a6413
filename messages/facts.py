"""What a message may need to know; whoever sends one collects it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from messages.withholding import Withholding
from workflows.definition import Workflow
from workflows.engine import Entry
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """A request and where it stands.

    ``waiting_for``: user ids of those who have the ball; empty when it is ended, or nobody holds
    the role. ``waiting_role`` and ``escalates_to`` are words ("executive", "head of sales").
    ``last`` is the last thing that moved it, its reason in ``detail["reason"]``.
    ``stuck_mail_since``: since when (UTC) a mail to the client has waited for the mail server.
    ``stuck_crm_since``: since when (UTC) the deal's CRM, called ``crm``, could not be told of it.
    ``stuck_billing_since``: since when (UTC) ``billing_partner``, who invoices, has not answered.
    ``stuck_file_since``: since when its newest file has waited for the library.
    ``stuck_seal_since``: since when (UTC) what the client approved has waited for its seal.
    ``stuck_signing_since``: since when (UTC) ``stuck_partner`` has not taken what is to be signed.
    ``still_signable_since``: since when it has not taken back what is not to be signed any more.
    ``today`` is the company's day; without it nothing is called overdue.
    ``standing``: in whose place some of ``waiting_for`` are asked. ``away``: who is stood in for,
    by whom, and until which day.
    ``link`` is the request's own address, "" where it is not shown.
    ``deal`` is the account and the name of its deal, "" while they are not known.
    ``next_at`` and ``next_is``: the next rung of its ladder, in words; "" when none is to come, or
    when it was not asked.
    ``withheld``: what left the amounts out of ``request`` and ``last``; None: they are there.
    """

    workflow: Workflow
    request: Request
    waiting_for: tuple[str, ...]
    waiting_role: str
    escalates_at: datetime | None
    escalates_to: str
    last: Entry | None
    stuck_mail_since: datetime | None = None
    stuck_crm_since: datetime | None = None
    crm: str = ""
    billing_partner: str = ""
    stuck_billing_since: datetime | None = None
    stuck_file_since: datetime | None = None
    stuck_seal_since: datetime | None = None
    stuck_partner: str = ""
    stuck_signing_since: datetime | None = None
    still_signable_since: datetime | None = None
    today: date | None = None
    deal: str = ""
    link: str = ""
    next_at: datetime | None = None
    next_is: str = ""
    standing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    away: Mapping[str, tuple[str, date]] = field(default_factory=dict)
    withheld: Withholding | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """An unfinished form; ``label`` says in words which one, and when it was last touched."""

    id: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminFacts:
    """What needs an admin's hand: how many messages are ``dead`` (could not be delivered)."""

    dead: int = 0

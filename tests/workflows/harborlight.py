"""The demo company as the engine sees it: who holds which role, and what is set."""

from dataclasses import replace
from datetime import UTC, datetime

from workflows.definition import Policy
from workflows.money import Money
from workflows.office import Office
from workflows.roles import Role

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

ANA, BEN, DIAN, RYAN, BEA = "U0ANA", "U0BEN", "U0DIAN", "U0RYAN", "U0BEA"
MIA, SOL, PRIYA, LEO, GRETA = "U0MIA", "U0SOL", "U0PRIYA", "U0LEO", "U0GRETA"
HUGO, HANA, AUDRA, ADAM, GUS = "U0HUGO", "U0HANA", "U0AUDRA", "U0ADAM", "U0GUS"
EVERYBODY = (ANA, BEN, DIAN, RYAN, BEA, MIA, SOL, PRIYA, LEO, GRETA, HUGO, HANA, AUDRA, ADAM, GUS)
OUTSIDE = ("client", "frontdesk")
"""Who acts without being in Slack: the client's contact, and the bot itself."""

POLICY = Policy(
    thresholds={
        "USD": Money.of(8000, "USD"),
        "EUR": Money.of(7500, "EUR"),
        "JPY": Money.of(1_000_000, "JPY"),
        "KWD": Money.of("2500.500", "KWD"),
    }
)

OFFICE = Office(
    policy=POLICY,
    holders={
        Role.REQUESTER: frozenset(EVERYBODY) - {AUDRA, GUS},
        Role.SALES_ASSISTANT: frozenset({DIAN}),
        Role.EXECUTIVE: frozenset({RYAN}),
        Role.BILLING: frozenset({BEA}),
        Role.TRIAGE: frozenset({SOL, MIA}),
        Role.PRE_SALES: frozenset({PRIYA}),
        Role.MARKETING: frozenset({MIA, HANA}),
        Role.DELIVERY: frozenset({LEO}),
        Role.SALES_MANAGER: frozenset({GRETA}),
        Role.HEAD_OF_SALES: frozenset({HUGO}),
        Role.HEAD_OF_MARKETING: frozenset({HANA}),
        Role.AUDITOR: frozenset({AUDRA}),
        Role.ADMIN: frozenset({ADAM}),
    },
)


def staffed(role: Role, *people: str, office: Office = OFFICE) -> Office:
    """Return ``office`` with ``role`` held by exactly these people."""
    return replace(office, holders={**office.holders, role: frozenset(people)})


FULL_HOUSE = staffed(Role.SALES_MANAGER, GRETA, LEO, office=staffed(Role.BILLING, BEA, DIAN, PRIYA))
"""The same company with deputies, so that every approval rule can be met."""

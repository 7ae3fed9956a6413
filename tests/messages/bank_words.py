"""Everything that is said around bank statements."""

from collections.abc import Iterator
from datetime import date

from messages import bank
from messages.bank import OwedFacts, PageFacts, RowFacts
from messages.buttons.bank import DISMISSED, WAITING
from tests.messages.demo import Said
from workflows.money import Money

NAME = "november <!channel>.csv"
OPEN = OwedFacts(
    ref="SOW-1",
    client="R&D <Globex>",
    number="INV-1",
    balance=Money(800_000, "USD"),
    fit="matches",
)
ROW = RowFacts(
    id=1,
    on=date(2026, 11, 20),
    amount=Money(800_000, "USD"),
    payer="GLOBEX & CO <@U1>",
    reference="inv 1 *thanks* =cmd",
    bank="Globex Bank",
    owed=OPEN,
)


def row(number: int, **changes: object) -> RowFacts:
    """Return a row like the first; ``owed`` is changed by what it says of it."""
    known = {name: getattr(ROW, name) for name in ("on", "amount", "payer", "reference", "bank")}
    return RowFacts(**(known | {"id": number} | changes))


def owed(fit: str, *doubts: str, currency: str = "USD") -> OwedFacts:
    """Return the first invoice with another fit."""
    return OwedFacts(
        ref="SOW-1",
        client="Globex",
        number="INV-1",
        balance=Money(500_000, currency),
        fit=fit,
        doubts=doubts,
    )


def everything_of_the_bank() -> Iterator[tuple[str, Said]]:
    """Yield every message and window, by the name of its golden file."""
    yield "bank read", bank.read(NAME, "Globex Bank", 12, 8)
    yield "bank read all new", bank.read(NAME, "Globex Bank", 1, 1)
    yield "bank read none new", bank.read(NAME, "Globex Bank", 1200, 0)
    yield "bank read nothing", bank.read(NAME, "Globex Bank", 0, 0)
    yield "bank unknown", bank.unknown(NAME, "5a")
    yield "bank not read", bank.not_read(NAME, ["Line 3: “=1+1” is no amount in USD."])
    many = [f"Line {number}: it has 2 columns instead of 4." for number in range(2, 30)]
    yield "bank not read many", bank.not_read(NAME, many, "5a")
    shown = [
        ROW,
        row(2, owed=owed("part")),
        row(3, owed=owed("more", "8,000.00 USD is more than the balance of 5,000.00 USD.")),
        row(4, owed=owed("other currency", currency="JPY")),
        row(5, several=("INV-1 (SOW-1)", "INV-2 (SOW-1)")),
        row(6, payer="", reference=""),
    ]
    yield "bank page", _page(WAITING, 10, shown, waiting=23, dismissed=4)
    yield "bank page last", _page(WAITING, 0, [ROW], waiting=1, dismissed=0)
    yield "bank page empty", _page(WAITING, 0, [], waiting=0, dismissed=0)
    yield "bank dismissed", _page(DISMISSED, 0, [row(7)], waiting=3, dismissed=1)
    yield "bank dismissed none", _page(DISMISSED, 0, [], waiting=3, dismissed=0)
    yield "bank mappings", bank.mappings([("5a", "Globex Bank"), ("5b", "R&D <Bank>")])
    yield "bank mappings none", bank.mappings([])


def _page(state: str, skip: int, shown: list[RowFacts], *, waiting: int, dismissed: int) -> Said:
    facts = PageFacts(state=state, skip=skip, shown=shown, waiting=waiting, dismissed=dismissed)
    return bank.page(facts)

"""What is owed past its due day: per invoice and currency, by how late it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.reports.readers import SOW, money
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages import filters
from messages.charts import Bar, Chart, Panel
from workflows.deal import record_of
from workflows.money import Money, Withheld

_CLASSES = (
    *((7, "1 day to 7 late"), (30, "8 days to 30"), (60, "31 days to 60")),
    *((90, "61 days to 90"), (None, "more than 90 days")),
)
"""How many days late something is at most, and the name of it."""
_AWAITED = ("awaiting_payment", "on_hold")
_CURRENCIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """An invoice with a ``balance`` that was due ``days`` ago."""

    ref: str
    client: str
    number: str
    due: date
    days: int
    balance: Money
    disputed: bool

    @property
    def age(self) -> str:
        """The class of age in which it is."""
        return next(name for most, name in _CLASSES if most is None or self.days <= most)


def rows(scope: Scope) -> Iterator[Overdue]:
    """Yield every invoice that is overdue today, in the company's zone."""
    after, today = "", scope.desk.clock.now().astimezone(scope.desk.company.zone).date()
    workflow = next((each for each in scope.workflows if each.key == SOW), None)
    while workflow is not None:
        with scope.desk.store.unit() as unit:
            page = unit.requests.at_stage(SOW, _AWAITED, after)
        if not page:
            return
        after = page[-1].ref
        for request in (each for each in page if scope.takes(workflow, each)):
            for invoice in record_of(request).invoices:
                if invoice.is_overdue(today):
                    yield Overdue(
                        ref=request.ref,
                        client=client_of(request),
                        number=invoice.number,
                        due=invoice.due,
                        days=(today - invoice.due).days,
                        balance=scope.balance(workflow, request, invoice.balance),
                        disputed=invoice.disputed,
                    )


def chart(scope: Scope, found: Sequence[Overdue]) -> Chart:
    """Return the balances by how late they are: currencies apart, for nothing adds them up.

    Of invoices for somebody who does not see every amount, how many they are: a sum of some is
    nothing that anybody asked for.
    """
    currencies = sorted(
        {each.balance.currency for each in found}, key=lambda each: (-_count(found, each), each)
    )
    left = currencies[_CURRENCIES:]
    return Chart(
        title=REPORT.name,
        period=f"as of {scope.wish.period}",
        scope=scope.words,
        figures=tuple(_total(each, found) for each in currencies[:_CURRENCIES]),
        panels=tuple(_panel(each, found) for each in currencies[:_CURRENCIES]),
        note=f"Also, in the file: {', '.join(left)}." if left else "",
    )


def _panel(currency: str, found: Sequence[Overdue]) -> Panel:
    here, bars = _in(currency, found), []
    counted = _is_counted(here)
    for _most, name in _CLASSES:
        owed = [each for each in here if each.age == name]
        total = Money(sum(each.balance.minor for each in owed), currency)
        size, said = float(total.amount), f"{filters.money(total)} in {_invoices(len(owed))}"
        if counted:
            size, said = float(len(owed)), _invoices(len(owed))
        bars.append(Bar(name=name, sizes=(size,), text=said if owed else "nothing"))
    what = "Invoices" if counted else "Balance"
    return Panel(title=f"{what} in {currency}, by days late", keys=(currency,), bars=tuple(bars))


def _in(currency: str, found: Sequence[Overdue]) -> list[Overdue]:
    return [each for each in found if each.balance.currency == currency]


def _is_counted(found: Sequence[Overdue]) -> bool:
    """Whether no sum is told, because one of the balances is not."""
    return any(isinstance(each.balance, Withheld) for each in found)


def _total(currency: str, found: Sequence[Overdue]) -> tuple[str, str]:
    """Return a figure with its name: how much it is in how many invoices, or only how many."""
    here = _in(currency, found)
    many = _invoices(len(here))
    if _is_counted(here):
        return f"in {currency}", many
    return f"in {many}", filters.money(Money(sum(each.balance.minor for each in here), currency))


def _count(found: Sequence[Overdue], currency: str) -> int:
    return len(_in(currency, found))


def _figure(amount: Money) -> str:
    return amount.said if isinstance(amount, Withheld) else str(amount.amount)


def _invoices(count: int) -> str:
    return f"{filters.counted(count)} {'invoice' if count == 1 else 'invoices'}"


REPORT = Report(
    key="overdue",
    name="Overdue money",
    readers=money,
    rows=rows,
    chart=chart,
    columns=(
        *("reference", "client", "invoice", "due on", "days late", "class"),
        *("balance", "currency", "disputed"),
    ),
    cells=lambda row: (
        *(row.ref, row.client, row.number, row.due.isoformat(), str(row.days), row.age),
        *(_figure(row.balance), row.balance.currency, "yes" if row.disputed else "no"),
    ),
    client=True,
    as_of_today=True,
    on_home=(SOW,),
    money=True,
)

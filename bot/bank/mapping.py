"""Which column of a bank's files is which: said once by a form, and changed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from bot.bank import banks, direction
from bot.bank.banks import MappingChanged, MappingGone, step_of
from bot.bank.billing import billing
from bot.bank.handing_in import promise_reading
from bot.bank.reading import UNCLEAR_MARK, amounts_in, is_passed_over, read
from bot.bank.table import Line, Table, table_of
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.ports import BankMapping, Json, Unit
from bot.ports.bank import header_key
from bot.unmoved import did
from modals.bank import AS_SHOWN, MAPPING, NONE
from modals.bank_figures import is_currency_code, marks_of, orders_of
from modals.fields.choice import Choices
from modals.fitting import cut
from modals.metadata import Metadata
from workflows.dating import DateOrder
from workflows.money_words import Mark

_SHOWN = 3
_LONGEST_SAMPLE = 40
_LONGEST_LINE = 300
_TOLD = 2
_COLUMNS = ("date", "amount", "credit", "currency", "payer", "transaction")


class StatementGone(Problem):
    """This statement has been read already, or it was left for too long. Please hand it in anew."""


def open_for(desk: Desk, gesture: Gesture, statement_id: str) -> None:
    """Ask which column of a statement is which, as it is said already, if it is.

    Raises StatementGone, and NotAllowed for those who are not Billing.
    """
    with desk.store.unit() as unit:
        billing(desk, unit, gesture)
        table = _table(unit, statement_id)
        known = unit.bank.mapping(header_key(table.header))
    metadata = Metadata(MAPPING.key, "", "", ref=statement_id, step=step_of(known))
    _show(desk, gesture, metadata, table, known)


def open_known(desk: Desk, gesture: Gesture, key: str) -> None:
    """Ask anew how the files of a bank are read. Raises MappingGone and NotAllowed."""
    with banks.shown_anew(desk, gesture.view_id), desk.store.unit() as unit:
        billing(desk, unit, gesture)
        known = unit.bank.mapping(key)
        if known is None:
            raise MappingGone
    window = gesture.view_id or None
    metadata = Metadata(MAPPING.key, "", key, ref=window, step=step_of(known))
    _show(desk, gesture, metadata, Table(known.header, ()), known)


def hand_in(desk: Desk, gesture: Gesture, metadata: Metadata, values: Json) -> Mapping[str, str]:
    """Keep the mapping, and promise to read the statement that waited for it.

    The window over which it was changed shows what it is called now. Return what is wrong, by block
    id: what a file says in two ways is asked about. Raises StatementGone, MappingGone, NotAllowed,
    and MappingChanged where the form does not show what was said last.
    """
    now, state = desk.clock.now(), MAPPING.read(values)
    statement, window = _opened_over(metadata)
    with banks.shown_anew(desk, window), desk.store.unit() as unit:
        billing(desk, unit, gesture)
        if not unit.deliveries.first(gesture.key, now):
            return {}
        table = _standing(unit, metadata)
        known = unit.bank.mapping(header_key(table.header))
        if metadata.step != step_of(known):
            raise MappingChanged  # what it did not offer would count as not chosen
        choices = _choices(table, known)
        checked = MAPPING.check(state, today=now.date(), choices=choices)
        if checked.errors:
            return checked.errors
        today = now.astimezone(desk.company.zone).date()
        try:
            mapping = _meant(table, checked.values, _ways(choices), today)
        except _Wrong as wrong:
            return {wrong.field: str(wrong)}
        unit.bank.keep_mapping(mapping)
        unit.audit.append(did(gesture, "keep_mapping", now, {"bank": mapping.bank}))
        if statement:
            promise_reading(desk, unit, gesture, statement)
        if window:
            banks.redraw(desk, unit, window)
        unit.commit()
    desk.wake()
    return {}


class _Wrong(ValueError):
    """An answer that cannot be kept; the text says why."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def _table(unit: Unit, statement_id: str) -> Table:
    statement = unit.bank.statement(statement_id)
    if statement is None:
        raise StatementGone
    return table_of(statement.text)


def _opened_over(metadata: Metadata) -> tuple[str, str]:
    """Return for which statement the form was opened, and over which window; "" for none."""
    opened = metadata.ref or ""
    return ("", opened) if metadata.transition else (opened, "")


def _standing(unit: Unit, metadata: Metadata) -> Table:
    """Return the table that the form was opened for; one that is only known by name has no line."""
    if not metadata.transition:
        return _table(unit, metadata.ref or "")
    known = unit.bank.mapping(metadata.transition)
    if known is None:
        raise MappingGone
    return Table(known.header, ())


def _show(
    desk: Desk, gesture: Gesture, metadata: Metadata, table: Table, known: BankMapping | None
) -> None:
    state = _state(known) if known else {"fixed": desk.company.currency}
    first = [cut(" | ".join(each.cells), _LONGEST_LINE) for each in table.lines[:_SHOWN]]
    note = "\n".join(["The first lines:", *first]) if first else "As it was said before."
    view = MAPPING.view(state, metadata, note=note, choices=_choices(table, known))
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def _choices(table: Table, known: BankMapping | None) -> Choices:
    """Return the columns, by position, each with its name and what stands in it first.

    What says which way money went are columns with one of the things that they say.
    """
    ways = [
        (f"{at}:{said}", f"{cut(table.called(at), _LONGEST_SAMPLE)}: {said or 'nothing'}")
        for at, every in direction.offered(table, known)
        for said in every
    ]
    columns = [(str(at), _called(table, at)) for at in range(len(table.header))]
    optional = [(NONE, "No such column"), *columns]
    needed = {"date": columns, "reference": columns, "direction": ways}
    return {name: needed.get(name, optional) for name in (*_COLUMNS, "reference", "direction")}


def _ways(choices: Choices) -> list[str]:
    return [value for value, _label in choices["direction"]]


def _called(table: Table, at: int) -> str:
    name = table.called(at)
    found = (each.cells[at] for each in table.lines if at < len(each.cells) and each.cells[at])
    sample = next(found, "")
    return f"{cut(name, _LONGEST_SAMPLE)}: {sample}" if sample else name


def _state(known: BankMapping) -> Json:
    columns = {name: getattr(known, name) for name in _COLUMNS}
    return MAPPING.fill(
        {
            **{name: NONE if at is None else str(at) for name, at in columns.items()},
            "bank": known.bank,
            "order": known.order,
            "mark": AS_SHOWN if known.mark is Mark.UNKNOWN else known.mark,
            "fixed": known.fixed,
            "reference": [str(at) for at in known.reference],
            "direction": [f"{known.direction}:{each}" for each in known.ins],
        }
    )


def _meant(
    table: Table, values: Mapping[str, Any], ways: Sequence[str], today: date
) -> BankMapping:
    """Return the mapping that was said. Raises _Wrong for what does not fit, or fits twice.

    ``ways`` is what was offered as money in; what was not chosen went out.
    """
    columns = {name: None if values[name] == NONE else int(values[name]) for name in _COLUMNS}
    if (columns["amount"] is None) == (columns["credit"] is None):
        raise _Wrong("amount", "Please choose the amount, or else the money that came in.")
    _not_what_went_out(table, columns)
    fixed = str(values["fixed"] or "").upper()
    if fixed and not is_currency_code(fixed):
        raise _Wrong("fixed", "Please give a currency by its three letters, such as EUR.")
    if not fixed and columns["currency"] is None:
        raise _Wrong("fixed", "Please choose the column of the currency, or name the one.")
    asked = str(values["order"])
    mapping = BankMapping(
        bank=str(values["bank"]),
        header=table.header,
        order=DateOrder.YEAR_FIRST if asked == AS_SHOWN else DateOrder(asked),
        mark=Mark.UNKNOWN if values["mark"] == AS_SHOWN else Mark(values["mark"]),
        fixed=fixed,
        reference=tuple(int(each) for each in values["reference"]),
        **_direction(values.get("direction") or (), ways),
        **columns,  # type: ignore[arg-type]  # the day has a column: its answer is required
    )
    if asked == AS_SHOWN:
        mapping = replace(mapping, order=_order(table, mapping))
    mapping = replace(mapping, mark=_mark(table, mapping))
    found = read(table, mapping, today)
    if found.problems:
        raise _Wrong(found.about, cut(f"Read like this: {' '.join(found.problems[:_TOLD])}", 500))
    return mapping


def _direction(chosen: Sequence[str], ways: Sequence[str]) -> dict[str, Any]:
    """Return the column that says which way money went, and what it calls either."""
    if not chosen:
        return {}
    column = chosen[0].partition(":")[0]
    if any(each.partition(":")[0] != column for each in chosen):
        raise _Wrong("direction", "Please choose from one column only.")
    others = [each for each in ways if each not in chosen and each.partition(":")[0] == column]
    ins, outs = (tuple(each.partition(":")[2] for each in some) for some in (chosen, others))
    return {"direction": int(column), "ins": ins, "outs": outs}


def _not_what_went_out(table: Table, columns: Mapping[str, int | None]) -> None:
    for name in ("amount", "credit"):
        at = columns[name]
        if at is not None and direction.word(table.header[at]) in direction.OUT:
            said = cut(table.header[at], _LONGEST_SAMPLE)
            raise _Wrong(name, f"“{said}” is the money that went out. Please choose another one.")


def _order(table: Table, mapping: BankMapping) -> DateOrder:
    """Return how the days of the money that came in are written, if that can be seen."""
    days = [line.cells[mapping.date] for line in _with_money(table, mapping)]
    orders = orders_of(days) if days else []
    if len(orders) == 1:
        return orders[0]
    if days and not orders:
        raise _Wrong("date", f"“{cut(days[0], _LONGEST_SAMPLE)}” is no day that can be read.")
    said = f"“{cut(days[0], _LONGEST_SAMPLE)}” can be" if days else "No line shows what is"
    raise _Wrong("order", f"{said} one day or another. Please say which number stands first.")


def _mark(table: Table, mapping: BankMapping) -> Mark:
    """Return what begins the decimals, if that was said, can be seen, or makes no difference."""
    if mapping.mark is not Mark.UNKNOWN:
        return mapping.mark
    amounts = [each for line in table.lines for each in amounts_in(line, mapping)]
    marks = marks_of(amounts)
    if len(marks) > 1:
        raise _Wrong("mark", UNCLEAR_MARK)
    if marks:
        return marks[0]
    column = "credit" if mapping.amount is None else "amount"
    if not amounts:
        raise _Wrong(column, "Nothing stands in this column that is an amount in this currency.")
    first = next((text for text, currency in amounts if not marks_of([(text, currency)])), "")
    if not first:
        raise _Wrong(column, "Some amounts have a comma before decimals, and some a point.")
    raise _Wrong(column, f"“{cut(first, _LONGEST_SAMPLE)}” is no amount.")


def _with_money(table: Table, mapping: BankMapping) -> Iterator[Line]:
    """Yield the whole lines in which an amount stands, but for those that are passed over."""
    for line in table.lines:
        is_whole = line.width <= len(table.header) <= len(line.cells)
        if is_whole and any(True for _each in amounts_in(line, mapping)):
            with suppress(direction.Unsaid):
                if is_passed_over(line, mapping):
                    continue
            yield line

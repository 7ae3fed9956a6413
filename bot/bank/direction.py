"""Which rows are money that came in, where a column says so beside an amount without a sign."""

from collections.abc import Iterable, Sequence

from bot.bank.table import Line, Table
from bot.ports.bank import BankMapping
from modals.fields.choice import LONGEST_VALUE, MOST_OPTIONS
from modals.fitting import length

MOST_SAID = 8
"""How many different things a column says, at most, that says which way the money went."""

MOST_KNOWN = 60
"""How many where somebody has said that it does."""

_LONGEST = 30
_CHOSEN = LONGEST_VALUE - len("59:")
"""How long something may be to be chosen in a form, together with its column."""

IN = frozenset(
    "h haben c cr crdt credit credits k kredit in incoming eingang gutschrift deposit bij"
    " crédit avere haber abono uznanie +".split()
) | {"money in", "paid in"}
OUT = frozenset(
    "s soll d dr dbit debit debits debet out outgoing ausgang lastschrift belastung withdrawal"
    " withdrawals af débit dare debe cargo obciążenie -".split()
) | {"money out", "paid out", "belastungen"}
"""What banks call either way, as :func:`word` gives it."""


class Unsaid(ValueError):
    """Nobody has said whether this is money that came in: the text."""


def word(text: str) -> str:
    """Return ``text`` as it is compared: "Cr." is "CR"."""
    return text.casefold().strip(" .:*") or text.strip()


def came_in(said: str, mapping: BankMapping) -> bool:
    """Whether a row of which the column says this is money in. Raises Unsaid.

    Who chose "credit" has said what "debit" is.
    """
    this, ins = word(said), {word(each) for each in mapping.ins}
    if this in ins:
        return True
    if this in {word(each) for each in mapping.outs} or (this in OUT and ins & IN):
        return False
    raise Unsaid(said)


def columns(table: Table, known: BankMapping | None) -> list[tuple[int, tuple[str, ...]]]:
    """Return the columns that may say which way the money went, each with what it says.

    Those with a bank's usual words stand first; what is ``known`` is said, too. What is too long to
    be chosen is not among it, so it stays unsaid.
    """
    width, found = len(table.header), list[tuple[int, tuple[str, ...]]]()
    whole = [each for each in table.lines if len(each.cells) >= width]
    for at in range(width):
        before = (*known.ins, *known.outs) if known and known.direction == at else ()
        most = MOST_KNOWN if before else MOST_SAID + 1
        said = _said((*before, *(each.cells[at] for each in whole)), most)
        if before or _may_say(said, len(whole)):
            found.append((at, tuple(each for each in said if length(each) <= _CHOSEN)))
    return sorted(found, key=lambda each: not any(word(text) in IN | OUT for text in each[1]))


def offered(table: Table, known: BankMapping | None) -> list[tuple[int, tuple[str, ...]]]:
    """Return those of the columns that a form holds, the known one first, each with all it says.

    What stood half in it would be taken for money that went out.
    """
    found, left = list[tuple[int, tuple[str, ...]]](), MOST_OPTIONS
    own = known.direction if known else None
    for at, said in sorted(columns(table, known), key=lambda each: each[0] != own):
        if len(said) <= left:
            found.append((at, said))
            left -= len(said)
    return found


def unsaid(table: Table, listed: Sequence[Line]) -> tuple[int, Line] | None:
    """Return the column that says of a line in ``listed`` that its money went out, and the line."""
    for at, _said_there in columns(table, None):
        for line in listed:
            if word(line.cells[at]) in OUT:
                return at, line
    return None


def _said(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """Return what is said, each once, as it is written first; ``most`` of them."""
    found: dict[str, str] = {}
    for text in texts:
        found.setdefault(word(text), text)
        if len(found) == most:
            break
    return tuple(found.values())


def _may_say(said: Sequence[str], lines: int) -> bool:
    """Whether these are few short words: usual ones, or such as come again, unlike who paid."""
    if len(said) > MOST_SAID or not any(said):
        return False
    if not any(word(each) in IN | OUT for each in said) and len(said) * 2 > lines:
        return False
    return not any(len(each) > _LONGEST or any(map(str.isdigit, each)) for each in said)

"""Single entries of ``frontdesk.toml``: from what the admin wrote to a value, or Wrong."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from pydantic import PlainSerializer

from settings.currencies import CURRENCIES
from settings.wording import Wrong, meant, nearest, shown
from workflows.dating import MONTHS, DateOrder
from workflows.definition import ALL, ANY, Quorum, at_least
from workflows.document import MATERIAL
from workflows.ladder import RUNGS
from workflows.money import Money, NotMoney
from workflows.priority import WEIGHTS, Criterion
from workflows.roles import Role

EVERY_CHANNEL = "*"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

AS_WEEKDAY = PlainSerializer(lambda day: WEEKDAYS[day])
AS_MONTH = PlainSerializer(lambda month: MONTHS[month - 1])
"""How they are written in the file."""

_LARGEST_MINOR = 10**15
_MOST_APPROVALS = 20
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_CHANNEL = re.compile(r"[^\W A-Z][^\s#@,.!?:;/A-Z]{0,79}|[CG][A-Z0-9]{2,}")
_IDENTITY = re.compile(
    r"""
    \*                              # everybody
    | [^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+  # an e-mail address
    | [UWS][A-Z0-9]{2,}             # the id of a person or a user group
    | @[^\s@<>,;]+                  # a user group's handle
    """,
    re.VERBOSE,
)


class WrongAmounts(ValueError):
    """Some thresholds are wrong; ``sentences`` says by currency what about them."""

    def __init__(self, sentences: dict[str, str]) -> None:
        """Remember the sentence for each key."""
        super().__init__()
        self.sentences = sentences


def filled(text: str) -> str:
    """Return ``text`` without white space around it; Wrong when nothing is left."""
    if not (stripped := text.strip()):
        raise Wrong("it is empty.")
    return stripped


def one_or_more(value: object) -> object:
    """Return a text as a list of one; anything else as it is."""
    return [value] if isinstance(value, str) else value


def whole(lowest: int, highest: int) -> Callable[[object], int]:
    """Return what reads a whole number from ``lowest`` to ``highest``, both inclusive."""

    def number(value: object) -> int:
        if type(value) is int and lowest <= value <= highest:
            return value
        raise Wrong(f"{shown(value)} is not a whole number from {lowest} to {highest}.")

    return number


def zone(value: object) -> ZoneInfo:
    """Return the time zone with this IANA name."""
    if isinstance(value, str) and value in _zones():
        return ZoneInfo(value)
    near = nearest(value, _zones()) if isinstance(value, str) else None
    hint = f"did you mean {shown(near)}?" if near else 'right is one such as "America/New_York".'
    raise Wrong(f"{shown(value)} is not a time zone; {hint}")


def currency(value: object) -> str:
    """Return the ISO 4217 code."""
    if isinstance(value, str) and value in CURRENCIES:
        return value
    near = nearest(value, CURRENCIES) if isinstance(value, str) else None
    hint = f"did you mean {shown(near)}?" if near else 'right is one such as "USD".'
    raise Wrong(f"{shown(value)} is not a currency (ISO 4217); {hint}")


def clock_time(value: object) -> time:
    """Return the time of day, written ``"09:00"`` or as TOML's own local time."""
    if isinstance(value, time):
        return value
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return time.fromisoformat(value)
    raise Wrong(f'{shown(value)} is not a time of day; right is one such as "09:00".')


def weekday(value: object) -> int:
    """Return the day of the week, Monday as 0."""
    if isinstance(value, str) and value in WEEKDAYS:
        return WEEKDAYS.index(value)
    raise Wrong(f"{shown(value)} is not a day of the week; {meant(str(value)[:3], WEEKDAYS)}")


def month(value: object) -> int:
    """Return the month, January as 1."""
    if isinstance(value, str) and value in MONTHS:
        return MONTHS.index(value) + 1
    raise Wrong(f"{shown(value)} is not a month; {meant(str(value)[:3], MONTHS)}")


def date_order(value: object) -> DateOrder:
    """Return which number of a date stands first."""
    try:
        return DateOrder(str(value))
    except ValueError:
        raise Wrong(f"{shown(value)} is no order; {meant(str(value), DateOrder)}") from None


def day(value: object) -> date:
    """Return the date, written as TOML's own."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise Wrong(f"{shown(value)} is not a date; right is one without quotes, such as 2026-12-24.")


def role(value: str) -> Role:
    """Return the role with this name."""
    try:
        return Role(value)
    except ValueError:
        raise Wrong(f"there is no such role; {meant(value, Role)}") from None


def rung(value: str) -> str:
    """Return the name of a rung of the ladder."""
    if value not in RUNGS:
        raise Wrong(f"there is no such rung; {meant(value, RUNGS)}")
    return value


def identity(text: str) -> str:
    """Return who is meant: an e-mail address in lower case, a Slack id, ``@group`` or ``*``."""
    if not _IDENTITY.fullmatch(text):
        right = 'right is an e-mail address, a Slack id (U... or S...), a user group "@name" or "*"'
        raise Wrong(f"{shown(text)} is nobody; {right}.")
    return text.lower() if "@" in text else text


def channel(text: str) -> str:
    """Return the channel's name without ``#``, or its id."""
    name = text.removeprefix("#")
    if not _CHANNEL.fullmatch(name):
        raise Wrong(f'{shown(text)} is not a channel; right is one such as "sow-requests".')
    return name


def watched(text: str) -> str:
    """Return a channel that is watched: its name or id, or ``*`` for every one."""
    return text if text == EVERY_CHANNEL else channel(text)


def criterion(value: str) -> Criterion:
    """Return the criterion of a priority with this name."""
    try:
        return Criterion(value)
    except ValueError:
        raise Wrong(f"there is no such criterion; {meant(value, Criterion)}") from None


def weights(found: Mapping[Criterion, int]) -> dict[Criterion, int]:
    """Return the weights of all criteria, with the usual ones for those that are not named."""
    every = {**WEIGHTS, **found}
    if not any(every.values()):
        raise Wrong("all of them are 0, so that nothing counts; right is at least one above 0.")
    return every


def subject(text: str) -> str:
    """Return a subject of a document whose change can reset an approval."""
    if text not in MATERIAL:
        raise Wrong(f"{shown(text)} is no subject of a document; {meant(text, sorted(MATERIAL))}")
    return text


def approval(value: object) -> Quorum:
    """Return how many of those who may approve have to."""
    match value:
        case "any":
            return ANY
        case "all":
            return ALL
        case int() if not isinstance(value, bool) and 1 <= value <= _MOST_APPROVALS:
            return at_least(value)
    right = f'right is "any", "all", or how many different people, from 1 to {_MOST_APPROVALS}'
    raise Wrong(f"{shown(value)} is no rule of approval; {right}.")


def amounts(value: object) -> dict[str, Money]:
    """Return amounts by currency; Wrong or :class:`WrongAmounts` when they are not."""
    if not isinstance(value, dict):
        raise Wrong(f'{shown(value)} is not a table; right are lines such as USD = "100000".')
    found, sentences = dict[str, Money](), dict[str, str]()
    for key, amount in value.items():
        try:
            found[key] = _money(amount, currency(key))
        except Wrong as wrong:
            sentences[key] = str(wrong)
    if sentences:
        raise WrongAmounts(sentences)
    return found


def _money(value: object, code: str) -> Money:
    try:
        if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
            money = Money.of(value, code)
            if money.minor >= 0:
                return money
    except (NotMoney, ArithmeticError):
        pass
    largest = Money(_LARGEST_MINOR, code)
    right = f'right is a number from 0 to {largest}, such as "100000"'
    raise Wrong(f"{shown(value)} is not an amount; {right}.")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())

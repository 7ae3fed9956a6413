"""The kinds of settings that admins change in Slack, each with its form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from babel.numbers import is_currency

from modals.amounts import in_words, read_amount, write_amount
from modals.day_ranges import read_days, write_days
from modals.fields import Choice, Field, Invalid, Lines, Option, People, Several, Text
from modals.notifications import HALF_HOURS
from modals.settings import Asked, Setting, Values, WrongField
from workflows.money import Money, NotMoney
from workflows.roles import Role

WEEKDAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True, kw_only=True)
class Holders(Setting):
    """Who holds a role."""

    role: Role
    decides: bool = True

    @property
    def fields(self) -> tuple[Field, ...]:
        """People, and whatever else names people."""
        return (
            People(name="people", label="People", most=50),
            Lines(
                name="others",
                label="User groups and addresses",
                hint='One a line: "@sales-ops", "ryan@harborlight.example".',
            ),
        )

    def words(self, values: Values) -> Sequence[str]:
        """Return the identities."""
        return ["everybody" if each == "*" else each for each in self.identities(values)]

    def identities(self, values: Values) -> Sequence[str]:
        """Return who is named, as in the file."""
        return tuple(values.get(self.keys[0], ()))

    def shown(self, values: Values, asked: Asked) -> dict[str, object]:
        """Show as people those who are known, and the rest as it is written."""
        known = {each: _user(each, asked) for each in self.identities(values)}
        return {
            "people": [user for user in known.values() if user],
            "others": [each for each, user in known.items() if not user],
        }

    def wanted(self, given: Mapping[str, Any], values: Values, asked: Asked) -> dict[str, Any]:
        """Name people as they were named before, and new ones by their id."""
        before = {user: each for each in self.identities(values) if (user := _user(each, asked))}
        people = [before.get(user, user) for user in given["people"]]
        others = [str(each).strip() for each in given["others"]]
        if "*" in others and self.role is not Role.REQUESTER:
            raise WrongField("others", "Only asking can be for everybody, with *.")
        found = list(dict.fromkeys([*people, *others]))
        return {self.keys[0]: found if found or self.keys[0] in values else None}


@dataclass(frozen=True, kw_only=True)
class Amounts(Setting):
    """An amount for each currency."""

    hint: str

    @property
    def fields(self) -> tuple[Field, ...]:
        """One amount a line."""
        hint = f"One a line, such as USD 100,000. {self.hint}"
        return (Lines(name="amounts", label=self.label, hint=hint),)

    def words(self, values: Values) -> Sequence[str]:
        """Return currencies and amounts."""
        return [in_words(each) for each in self._amounts(values)]

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show one amount a line."""
        amounts = self._amounts(values)
        return {"amounts": [f"{each.currency} {write_amount(each)}" for each in amounts]}

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return the amounts as texts; what is no currency is said by whoever reads the file."""
        found: dict[str, str] = {}
        for nth, line in enumerate(given["amounts"], 1):
            code, _, amount = line.replace("=", " ").strip().partition(" ")
            code = code.upper()
            if code in found:
                raise WrongField("amounts", f"Line {nth}: {code} stands there already.")
            try:
                known = is_currency(code)
                found[code] = _plain(read_amount(amount, code)) if known else amount
            except NotMoney as wrong:
                raise WrongField("amounts", f"Line {nth}: {wrong}") from None
        return {self.keys[0]: found}

    def _amounts(self, values: Values) -> list[Money]:
        """Return the amounts by currency; a database may give them back in another order."""
        found = values.get(self.keys[0], {})
        amounts = (_money(found[code], code) for code in sorted(found))
        return [each for each in amounts if each is not None]


@dataclass(frozen=True, kw_only=True)
class SeeingAmounts(Setting):
    """The roles that see amounts of requests which do not concern them."""

    decides: bool = True

    @property
    def fields(self) -> tuple[Field, ...]:
        """Any of the roles."""
        hint = (
            "Whoever asked, owns or decides a request sees its amounts, too; so do auditors, the "
            "sales assistant and billing. None chosen: whoever may see the request."
        )
        options = tuple(Option(role.value, role.label.capitalize()) for role in Role)
        return (
            Several(name="roles", label="Roles", hint=hint, options=options, most=len(options)),
        )

    def words(self, values: Values) -> Sequence[str]:
        """Return the roles."""
        named = [Role(each).label for each in values.get(self.keys[0], ())]
        return named or ["whoever may see the request"]

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show the roles."""
        return {"roles": list(values.get(self.keys[0], ()))}

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return the roles."""
        return {self.keys[0]: list(given["roles"])}


@dataclass(frozen=True, kw_only=True)
class Channel(Setting):
    """The channel in which something is posted."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its name."""
        hint = "Its name, such as sow-requests, or its id. Empty: none."
        return (Text(name="channel", label="Channel", hint=hint, max_length=80),)

    def words(self, values: Values) -> Sequence[str]:
        """Return its name."""
        name = values.get(self.keys[0])
        return [f"#{str(name).removeprefix('#')}"] if name else []

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show its name."""
        return {"channel": values.get(self.keys[0])}

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return its name."""
        return {self.keys[0]: str(given["channel"] or "").removeprefix("#") or None}


@dataclass(frozen=True, kw_only=True)
class Meeting(Setting):
    """Day and hour of the list for triage."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """A day of the week and a time."""
        days = tuple(Option(*each) for each in WEEKDAYS.items())
        times = tuple(Option(each, each) for each in HALF_HOURS)
        hint = "In the company's time zone."
        return (
            Choice(name="day", label="Day", required=True, options=days),
            Choice(name="at", label="Time", hint=hint, required=True, options=times),
        )

    def words(self, values: Values) -> Sequence[str]:
        """Return day and time."""
        day, at = self._read(values)
        return [f"{WEEKDAYS[day]} at {at}"]

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show both."""
        return dict(zip(("day", "at"), self._read(values), strict=True))

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return both."""
        return dict(zip(self.keys, (given["day"], given["at"]), strict=True))

    def _read(self, values: Values) -> tuple[str, str]:
        at = values.get(self.keys[1], "09:00")
        return values.get(self.keys[0], "mon"), f"{at:%H:%M}" if isinstance(at, time) else str(at)


@dataclass(frozen=True, kw_only=True)
class DaysOff(Setting):
    """The company's own days off; those that are over stay as they are."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Dates, one or a range a line."""
        hint = "One a line: 2026-12-24, or 2026-12-24 to 2026-12-31. Days that are over are kept."
        return (Lines(name="days", label="Days off from today on", hint=hint),)

    def words(self, values: Values) -> Sequence[str]:
        """Return dates and ranges."""
        return write_days(values.get(self.keys[0], ()))

    def shown(self, values: Values, asked: Asked) -> dict[str, object]:
        """Show those that are ahead."""
        days = values.get(self.keys[0], ())
        return {"days": list(write_days([each for each in days if each >= asked.today]))}

    def wanted(self, given: Mapping[str, Any], values: Values, asked: Asked) -> dict[str, Any]:
        """Return those that are over and those that were written."""
        try:
            ahead = read_days(given["days"], asked.today)
        except Invalid as wrong:
            raise WrongField("days", str(wrong)) from None
        over = [each for each in values.get(self.keys[0], ()) if each < asked.today]
        return {self.keys[0]: [*over, *ahead]}


@dataclass(frozen=True, kw_only=True)
class Holidays(Setting):
    """Whose public holidays are free."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Countries and regions."""
        hint = "One a line: a country such as US, or a region such as DE-BE."
        return (Lines(name="regions", label="Countries and regions", hint=hint),)

    def words(self, values: Values) -> Sequence[str]:
        """Return their codes."""
        found = values.get(self.keys[0], ())
        return [found] if isinstance(found, str) else list(found)

    def shown(self, values: Values, _asked: Asked) -> dict[str, object]:
        """Show one a line."""
        return {"regions": list(self.words(values))}

    def wanted(self, given: Mapping[str, Any], _values: Values, _asked: Asked) -> dict[str, Any]:
        """Return the codes."""
        return {self.keys[0]: [str(each).strip() for each in given["regions"]]}


def _user(identity: str, asked: Asked) -> str:
    """Return whose id an identity stands for, "" where that is not known or not one person's."""
    is_user = identity.startswith(("U", "W")) and "@" not in identity
    return identity if is_user else asked.bound.get(identity, "")


def _plain(money: Money) -> str:
    """Return the amount as the file has it: ``100000``."""
    return f"{money.amount.normalize():f}"


def _money(value: object, code: str) -> Money | None:
    """Return the amount, None for what is none."""
    try:
        return Money.of(str(value), code)
    except (NotMoney, ArithmeticError):
        return None

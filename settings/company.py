"""The company that ``frontdesk.toml`` describes."""

import tomllib
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.company import EVERYONE, Company
from settings.days_off import DaysOff
from settings.policies import SALES_ASSET
from settings.sentences import sentences
from settings.tables import File
from settings.wording import Wrong, WrongSettings, meant, shown
from workflows.calendar import Calendar
from workflows.registry import find_workflows
from workflows.roles import Role


@dataclass(frozen=True, slots=True)
class Described:
    """The company, and what in its description works but is probably not meant."""

    company: Company
    warnings: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the file says, as TOML has it."""


def read_company(file: Path, workflows: AbstractSet[str]) -> Described:
    """Read the company from ``file``; ``workflows`` are the keys that channels can be named for.

    Raises WrongSettings with every problem of the file; each begins with the file's name.
    """
    name = shown(file.name or str(file))[1:-1]
    try:
        values = parse(_text(file))
        found = File.model_validate(values, context=workflows)
    except Wrong as wrong:
        raise WrongSettings([f"{name} {wrong}"]) from None
    except ValidationError as error:
        raise WrongSettings([f"{name}, {each}" for each in sentences(error)]) from None
    company = company_of(found)
    if strangers := list(unknown_approvals(company)):
        raise WrongSettings([f"{name}, {place}: {said}" for place, said in strangers])
    warnings = (
        *_unheld(company),
        *_held_by_everybody(company),
        *_unheard(company, workflows),
        *_watched_and_not(company),
    )
    return Described(company, tuple(f"{name}, {each}" for each in warnings), values)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        fix = f"cp frontdesk.example.toml {shown(file.name)[1:-1]}"
        raise Wrong(f"is not in {shown(str(file.parent))}; make one with: {fix}") from None
    except OSError as error:
        raise Wrong(f"cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Wrong("cannot be read: it is not UTF-8 text.") from None
    except ValueError:
        raise Wrong("cannot be read: no file can be called this.") from None


def parse(text: str) -> dict[str, Any]:
    """Return what a text in TOML says. Raises Wrong."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise Wrong(f"is not TOML: {error}.") from None
    except (ValueError, ArithmeticError, RecursionError):
        raise Wrong("cannot be read: a number is too long, or a list too deep.") from None


def company_of(found: File) -> Company:
    """Return the company that a file describes."""
    hours, minutes = found.hours, found.notifications.mail_after
    days_off = DaysOff(tuple(hours.holidays), frozenset(hours.days_off))
    return Company(
        name=found.company.name,
        zone=found.company.timezone,
        currency=found.company.currency,
        payment_details=found.company.payment_details,
        fiscal_month=found.company.fiscal_year_begins,
        date_order=found.company.date_order,
        holidays=days_off,
        calendar=Calendar(hours.opens, hours.closes, frozenset(hours.weekdays), days_off),
        channels=found.channels,
        roles={role: tuple(dict.fromkeys(people)) for role, people in found.roles.items()},
        policies=found.workflows.policies(),
        manner=found.notifications.manner(),
        mail_after=timedelta(minutes=minutes) if minutes else None,
        most_snoozes=found.notifications.most_snoozes,
        retention=found.retention.retention(),
        away_signs=tuple(dict.fromkeys(found.absence.signs)),
        offer_after_hours=found.absence.offer_after_hours,
        named_fallbacks=found.absence.fallbacks,
        amounts=frozenset(found.visibility.amounts),
    )


def unknown_approvals(company: Company) -> Iterator[tuple[str, str]]:
    """Yield every rule of approval that is for nobody: its place in the file, and a sentence."""
    named = {key: each for key, each in company.policies.items() if each.approvals}
    workflows = find_workflows() if named else {}
    for key, policy in named.items():
        stages = workflows[key].stages if key in workflows else ()
        known = sorted({lane.name for stage in stages for lane in stage.lanes})
        for lane in policy.approvals:
            if lane not in known:
                place = f"[workflows.{key}.approvals] {lane}"
                yield place, f"nobody approves under this name; {meant(lane, known)}"


def _unheld(company: Company) -> Iterator[str]:
    for role in Role:
        if not company.roles.get(role):
            yield f"[roles] {role}: nobody holds this role, and what waits for it goes elsewhere."


def _held_by_everybody(company: Company) -> Iterator[str]:
    for role, people in company.roles.items():
        if EVERYONE in people and role is not Role.REQUESTER:
            yield f"[roles] {role}: everybody in the workspace holds this role."


def _unheard(company: Company, workflows: AbstractSet[str]) -> Iterator[str]:
    for key in sorted(workflows):
        if company.channel(key) is None:
            yield f"[channels] {key}: it has no channel, and there is no triage channel either."


def _watched_and_not(company: Company) -> Iterator[str]:
    policy = company.policy(SALES_ASSET)
    for each in policy.watched:
        if each in policy.unwatched:
            place = f"[workflows.{SALES_ASSET}] watched"
            yield f"{place}: {each} is in unwatched too, and is not watched."

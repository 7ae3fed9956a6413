"""What admins and triage keep in Slack: the lists behind the forms, the goals, and the weights.

"Final copy stored in Repository with proper tags (industry, asset type, date)" (Sales Asset
Requests, 4.D): tags come from these lists, so that what is filed under one word is found under it.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.members import member
from bot.ports import Json, Observation, Parcel, Unit
from bot.setting import guarding, telling
from bot.setting.changing import change
from bot.setting.sheets import WEIGHTS as WEIGHTS_SETTING
from bot.unmoved import did
from messages.settings import ChangeFacts
from modals.entries import Guideline, read_entries, read_goals, read_guidelines
from modals.fields import Invalid
from modals.keeping import LISTS, WEIGHTS
from modals.metadata import Metadata
from workflows.priority import WEIGHTS as USUAL_WEIGHTS
from workflows.priority import Criterion, Goal
from workflows.refusals import NotAllowed
from workflows.roles import Role

WORKFLOW = "sales_asset"
KEEPERS = (Role.ADMIN, Role.TRIAGE, Role.HEAD_OF_MARKETING)
"""Who keeps the lists and the weights."""

DEFAULTS: Mapping[str, tuple[str, ...]] = {
    "asset_types": (
        *("Deck", "Case study", "Brochure", "One-pager", "Proposal template"),
        *("Master deck", "Video"),
    ),
    "industries": (
        *("Banking", "Fintech", "Insurance", "Healthcare", "Logistics", "Manufacturing"),
        *("Energy", "Public sector", "Retail", "Technology", "Telecommunications"),
    ),
    "audiences": ("Executives", "Finance", "IT", "Procurement", "Practitioners"),
    "languages": ("English", "German", "French", "Spanish", "Portuguese", "Japanese"),
    "products": (),
    "goals": (),
    "guidelines": (),
}
"""What the lists hold until somebody keeps them."""

TAGGED = {
    "asset_type": "asset_types",
    "industries": "industries",
    "audiences": "audiences",
    "languages": "languages",
    "products": "products",
}
"""By tag of an asset: the list of its values."""

OTHER = "other"


class ListFull(Problem):
    """This list takes no more."""


class ListsChanged(Problem):
    """Somebody has changed the lists meanwhile. Please close this, and open them again."""


class NotSuggested(Problem):
    """That value is in the list already, or nobody suggested it."""


def lines(unit: Unit, name: str) -> tuple[str, ...]:
    """Return the lines of a list, as they are kept or as they come with Frontdesk."""
    found = unit.lists.get(name)
    return DEFAULTS[name] if found is None else found


def goals(unit: Unit) -> tuple[Goal, ...]:
    """Return the goals of sales enablement, with their weights."""
    return read_goals("\n".join(lines(unit, "goals")))


def guidelines(unit: Unit) -> tuple[Guideline, ...]:
    """Return the brand guidelines and templates to start from."""
    return read_guidelines("\n".join(lines(unit, "guidelines")))


def weights(desk: Desk) -> dict[Criterion, int]:
    """Return how much each criterion counts."""
    return dict(USUAL_WEIGHTS) | dict(desk.company.policy(WORKFLOW).weights)


def slug(label: str) -> str:
    """Return the value under which an asset type is stored: ``case_study`` for "Case study"."""
    return "_".join(re.findall(r"\w+", label.casefold()))


def options(unit: Unit, name: str) -> list[tuple[str, str]]:
    """Return a list as a form's options: values and labels."""
    if name == "asset_types":
        return [(slug(each), each) for each in lines(unit, name)]
    if name == "goals":
        return [(each.name, each.name) for each in goals(unit)]
    return [(each, each) for each in lines(unit, name)]


def open_lists(desk: Desk, gesture: Gesture) -> None:
    """Open the lists, to be read by everybody who triages and changed by those who keep them."""
    with desk.store.unit() as unit:
        keeper(desk, unit, gesture)
        state: Json = {name: "\n".join(lines(unit, name)) for name in DEFAULTS}
        seen = _digest(unit)
    metadata = replace(_metadata(LISTS.key), ref=seen)
    desk.slack.open_view(gesture.trigger_id, LISTS.view(state, metadata))


def open_weights(desk: Desk, gesture: Gesture) -> None:
    """Open what a priority is made of."""
    with desk.store.unit() as unit:
        keeper(desk, unit, gesture)
        found = weights(desk)
    state = WEIGHTS.fill({each.value: count for each, count in found.items()})
    desk.slack.open_view(gesture.trigger_id, WEIGHTS.view(state, _metadata(WEIGHTS.key)))


def keep_lists(desk: Desk, gesture: Gesture, seen: str, values: Json) -> Mapping[str, str]:
    """Keep the lists as they were handed in; return what is wrong, by block id: then none is.

    ``seen`` is what they were when they were opened. Raises ListsChanged when they are not so any
    more, and NotAllowed for those who do not keep them.
    """
    checked = LISTS.check(LISTS.read(values), today=desk.clock.now().date())
    slugs = [slug(each) for each in checked.values.get("asset_types") or ()]
    if not all(slugs) or len(set(slugs)) < len(slugs) or OTHER in slugs:
        checked.errors["asset_types"] = "Two of them are too much alike, or one says nothing."
    with desk.store.unit() as unit:
        keeper(desk, unit, gesture)
        if checked.errors:
            return checked.errors
        if not unit.deliveries.first(gesture.key, desk.clock.now()):
            return {}
        if seen != _digest(unit):
            raise ListsChanged
        before = {name: lines(unit, name) for name in DEFAULTS}
        kept = {name: tuple(checked.values[name]) for name in DEFAULTS}
        changed = {name: new for name, new in kept.items() if new != before[name]}
        for name, new in changed.items():
            unit.lists.put(name, new)
        if changed:
            detail = {name: "; ".join(new)[:500] for name, new in changed.items()}
            unit.outbox.add(_reckoned(gesture, desk.clock.now()))
            unit.audit.append(did(gesture, "keep_lists", desk.clock.now(), detail))
        unit.commit()
    desk.wake()
    return {}


def keep_weights(desk: Desk, gesture: Gesture, values: Json) -> Mapping[str, str]:
    """Keep the weights as they were handed in; return what is wrong, by block id."""
    now = desk.clock.now()
    checked = WEIGHTS.check(WEIGHTS.read(values), today=now.date())
    if not checked.errors and not any(checked.values.values()):
        checked.errors[Criterion.DEAL_VALUE.value] = "At least one of them must count."
    with desk.store.unit() as unit:
        keeper(desk, unit, gesture)
        if checked.errors:
            return checked.errors
        said = {each.value: int(checked.values[each.value] or 0) for each in Criterion}
        if unit.deliveries.first(gesture.key, now):
            _weigh(desk, unit, gesture, said)
        unit.commit()
    desk.wake()
    return {}


def _weigh(desk: Desk, unit: Unit, gesture: Gesture, said: Mapping[str, int]) -> None:
    """Set the weights, on record as a setting is, and told to the admins as one."""
    now, handbook, [key] = desk.clock.now(), desk.rulebook.handbook, WEIGHTS_SETTING.keys
    version = unit.overrides.turn()
    changed = change(unit, handbook, {key: said}, version=version, by=gesture.user, now=now)
    before, after = (
        tuple(WEIGHTS_SETTING.words(handbook.in_full(each)))
        for each in (changed.before, changed.after)
    )
    facts = ChangeFacts(by=gesture.user, label=WEIGHTS_SETTING.label, before=before, after=after)
    for each in changed.changes:
        detail = each.entry(gesture.user, gesture.surface, now).detail
        unit.audit.append(did(gesture, "keep_weights", now, detail))
        unit.outbox.add(_reckoned(gesture, now))
        others = guarding.listeners(unit, gesture.user, (), audited=False)
        telling.promise(unit, gesture, facts, others, now)


def add_suggested(desk: Desk, gesture: Gesture, suggested: Observation) -> None:
    """Add a value that somebody missed to its list. Raises NotSuggested, NotAllowed."""
    with desk.store.unit() as unit:
        keeper(desk, unit, gesture)
        name, value = suggested.about, suggested.text
        if name not in DEFAULTS:
            raise NotSuggested
        before = lines(unit, name)
        if value.casefold() in {each.casefold() for each in before}:
            raise NotSuggested
        try:
            unit.lists.put(name, read_entries("\n".join((*before, value))))
        except Invalid as full:
            raise ListFull(str(full)) from full
        detail = {name: f"added: {value}"}
        unit.audit.append(did(gesture, "keep_lists", desk.clock.now(), detail))
        unit.commit()


def keepers(unit: Unit) -> frozenset[str]:
    """Return who keeps the lists, by user id."""
    holders = unit.people.holders()
    return frozenset().union(*(holders.get(role, frozenset()) for role in KEEPERS))


def keeper(desk: Desk, unit: Unit, gesture: Gesture) -> None:
    """Let those through who keep the lists. Raises NotAllowed, and UnknownPerson for strangers."""
    if member(desk, unit, gesture).user not in keepers(unit):
        raise NotAllowed("Only admins, triage and the head of marketing keep the lists.")


def _reckoned(gesture: Gesture, now: datetime) -> Parcel:
    """Every rank to be reckoned anew (:mod:`bot.triage.ranking`): goals or weights changed."""
    return parcels.aside("reckon_all", gesture.key, "ranks:", {}, now)


def _digest(unit: Unit) -> str:
    said = "\0".join("\n".join(lines(unit, name)) for name in DEFAULTS)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _metadata(form: str) -> Metadata:
    return Metadata(form=form, workflow=WORKFLOW, transition="")

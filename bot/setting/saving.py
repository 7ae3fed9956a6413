"""An admin hands in the form of a setting: checked, laid over the file, on record, told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import UnfitSettings
from bot.identities import known
from bot.members import member
from bot.ports import Json, Override, Unit
from bot.rulebook import Values
from bot.setting import guarding, telling
from bot.setting.catalogue import find
from bot.setting.changing import Changed, change, companies
from bot.setting.holding import hold_at_once
from bot.setting.sheets import WEIGHTS
from bot.setting.showing import asked, is_admin, last_change, words
from messages.settings import ChangeFacts
from modals.metadata import Metadata, NotOurs
from modals.setting_kinds import Channel, Holders
from modals.settings import AS_FILE, Setting, WrongField
from workflows.privacy import is_private
from workflows.refusals import NotAllowed

_MEANWHILE = (
    "Somebody has changed this meanwhile, so nothing was saved. What it says now you see when you "
    "open it again; what you typed stays here until you close it."
)
_UNSEEN = "You would give this to yourself with nobody to be told. Name an auditor or admin first."
_PERHAPS_UNSEEN = (
    "Whom {} names is not known yet. It may be you, with nobody to be told. "
    "Name an auditor or admin first."
)
_MOST_REFS = 10


@dataclass(frozen=True, slots=True)
class _Handed:
    """One form as it was handed in."""

    setting: Setting
    gesture: Gesture
    now: datetime
    version: int = 0
    """This change's turn at the settings."""


def save(desk: Desk, gesture: Gesture, metadata: Metadata, values: Json) -> Mapping[str, str]:
    """Change the setting; return what is wrong, by block id: then nothing is changed.

    Raises NotAllowed for everybody but admins, and NotOurs where there is no such setting.
    """
    handed = _Handed(_setting(desk, metadata), gesture, desk.clock.now())
    form = handed.setting.form
    state = form.read(values)
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        version = unit.overrides.turn()  # before anything is read that another admin may change
        if not is_admin(unit, user):
            raise NotAllowed
        try:
            changed = _change(desk, unit, replace(handed, version=version), state, metadata.step)
        except WrongField as wrong:
            return form.errors_by_block({wrong.name: wrong.sentence}, state, shown=values)
        if not unit.deliveries.first(gesture.key, handed.now):
            return {}
        if changed is not None:
            _bring_about(desk, unit, handed, changed)
        unit.commit()
    desk.wake()
    return {}


def _setting(desk: Desk, metadata: Metadata) -> Setting:
    setting = find(desk, metadata.transition)
    if setting is None:
        raise NotOurs
    return setting


def _change(desk: Desk, unit: Unit, handed: _Handed, state: Json, seen: int) -> Changed | None:
    """Lay what was handed in over the file; None where it changes nothing. Raises WrongField."""
    setting, handbook = handed.setting, desk.rulebook.handbook
    overrides = unit.overrides.all()
    before = handbook.values(overrides)
    wanted = _wanted(desk, unit, handed, state, handbook.in_full(before))
    try:
        changed = change(
            *(unit, handbook, wanted),
            version=handed.version,
            by=handed.gesture.user,
            now=handed.now,
        )
    except UnfitSettings as unfit:
        key, sentence = unfit.problems[0]
        raise WrongField(setting.field_of(key), sentence) from None
    if not changed.changes:
        return None
    if _version(setting, overrides) != seen:
        raise WrongField(setting.fields[0].name, _MEANWHILE)
    if isinstance(setting, Holders):
        _guard(desk, unit, handed, setting, changed)
    return changed


def _wanted(
    desk: Desk, unit: Unit, handed: _Handed, state: Json, before: Values
) -> Mapping[str, object]:
    setting, first = handed.setting, desk.rulebook.handbook.first
    about = asked(desk, unit, setting, before, first)
    checked = setting.form.check(state, today=about.today)
    for name, sentence in checked.errors.items():
        raise WrongField(name, sentence)
    if checked.values[AS_FILE]:
        return {key: first.get(key) for key in setting.keys}
    return setting.wanted(checked.values, before, about)


def _version(setting: Setting, overrides: Sequence[Override]) -> int:
    last = last_change(setting, overrides)
    return last.version if last else 0


def _guard(desk: Desk, unit: Unit, handed: _Handed, setting: Holders, changed: Changed) -> None:
    before, after = setting.identities(changed.before), setting.identities(changed.after)
    for sentence in guarding.wrong_holders(desk, unit, setting.role, before, after):
        raise WrongField("people", sentence)
    user = handed.gesture.user
    if guarding.watched(unit, user):
        return
    if guarding.themselves(desk, unit, user, _given(unit, setting, changed)):
        raise WrongField("people", _UNSEEN)
    for each in guarding.perhaps_themselves(unit, setting.role, before, after):
        raise WrongField("others", _PERHAPS_UNSEEN.format(each))


def _given(unit: Unit, setting: Holders, changed: Changed) -> frozenset[str]:
    """Return who is named now and was not before."""
    now, was = (
        frozenset(user for each in setting.identities(values) for user in known(unit, each) or ())
        for values in (changed.after, changed.before)
    )
    return now - was


def _bring_about(desk: Desk, unit: Unit, handed: _Handed, changed: Changed) -> None:
    """Put it on record, let it take effect, and promise to tell whom it concerns.

    Told are those who watch before and after: nobody is taken out unheard.
    """
    setting, gesture, now = handed.setting, handed.gesture, handed.now
    both, audited = companies(desk.rulebook.handbook, changed), setting.decides or setting.audited
    told = guarding.listeners(unit, gesture.user, both, audited=audited)
    if isinstance(setting, Holders):
        hold_at_once(unit, setting.role, setting.identities(changed.before), changed.company, now)
    unit.outbox.add(parcels.roles(gesture.key, now))
    if isinstance(setting, Channel):
        what = {"label": setting.label, "key": setting.name.partition(":")[2], "by": gesture.user}
        unit.outbox.add(parcels.aside("check_channel", gesture.key, "channels:", what, now))
    if setting is WEIGHTS:
        unit.outbox.add(parcels.aside("reckon_all", gesture.key, "ranks:", {}, now))
    told |= guarding.listeners(unit, gesture.user, both, audited=audited)
    telling.promise(unit, gesture, _facts(desk, unit, handed, changed), told, now)
    for each in changed.changes:
        unit.audit.append(each.entry(gesture.user, gesture.surface, now))


def _facts(desk: Desk, unit: Unit, handed: _Handed, changed: Changed) -> ChangeFacts:
    setting, user, handbook = handed.setting, handed.gesture.user, desk.rulebook.handbook
    own: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    if isinstance(setting, Holders):
        own = guarding.themselves(desk, unit, user, _given(unit, setting, changed))
        was, now = setting.identities(changed.before), setting.identities(changed.after)
        perhaps = guarding.perhaps_themselves(unit, setting.role, was, now)
    return ChangeFacts(
        by=user,
        label=setting.label,
        before=words(unit, setting, handbook.in_full(changed.before)),
        after=words(unit, setting, handbook.in_full(changed.after)),
        people=isinstance(setting, Holders),
        is_back=all(each.is_back for each in changed.changes),
        themselves=own,
        perhaps=perhaps,
        refs=tuple(_open_requests(desk, unit, user)) if setting.decides else (),
    )


def _open_requests(desk: Desk, unit: Unit, user: str) -> list[str]:
    """Return the newest open requests of the person; not those that others do not know of."""
    mine = (each for each in unit.requests.asked_by(user, None) if not is_private(each))
    still = [each for each in mine if not desk.workflows[each.workflow].stage(each.stage).final]
    return [each.ref for each in still[:_MOST_REFS]]

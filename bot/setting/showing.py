"""What admins see: every setting with its value and where that comes from, and its form."""

from collections.abc import Sequence

from bot.desk import Desk, Gesture
from bot.identities import is_address
from bot.members import member
from bot.ports import Override, Source, Unit
from bot.rulebook import Values
from bot.setting.catalogue import SECOND_PAGE, find, in_file, sections
from bot.setting.changing import OPERATOR
from messages.settings import SettingFacts, overview
from modals.metadata import Metadata, NotOurs
from modals.setting_kinds import Holders
from modals.settings import SETTING, Asked, Setting
from workflows.refusals import NotAllowed
from workflows.roles import Role


def is_admin(unit: Unit, user: str) -> bool:
    """Whether the person may see and change the settings."""
    return user in unit.people.holders().get(Role.ADMIN, frozenset())


def open_overview(desk: Desk, gesture: Gesture, *, more: bool = False) -> bool:
    """Open all of it for an admin; return False, and do nothing, for everybody else.

    It has two pages: what changes most, and ``more``.
    """
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        if not is_admin(unit, user):
            return False
        overrides = unit.overrides.all()
        handbook = desk.rulebook.handbook
        given = handbook.values(overrides)
        values = handbook.in_full(given)
        shown = {
            section: [_facts(unit, each, values, overrides) for each in settings]
            for section, settings in sections(desk).items()
            if (section in SECOND_PAGE) == more
        }
    view = overview(shown, in_file(desk, given) if more else None)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))
    return True


def open_one(desk: Desk, gesture: Gesture, name: str) -> None:
    """Open the form of one setting. Raises NotAllowed, and NotOurs where there is none of these."""
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        if not is_admin(unit, user):
            raise NotAllowed
        setting = find(desk, name)
        if setting is None:
            raise NotOurs
        overrides = unit.overrides.all()
        handbook = desk.rulebook.handbook
        values, first = (
            handbook.in_full(each) for each in (handbook.values(overrides), handbook.first)
        )
        about = asked(desk, unit, setting, values, first)
        changed = last_change(setting, overrides)
        who = unit.people.get(changed.by) if changed else None
    metadata = Metadata(
        form=SETTING, workflow="", transition=name, step=changed.version if changed else 0
    )
    form = setting.form
    view = form.view(
        form.fill(setting.shown(values, about)),
        metadata,
        note=_note(setting, first, changed, who.name if who else ""),
    )
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it: it is filled in already
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def asked(desk: Desk, unit: Unit, setting: Setting, *values: Values) -> Asked:
    """Return what the form of ``setting`` is drawn and read with."""
    named = [
        each
        for known in values
        for key in setting.keys
        if key.startswith("roles.")
        for each in known.get(key, ())
    ]
    bound = {each: unit.people.binding(each) for each in named if is_address(each)}
    return Asked(
        today=desk.clock.now().astimezone(desk.company.zone).date(),
        bound={each: user for each, user in bound.items() if user},
    )


def words(unit: Unit, setting: Setting, values: Values) -> tuple[str, ...]:
    """Return what the values say, for people; whom an address names is a user id."""
    said = setting.words(values)
    if not isinstance(setting, Holders):
        return tuple(said)
    return tuple((unit.people.binding(each) if is_address(each) else "") or each for each in said)


def last_change(setting: Setting, overrides: Sequence[Override]) -> Override | None:
    """Return what was done to the setting last, None while it is as it began."""
    own = [each for each in overrides if each.key in setting.keys]
    return max(own, key=lambda each: each.version, default=None)


def _facts(
    unit: Unit, setting: Setting, values: Values, overrides: Sequence[Override]
) -> SettingFacts:
    changed = last_change(setting, [each for each in overrides if each.source is not Source.FILE])
    return SettingFacts(
        name=setting.name,
        label=setting.label,
        words=words(unit, setting, values),
        people=isinstance(setting, Holders),
        by=changed.by if changed else "",
        at=changed.at if changed else None,
        at_machine=changed is not None and changed.by == OPERATOR,
    )


def _note(setting: Setting, first: Values, changed: Override | None, name: str) -> str:
    if changed is None or changed.source is Source.FILE:
        return "This is as in frontdesk.toml."
    words = ", ".join(setting.words(first)) or "nothing"
    when = f"{changed.at.day} {changed.at:%b %Y}"
    name = "whoever runs Frontdesk" if changed.by == OPERATOR else name
    return f"Changed by {name or 'somebody'} on {when}. frontdesk.toml says: {words}."

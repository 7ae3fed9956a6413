"""The settings as admins see them, and what they and the auditors hear of a change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from messages import limits, rows
from messages.buttons import Admin, ChangeSetting
from messages.markup import parse, rich_text
from messages.message import Json, Message
from messages.templates import render


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingFacts:
    """One setting: what it says, and who changed it when; nobody where it is as in the file."""

    name: str
    label: str
    words: tuple[str, ...]
    people: bool = False
    """Whether the words are user ids, groups and addresses."""
    by: str = ""
    at: datetime | None = None
    at_machine: bool = False
    """Whether it was changed at the command line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """What somebody made of one setting.

    ``themselves``: to whom of those who stand for ``by`` a role was given; ``perhaps``: the
    identities it was given to that may name those as well; ``refs``: the open requests of theirs.
    """

    by: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    people: bool = False
    is_back: bool = False
    themselves: tuple[str, ...] = ()
    perhaps: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


_MOST_CHANGES = 20
"""So many settings a message lists; all of them are on record."""

MORE = "more"
"""In the place of a setting's name: the second page."""


def overview(
    shown: Mapping[str, Sequence[SettingFacts]], in_file: Sequence[str] | None = None
) -> Json:
    """Return the modal with settings, by section, and a button to change each.

    Not all of them fit into one. Under the first page a button leads to the second, which names
    the keys of what is changed in ``frontdesk.toml`` alone: ``in_file``.
    """
    blocks: list[Json] = []
    for section, settings in shown.items():
        blocks += rich_text(parse(render("desk/settings_section", section=section)))
        for each in settings:
            blocks += rich_text(parse(render("desk/settings_row", **asdict(each))))
            blocks.append(rows.row(rows.button(f"Edit: {each.label}", ChangeSetting(each.name))))
    if in_file is None:
        blocks.append(rows.row(rows.button("More settings", ChangeSetting(MORE))))
    else:
        blocks += rich_text(parse(render("desk/settings_in_file", keys=in_file)))
    view = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Settings", "emoji": False},
        "close": {"type": "plain_text", "text": "Close", "emoji": False},
        "blocks": blocks,
    }
    return limits.view(view, rows.rest())


def changed(facts: ChangeFacts) -> Message:
    """Return what admins and auditors hear of a change."""
    return rows.message(render("desk/setting_changed", change=facts, people=facts.people))


def imported(changes: Sequence[Sequence[str]]) -> Message:
    """Return what they hear of an import: key, value before and after; "" for none."""
    shown, rest = changes[:_MOST_CHANGES], len(changes[_MOST_CHANGES:])
    return rows.message(render("desk/settings_imported", changes=shown, rest=rest))


def channel_trouble(label: str, name: str) -> Message:
    """Return what whoever set the channel ``name`` hears where nothing can be posted in it."""
    return rows.message(render("desk/channel_trouble", label=label, name=name))


def admin_button() -> Json:
    """Return the button that opens the settings."""
    return rows.button("Settings", Admin())

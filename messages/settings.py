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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeFacts:
    """What somebody made of one setting.

    ``themselves``: to whom of those who stand for ``by`` a role was given; ``refs``: the open
    requests of theirs.
    """

    by: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    people: bool = False
    is_back: bool = False
    themselves: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()


def overview(shown: Mapping[str, Sequence[SettingFacts]]) -> Json:
    """Return the modal with every setting, by section, and a button to change each."""
    blocks: list[Json] = []
    for section, settings in shown.items():
        blocks += rich_text(parse(render("desk/settings_section", section=section)))
        for each in settings:
            blocks += rich_text(parse(render("desk/settings_row", **asdict(each))))
            blocks.append(rows.row(rows.button(f"Edit: {each.label}", ChangeSetting(each.name))))
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


def channel_trouble(label: str, name: str) -> Message:
    """Return what whoever set the channel ``name`` hears where nothing can be posted in it."""
    return rows.message(render("desk/channel_trouble", label=label, name=name))


def admin_button() -> Json:
    """Return the button that opens the settings."""
    return rows.button("Settings", Admin())

"""How a form is spelled in Slack's JSON: block ids, action ids and the values that come back.

The block id of an input is the name of its field. All of it stands in open modals and drafts,
so nothing here is renamed.
"""

import re
from typing import Any

from modals.fitting import clean

Json = dict[str, Any]
Answer = str | list[str] | None
"""What was typed or chosen in one input."""

INTRO_BLOCK = "form_intro"
NOTE_BLOCK = "form_note"
RESUME_BLOCK = "form_resume"
RESUME_ACTION = "draft_resume"
"""The button that brings a draft back; its value is the draft's id."""

FIELD_ACTIONS = re.compile(r"^field:")
"""Matches the action id of every input of every form: something was typed or chosen."""


def action_id(name: str, draft: str) -> str:
    """Return the action id of the input ``name`` in a form that is saved as ``draft``.

    While both ids stay the same Slack keeps what was typed through ``views.update`` and ignores
    initial values (docs.slack.dev/surfaces/modals). With the draft in the id, a form that is
    redrawn from another draft shows that draft's answers.
    """
    return f"field:{name}:{draft}"


def plain(text: str) -> Json:
    """Return a text object that shows ``text`` as it is: no mentions, no links, no formatting."""
    return {"type": "plain_text", "text": text, "emoji": True}


def answer_of(entry: Json) -> Answer:
    """Return the answer in one entry of ``view.state.values``, whatever element it is from.

    Selects give the option's value, one that looks its options up value and label; dates ISO,
    people and files their ids; texts are cleaned. Where more can be chosen it is a list.
    """
    match entry.get("type"):
        case "static_select" | "external_select":
            return _chosen(entry)
        case "checkboxes" | "multi_static_select" | "multi_users_select" | "file_input":
            return _several(entry)
        case "datepicker":
            return entry.get("selected_date")
        case "users_select":
            return entry.get("selected_user")
        case _:
            text = entry.get("value")
            return None if text is None else clean(str(text))


def _chosen(entry: Json) -> Answer:
    option = entry.get("selected_option")
    if not option:
        return None
    value = str(option["value"])
    return [value, str(option["text"]["text"])] if entry["type"] == "external_select" else value


def _several(entry: Json) -> list[str]:
    match entry["type"]:
        case "multi_users_select":
            return [str(user) for user in entry.get("selected_users") or ()]
        case "file_input":
            return [str(file["id"]) for file in entry.get("files") or ()]
        case _:
            return [str(option["value"]) for option in entry.get("selected_options") or ()]

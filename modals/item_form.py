"""The form for one entry of a list: the questions of an :class:`modals.fields.Items` field."""

from dataclasses import replace
from datetime import date
from typing import Any

from modals.fields import Invalid, Items, State
from modals.fields.items import Entry
from modals.fitting import cut
from modals.form import LONGEST_TITLE, Checked, Form
from modals.item_wire import ENTRY, Place, Press, Verb, button_id, value_of
from modals.wire import Json, plain


def entry_view(field: Items, entry: State, place: Place, *, is_new: bool) -> Json:
    """Return the form for one entry, with the answers of ``entry``.

    It tells us of nothing before it is handed in: what is typed meanwhile is on the screen only.
    """
    said = replace(place.form, draft=place.token)
    title = f"Add a {field.noun}" if is_new else f"Edit {field.noun}"
    view = _form(field).view(entry, said, title=cut(title, LONGEST_TITLE))
    blocks = [_silent(block) for block in view["blocks"]]
    if not place.on_list:
        press = Press(Verb.BACK)
        button = {
            "type": "button",
            "action_id": button_id(press),
            "value": value_of(press),
            "text": plain("Back to the list"),
        }
        blocks.append({"type": "actions", "block_id": "items_buttons", "elements": [button]})
    return view | {
        "private_metadata": place.encode(),
        "notify_on_close": not (place.on_list or place.on_form),
        "blocks": blocks,
    }


def read_entry(field: Items, values: dict[str, Any], before: State) -> Entry:
    """Return what was typed in the form for one entry.

    A text too long for its input stays whole when its beginning was left as it was ``before``.
    """
    form = _form(field)
    return form.restore(form.read(values), form.overlong(before))


def check_entry(field: Items, entry: State, today: date) -> Checked:
    """Return the typed values of one entry, or what is wrong with it."""
    checked = _form(field).check(entry, today=today)
    if not checked.errors:
        try:
            field.made(entry, today)
        except Invalid as problem:
            checked.errors[field.fields[0].name] = str(problem)
    return checked


def _form(field: Items) -> Form:
    return Form(key=ENTRY, title="Entry", submit="Save", fields=field.fields)


def _silent(block: Json) -> Json:
    if block["type"] != "input":
        return block
    element = {k: v for k, v in block["element"].items() if k != "dispatch_action_config"}
    return {k: v for k, v in block.items() if k != "dispatch_action"} | {"element": element}

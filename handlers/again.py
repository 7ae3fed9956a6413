"""A form that Slack did not open: the way to it that still works, as a button.

A trigger lives three seconds and is used once. A press of a button has a new one.
"""

from bot import drafts
from bot.desk import Desk
from handlers.gestures import Body
from handlers.shortcuts import MY_REQUESTS, ask_id, from_message_id
from messages import buttons
from messages.buttons import Gesture, New, Resume, ShowAll
from workflows.definition import Workflow


def way(desk: Desk, body: Body) -> Gesture | None:
    """Return what a button has to mean to open what the gesture should have opened, if any can."""
    if "actions" in body:
        action = body["actions"][0]
        try:
            return buttons.decode(str(action["action_id"]), str(action.get("value", "")))
        except buttons.NotOurs:
            return None
    if body.get("callback_id") == MY_REQUESTS:
        return ShowAll()
    found = (_form(desk, body, each) for each in desk.workflows.values())
    return next((each for each in found if each is not None), None)


def _form(desk: Desk, body: Body, workflow: Workflow) -> Gesture | None:
    if body.get("callback_id") == from_message_id(workflow):
        kept = drafts.latest(desk, str(body["user"]["id"]), workflow)
        return Resume(kept) if kept else New(workflow.key)
    is_command = body.get("command") == workflow.command and not str(body.get("text", "")).strip()
    is_shortcut = body.get("callback_id") == ask_id(workflow)
    return New(workflow.key) if is_command or is_shortcut else None

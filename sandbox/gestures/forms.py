"""Submitting and closing modals."""

import re
from dataclasses import dataclass, field

from sandbox import answers, filing, windows
from sandbox.blocks.elements import Place, Values, is_empty, places, state, value_of
from sandbox.codes import SlackError
from sandbox.delivery.outcome import INTERACTIONS, Outcome
from sandbox.errors import (
    BadValue,
    FieldRequired,
    NothingOpen,
    NotOnTop,
    Refused,
    TooLong,
    TooShort,
)
from sandbox.gestures import acting
from sandbox.shapes import views
from sandbox.slack import Slack
from sandbox.state.records import JSON, Person, Value, View

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True)
class Submitted:
    """What became of a submission.

    `refused` by Slack's client before it was sent, `errors` by the app.
    """

    refused: dict[str, Refused] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str = ""


async def submit(slack: Slack, view_id: str, person_id: str) -> Submitted:
    """Press Submit; what Slack's client would refuse is not sent."""
    person = acting.active(slack, person_id)
    view = _in_front(slack, view_id, person)
    refused = refusals(view)
    if refused:
        view.errors = {block: str(error) for block, error in refused.items()}
        slack.store.views.save(view)
        return Submitted(refused)
    app = slack.store.apps[view.app_id]
    filing.hand_over(slack, _files(view), app)
    trigger = acting.trigger(slack, app, person, channel=view.channel, view=view)
    payload = acting.base(slack, app, person, "view_submission") | {
        "trigger_id": trigger.id,
        "view": views.view(view, app, slack.team_id),
        "response_urls": _response_urls(slack, view),
    }
    outcome = await slack.courier.ask(app, INTERACTIONS, payload)
    return _answered(slack, view, outcome)


def _files(view: View) -> list[str]:
    """The files in the view's file fields."""
    entries = [entry for block in values(view).values() for entry in block.values()]
    given = [value_of(entry) for entry in entries if entry["type"] == "file_input"]
    return [file["id"] for files in given for file in files]


def _response_urls(slack: Slack, view: View) -> list[JSON]:
    """A response_url for each conversation chosen in an input that has response_url_enabled."""
    found: list[JSON] = []
    for place in places(view.blocks):
        if place.is_input and place.element.get("response_url_enabled"):
            chosen = value_of(values(view)[place.block_id][place.action_id])
            if chosen is not None:
                app = slack.store.apps[view.app_id]
                licence = answers.licence(slack, app, chosen, view.viewer)
                found.append(
                    {
                        "block_id": place.block_id,
                        "action_id": place.action_id,
                        "channel_id": chosen,
                        "response_url": answers.address(slack, licence),
                    }
                )
    return found


def _in_front(slack: Slack, view_id: str, person: Person) -> View:
    view = slack.store.views.get(view_id)
    if view is None or view.viewer != person.id:
        raise NothingOpen
    front = windows.top(slack, view.root)
    if front is None or front.id != view.id:
        raise NotOnTop(title=view.body["title"]["text"])
    return view


def _answered(slack: Slack, view: View, outcome: Outcome) -> Submitted:
    answer: JSON = outcome.answer if isinstance(outcome.answer, dict) else {}
    if slack.store.views.get(view.id) is None:
        return Submitted()
    trouble = acting.MODAL_TROUBLE
    if outcome.acknowledged:
        try:
            return _acted(slack, view, answer)
        except SlackError as error:
            trouble = f"{trouble} ({error.code})"
    view.trouble = trouble
    slack.store.views.save(view)
    return Submitted(trouble=trouble)


def _acted(slack: Slack, view: View, answer: JSON) -> Submitted:
    match answer.get("response_action"):
        case None:
            windows.close(slack, view)
        case "clear":
            windows.clear(slack, view.root)
        case "update":
            windows.replace(slack, view, answer.get("view"))
        case "push":
            windows.push(slack, view, answer.get("view"))
        case "errors":
            errors = _errors(view, answer.get("errors"))
            view.errors = errors
            slack.store.views.save(view)
            return Submitted(errors=dict(errors))
        case _:
            raise SlackError("invalid_response_action")
    return Submitted()


def _errors(view: View, errors: Value) -> dict[str, str]:
    """The errors of an answer, all of which must name an input block of the view."""
    blocks = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= blocks:
        raise SlackError("invalid_errors")
    return {str(block): str(text) for block, text in errors.items()}


def values(view: View) -> Values:
    """What stands in every field of the view."""
    return state(view.blocks, view.inputs)


def refusals(view: View) -> dict[str, Refused]:
    """What Slack's client would say on Submit, by block id."""
    entries = values(view)
    found: dict[str, Refused] = {}
    for place in places(view.blocks):
        if place.is_input:
            refusal = _refusal(place, entries[place.block_id][place.action_id])
            if refusal is not None:
                found[place.block_id] = refusal
    return found


def _refusal(place: Place, entry: JSON) -> Refused | None:
    if is_empty(entry):
        return None if place.optional else FieldRequired(field=place.label)
    value = value_of(entry)
    match place.type:
        case "plain_text_input":
            return _length(place, str(value))
        case "email_text_input" if not EMAIL.fullmatch(str(value)):
            return BadValue(field=place.label, value=value, reason="it takes an e-mail address")
        case "url_text_input" if not URL.fullmatch(str(value)):
            return BadValue(field=place.label, value=value, reason="it takes a web address")
        case "number_input":
            return _number(place, str(value))
        case _:
            return None


def _length(place: Place, value: str) -> Refused | None:
    if len(value) < (least := place.element.get("min_length", 0)):
        return TooShort(field=place.label, minimum=least)
    most = place.element.get("max_length")
    return (
        TooLong(field=place.label, maximum=most) if most is not None and len(value) > most else None
    )


def _number(place: Place, value: str) -> Refused | None:
    reason = ""
    decimal = place.element.get("is_decimal_allowed")
    low, high = place.element.get("min_value"), place.element.get("max_value")
    if not NUMBER.fullmatch(value) or ("." in value and not decimal):
        reason = "it takes a number" if decimal else "it takes a whole number"
    elif low is not None and float(value) < float(low):
        reason = f"at least {low} is needed"
    elif high is not None and float(value) > float(high):
        reason = f"at most {high} is possible"
    return BadValue(field=place.label, value=value, reason=reason) if reason else None


async def close(slack: Slack, view_id: str, person_id: str, *, everything: bool = False) -> None:
    """Press Cancel (one view goes, or all with clear_on_close), or the x (`everything`)."""
    person = acting.active(slack, person_id)
    view = _in_front(slack, view_id, person)
    root = slack.store.views.get(view.root) or view
    everything = everything or bool(view.body.get("clear_on_close"))
    told = root if everything else view
    app = slack.store.apps[view.app_id]
    payload = acting.base(slack, app, person, "view_closed") | {
        "view": views.view(told, app, slack.team_id, with_values=False),
        "is_cleared": everything,
    }
    if everything:
        windows.clear(slack, view.root)
    else:
        windows.close(slack, view)
    if told.body.get("notify_on_close"):
        await slack.courier.ask(app, INTERACTIONS, payload)

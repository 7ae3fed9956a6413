"""What every gesture begins and ends with.

May this person do it, in which words does the app hear, what is shown.
"""

import secrets

from sandbox import answers
from sandbox.delivery.outcome import INTERACTIONS
from sandbox.errors import Deactivated, NotAMember
from sandbox.shapes.people import interactor
from sandbox.slack import Slack
from sandbox.state.pending import ResponseUrl
from sandbox.state.records import JSON, App, Channel, Person, Toast, View
from sandbox.triggers import Trigger

MODAL_TROUBLE = "We had some trouble connecting. Try again?"
NO_RESPONSE = "This app isn't responding. Try again in a moment."
COMMAND_FAILED = "{command} failed with the error “{error}”."
COMMAND_ERRORS = {
    "http_timeout": "operation_timeout",
    "connection_failed": "dispatch_failed",
    "http_error": "http_service_error",
}


def active(slack: Slack, person_id: str) -> Person:
    """The person, who must not be deactivated."""
    person = slack.store.people[person_id]
    if person.deleted:
        raise Deactivated(name=person.name)
    return person


def member(slack: Slack, person: Person, which: str) -> Channel:
    """A channel the person is in, by name or id."""
    channel = slack.channel(which)
    if person.id not in channel.members:
        raise NotAMember(
            name=person.name, channel=f"#{channel.name}" if channel.name else "that conversation"
        )
    return channel


def base(slack: Slack, app: App, person: Person, kind: str) -> JSON:
    """What all interaction payloads have in common."""
    return {
        "type": kind,
        "user": interactor(person),
        "api_app_id": app.id,
        "token": app.verification_token,
        "team": {"id": slack.team_id, "domain": slack.team["domain"]},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def trigger(
    slack: Slack, app: App, person: Person, *, channel: str = "", view: View | None = None
) -> Trigger:
    """A fresh trigger for what the person has just done."""
    return slack.triggers.issue(app.id, person.id, channel=channel, view=view.id if view else "")


def licence(
    slack: Slack,
    app: App,
    channel: Channel,
    person: Person,
    message_ts: str = "",
    thread_ts: str = "",
) -> ResponseUrl:
    """A fresh response_url for what the person has just done."""
    return answers.licence(
        slack, app, channel.id, person.id, message_ts=message_ts, thread_ts=thread_ts
    )


def action_ts(slack: Slack) -> str:
    """The workspace's instant of a gesture, as Slack stamps actions."""
    return f"{slack.clock.now().timestamp():.6f}"


def toast(slack: Slack, person: Person, text: str, channel: str = "") -> Toast:
    """Show one of Slack's own sentences to one person."""
    at = slack.clock.now().isoformat()
    return slack.store.toasts.save(
        Toast(f"toast-{secrets.token_hex(6)}", person.id, text, at, channel)
    )


async def interact(
    slack: Slack, app: App, person: Person, payload: JSON, *, channel: str = ""
) -> Toast | None:
    """Hand an interaction to the app; when it does not answer in time, the person sees a toast."""
    outcome = await slack.courier.ask(app, INTERACTIONS, payload)
    return None if outcome.acknowledged else toast(slack, person, NO_RESPONSE, channel)

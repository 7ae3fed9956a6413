"""Global and message shortcuts."""

from dataclasses import dataclass

from sandbox import answers, posting
from sandbox.errors import NoSuchShortcut
from sandbox.gestures import acting
from sandbox.shapes.conversations import channel_label
from sandbox.slack import Slack
from sandbox.state.pending import ResponseUrl
from sandbox.state.records import JSON, App, Message, Toast
from sandbox.triggers import Trigger


@dataclass(frozen=True)
class Done:
    """What a press set in motion; `licence` only where Slack gives a response_url."""

    app: App
    trigger: Trigger
    licence: ResponseUrl | None
    toast: Toast | None


def offered(slack: Slack, kind: str) -> list[tuple[App, JSON]]:
    """The shortcuts of one kind, "global" or "message", of all installed apps."""
    return [
        (app, shortcut)
        for app in slack.store.apps.all()
        for shortcut in app.feature("shortcuts") or []
        if shortcut["type"] == kind and not app.revoked
    ]


def _named(slack: Slack, kind: str, name: str) -> tuple[App, JSON]:
    shortcuts = offered(slack, kind)
    for app, shortcut in shortcuts:
        if name in (shortcut["name"], shortcut["callback_id"]):
            return app, shortcut
    raise NoSuchShortcut(
        name=name, offered=", ".join(shortcut["name"] for _, shortcut in shortcuts) or "none"
    )


async def global_shortcut(slack: Slack, person_id: str, name: str) -> Done:
    """Choose a global shortcut, by its name or callback id."""
    person = acting.active(slack, person_id)
    app, shortcut = _named(slack, "global", name)
    trigger = acting.trigger(slack, app, person)
    payload = acting.base(slack, app, person, "shortcut") | {
        "action_ts": acting.action_ts(slack),
        "callback_id": shortcut["callback_id"],
        "trigger_id": trigger.id,
    }
    shown = await acting.interact(slack, app, person, payload)
    return Done(app, trigger, None, shown)


async def message_shortcut(slack: Slack, person_id: str, name: str, message: Message) -> Done:
    """Choose a shortcut from a message's menu, by its name or callback id."""
    person = acting.active(slack, person_id)
    channel = acting.member(slack, person, message.channel)
    app, shortcut = _named(slack, "message", name)
    trigger = acting.trigger(slack, app, person, channel=channel.id)
    licence = acting.licence(slack, app, channel, person, message.ts, message.thread_ts)
    payload = acting.base(slack, app, person, "message_action") | {
        "action_ts": acting.action_ts(slack),
        "callback_id": shortcut["callback_id"],
        "trigger_id": trigger.id,
        "response_url": answers.address(slack, licence),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel_label(channel)},
        "message": posting.shape(slack, message),
    }
    shown = await acting.interact(slack, app, person, payload, channel=channel.id)
    return Done(app, trigger, licence, shown)

"""Events: the Home tab is opened, people and groups change, somebody writes to the bot."""

import re

from slack_bolt import Ack, App

from bot import happenings, home, listening, unfurling, verdicts
from bot.conversation import arriving
from bot.conversation.arriving import Told, What
from bot.desk import Desk, Gesture
from handlers.admission import Who, admits
from handlers.gestures import Body, of_event
from handlers.shapes import SAID

_TOMBSTONE = "tombstone"
"""What is left of a deleted message below which others have written."""
_UNSENT = "composer"
"""Where links are that somebody is still writing: no conversation has them yet."""
_MENTIONED = re.compile(r"<@([UW][A-Z0-9]+)")

EVENTS = (
    "app_home_opened",
    "app_mention",
    "link_shared",
    "message.channels",
    "message.groups",
    "message.im",
    "subteam_members_changed",
    "subteam_updated",
    "team_join",
    "user_change",
)
"""What the manifest subscribes to; each has a listener here."""


def register(app: App, desk: Desk) -> None:
    """Listen to :data:`EVENTS`, and quietly acknowledge whatever else Slack sends."""

    @app.event("app_home_opened")
    @admits(Who.SLACK)
    def home_opened(ack: Ack, body: Body) -> None:
        event = body["event"]
        if event.get("tab", "home") == "home":
            home.open_home(desk, of_event(body, event["user"]), body["event_id"])
        ack()

    @app.event(re.compile("^(user_change|team_join)$"))
    @admits(Who.SLACK)
    def person_changed(ack: Ack, body: Body) -> None:
        happenings.person_changed(desk, of_event(body, body["event"]["user"]["id"]))
        ack()

    @app.event(re.compile("^(subteam_updated|subteam_members_changed)$"))
    @admits(Who.SLACK)
    def group_changed(ack: Ack, body: Body) -> None:
        happenings.group_changed(desk, of_event(body, ""))
        ack()

    _hear(app, desk)

    @app.event(re.compile(".*"))
    @admits(Who.SLACK)
    def unasked(ack: Ack) -> None:
        ack()


def _hear(app: App, desk: Desk) -> None:
    """Listen to what people write, and to the links in it."""

    @app.event("link_shared")
    @admits(Who.SLACK)
    def link_shared(ack: Ack, body: Body) -> None:
        event = body["event"]
        is_shared = bool(body.get("is_ext_shared_channel"))  # another company would read it, too
        if event["source"] != _UNSENT and not is_shared:
            unfurling.shared(desk, of_event(body, event["user"]), _links(event))
        ack()

    @app.event(re.compile("^(app_mention|message)$"))
    @admits(Who.SLACK)
    def spoken_to(ack: Ack, body: Body) -> None:
        event = body["event"]
        message, user = told(
            event, _us(body, event), shared=bool(body.get("is_ext_shared_channel"))
        )
        if message is not None:
            _spoken(desk, of_event(body, user), event, message)
        ack()


def _links(event: Body) -> unfurling.Shared:
    return unfurling.Shared(
        unfurl_id=str(event["unfurl_id"]),
        source=str(event["source"]),
        links=tuple(str(each["url"]) for each in event["links"]),
    )


def told(event: Body, us: str, *, shared: bool) -> tuple[Told | None, str]:
    """Return what a person said, edited or deleted, and who; None for what nobody said.

    See docs.slack.dev/reference/events/message: edits and deletions are messages of their own. An
    edit that leaves the text as it was, as when a link is unfurled, is none. ``us``: our user id;
    ``shared``: the channel is one with another company.
    """
    before = event.get("previous_message") or {}
    inner, what = _became(event, before)
    if what is What.EDITED and before.get("text") == inner.get("text"):
        return None, ""
    user, text = str(inner.get("user") or ""), str(inner.get("text") or "")
    if not user or inner.get("bot_id") or inner.get("subtype") not in SAID:
        return None, ""
    message = Told(
        channel=str(event["channel"]),
        ts=str(inner["ts"]),
        text=text,
        thread_ts=str(inner.get("thread_ts") or ""),
        direct=event.get("channel_type") == "im",
        us=us if us and f"<@{us}" in text else "",
        shared=shared,
        what=what,
        wording="deleted" if what is What.DELETED else _edited(inner),
        before=_edited(before),
    )
    return message, user


def _became(event: Body, before: Body) -> tuple[Body, What]:
    """Return the message, and what became of it; one that has replies leaves a tombstone."""
    match event.get("subtype"):
        case "message_changed" if event["message"].get("subtype") == _TOMBSTONE:
            return before | {"ts": event["message"]["ts"]}, What.DELETED
        case "message_changed":
            return event["message"], What.EDITED
        case "message_deleted":
            return before | {"ts": event["deleted_ts"]}, What.DELETED
        case _:
            return event, What.WRITTEN


def _edited(message: Body) -> str:
    return str((message.get("edited") or {}).get("ts") or "")


def _us(body: Body, event: Body) -> str:
    """Return our user id in the workspace that an event is of; "" where Slack does not say."""
    ours = [str(each.get("user_id") or "") for each in body.get("authorizations") or ()]
    if event["type"] == "app_mention":
        ours += _MENTIONED.findall(str(event.get("text") or ""))[:1]
    return next(filter(None, ours), "")


def _spoken(desk: Desk, gesture: Gesture, event: Body, message: Told) -> None:
    """Answer what is said to us; of everything else see what is in it.

    A verdict below a card is offered to be recorded, and is no talk with us.
    """
    if verdicts.heard(desk, gesture, message):
        return
    if message.direct or message.us or arriving.goes_on(desk, gesture, message):
        arriving.told(desk, gesture, message)
    elif message.what is What.WRITTEN and event["type"] == "message":
        listening.heard(desk, gesture, _said(event))


def _said(event: Body) -> listening.Said:
    files = tuple(
        listening.Shared(str(each["id"]), int(each.get("size") or 0))
        for each in event.get("files") or ()
        if each.get("id")
    )
    return listening.Said(
        channel=str(event["channel"]),
        ts=str(event["ts"]),
        text=str(event.get("text", "")),
        thread_ts=str(event.get("thread_ts", "")),
        files=files,
    )

"""Events: the Home tab is opened, people and groups change, somebody writes to the bot."""

import re

from slack_bolt import Ack, App

from bot import happenings, listening, overview, unfurling
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_event
from handlers.shapes import SAID

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
            overview.open_home(desk, of_event(body, event["user"]), body["event_id"])
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
        if not body.get("is_ext_shared_channel"):  # another company would read it, too
            unfurling.shared(desk, of_event(body, event["user"]), _links(event))
        ack()

    @app.event(re.compile("^(app_mention|message)$"))
    @admits(Who.SLACK)
    def spoken_to(ack: Ack, body: Body) -> None:
        event = body["event"]
        direct = event["type"] == "app_mention" or event.get("channel_type") == "im"
        if event.get("bot_id") or event.get("subtype") not in SAID:
            pass
        elif direct:
            happenings.spoken_to(desk, of_event(body, event["user"]))
        else:
            listening.heard(desk, of_event(body, event["user"]), _said(event))
        ack()


def _links(event: Body) -> unfurling.Shared:
    return unfurling.Shared(
        unfurl_id=str(event["unfurl_id"]),
        source=str(event["source"]),
        links=tuple(str(each["url"]) for each in event["links"]),
    )


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

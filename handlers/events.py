"""Events: the Home tab is opened, people and groups change, somebody writes to the bot."""

import re

from slack_bolt import Ack, App

from bot import happenings, overview
from bot.desk import Desk
from handlers.gestures import Body, of_event

EVENTS = (
    "app_home_opened",
    "app_mention",
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
    def home_opened(ack: Ack, body: Body) -> None:
        event = body["event"]
        if event.get("tab", "home") == "home":
            overview.open_home(desk, of_event(body, event["user"]), body["event_id"])
        ack()

    @app.event(re.compile("^(user_change|team_join)$"))
    def person_changed(ack: Ack, body: Body) -> None:
        happenings.person_changed(desk, of_event(body, body["event"]["user"]["id"]))
        ack()

    @app.event(re.compile("^(subteam_updated|subteam_members_changed)$"))
    def group_changed(ack: Ack, body: Body) -> None:
        happenings.group_changed(desk, of_event(body, ""))
        ack()

    @app.event(re.compile("^(app_mention|message)$"))
    def spoken_to(ack: Ack, body: Body) -> None:
        event = body["event"]
        direct = event["type"] == "app_mention" or event.get("channel_type") == "im"
        if direct and not event.get("subtype") and not event.get("bot_id"):
            happenings.spoken_to(desk, of_event(body, event["user"]))
        ack()

    @app.event(re.compile(".*"))
    def unasked(ack: Ack) -> None:
        ack()

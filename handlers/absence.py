"""Buttons and forms about who stands in for whom."""

import re

from slack_bolt import Ack, App

from bot import absence, standing_in
from bot.desk import Desk, Gesture
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages.buttons import Absence, Away, EndAway, HandOn
from modals.absence import AWAY, AWAY_FOR


def register(app: App, desk: Desk) -> None:
    """Listen to the forms; before the listener for every other form."""

    @app.view(re.compile(f"^({AWAY.key}|{AWAY_FOR.key})$"))
    @admits(Who.MEMBERS)
    def away(ack: Ack, body: Body) -> None:
        view = body["view"]
        key, values = str(view["callback_id"]), view["state"]["values"]
        errors = standing_in.hand_in(desk, of_submission(body), key, values)
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack(response_action="clear")


def press(desk: Desk, gesture: Gesture, meant: Absence) -> None:
    """Do what a button about somebody's absence means."""
    match meant:
        case Away():
            standing_in.open_form(desk, gesture)
        case EndAway(delegation):
            standing_in.end_one(desk, gesture, delegation)
        case HandOn(ref, step, person):
            absence.hand_on(desk, gesture, ref, step, person)

"""Fields that look their options up: what they offer, and what follows when something is picked.

Registered before ``actions``, whose listener for fields takes every other one.
"""

from slack_bolt import Ack, App

from bot import deals
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction
from handlers.submissions import typed
from modals import wire
from modals.fields import lookup


def register(app: App, desk: Desk) -> None:
    """Listen to every lookup, whichever form it stands in."""

    @app.options(wire.FIELD_ACTIONS)
    @admits(Who.MEMBERS)
    def suggested(ack: Ack, body: Body) -> None:
        said = str(body.get("value") or "")
        offered = deals.suggest(desk, of_interaction(body, "modal"), said)
        ack(options=[lookup.drawn(option) for option in offered])

    @app.action(wire.FIELD_ACTIONS, matchers=[_is_lookup])
    @admits(Who.MEMBERS)
    def picked(ack: Ack, body: Body) -> None:
        deals.prefill(desk, of_interaction(body, "modal"), typed(body))
        ack()


def _is_lookup(body: Body) -> bool:
    return bool(body["actions"][0]["type"] == "external_select")

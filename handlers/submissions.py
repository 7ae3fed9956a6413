"""Forms: what is typed, handed in, closed."""

import re
from datetime import UTC, datetime

from slack_bolt import Ack, App

from bot import confirming, drafts, intake
from bot.desk import Desk
from bot.intake import Alike, Refused, Submission
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction, of_submission
from modals.confirmation import FORM
from modals.metadata import Metadata, NotOurs


def register(app: App, desk: Desk) -> None:
    """Listen to every form, whichever workflow it belongs to."""

    @app.view(FORM)
    @admits(Who.MEMBERS)
    def confirmed(ack: Ack, body: Body) -> None:
        metadata = Metadata.decode(body["view"]["private_metadata"])
        confirming.confirm(desk, of_submission(body), metadata)
        ack(response_action="clear")

    @app.view(re.compile(".*"))
    @admits(Who.MEMBERS)
    def submitted(ack: Ack, body: Body) -> None:
        view = body["view"]
        metadata = Metadata.decode(view["private_metadata"])
        values = view["state"]["values"]
        submission = Submission(view_id=view["id"], metadata=metadata, values=values)
        match intake.hand_in(desk, of_submission(body), submission):
            case Refused(errors):
                ack(response_action="errors", errors=dict(errors))
            case Alike(shown):
                ack(response_action="push", view=shown)
            case _:
                ack(response_action="clear")

    @app.view_closed(re.compile(".*"))
    @admits(Who.WRITER)
    def closed(ack: Ack, body: Body) -> None:
        view = body["view"]
        metadata = Metadata.decode(view["private_metadata"])
        drafts.closed(desk, of_interaction(body, "modal"), metadata, view["id"])
        ack()


def typed(body: Body) -> drafts.Typed:
    """Return an open form as it came with a gesture in it. Raises NotOurs outside of a form."""
    if not body.get("view"):
        raise NotOurs
    view = body["view"]
    return drafts.Typed(
        view_id=view["id"],
        view_hash=view["hash"],
        shown=frozenset(block["block_id"] for block in view["blocks"]),
        metadata=Metadata.decode(view["private_metadata"]),
        values=view["state"]["values"],
        at=datetime.fromtimestamp(float(body["actions"][0]["action_ts"]), UTC),
    )

"""A few words about a request that is closed."""

from slack_bolt import Ack, App

from bot import opinions
from bot.desk import Desk
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from modals.metadata import Metadata, NotOurs
from modals.opinion import FORM


def register(app: App, desk: Desk) -> None:
    """Listen to the form for the word; before the listener for every other form."""

    @app.view(FORM.key)
    @admits(Who.MEMBERS)
    def said(ack: Ack, body: Body) -> None:
        view = body["view"]
        metadata = Metadata.decode(view["private_metadata"])
        if metadata.ref is None:
            raise NotOurs
        values = view["state"]["values"]
        errors = opinions.add_word(desk, of_submission(body), metadata.ref, values)
        if errors:
            ack(response_action="errors", errors=dict(errors))
        else:
            ack()

"""A few words about a request that is closed."""

from slack_bolt import Ack, App

from bot import opinions
from bot.desk import Desk
from handlers.gestures import Body, of_submission
from modals.metadata import Metadata, NotOurs
from modals.opinion import FORM


def register(app: App, desk: Desk) -> None:
    """Listen to the form for the word; before the listener for every other form."""

    @app.view(FORM.key)
    def said(ack: Ack, body: Body) -> None:
        view = body["view"]
        metadata = Metadata.decode(view["private_metadata"])
        if metadata.ref is None:
            raise NotOurs
        state = FORM.read(view["state"]["values"])
        checked = FORM.check(state, today=desk.clock.now().date())
        if checked.errors:
            ack(response_action="errors", errors=FORM.errors_by_block(checked.errors, state))
            return
        opinions.add_word(desk, of_submission(body), metadata.ref, str(checked.values["word"]))
        ack()

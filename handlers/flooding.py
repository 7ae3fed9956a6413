"""Nobody floods the house: of one person's gestures so many are taken as a person can make."""

from collections.abc import Callable

from slack_bolt import App, BoltResponse

from bot.limits import Limit
from handlers.gestures import Body
from workflows.refusals import Refusal

GESTURES = 240
"""A minute, of one person, in each process; nobody clicks that often by hand."""

_LIMITED = frozenset(("block_actions", "view_submission", "shortcut", "message_action"))
"""What is counted, beside commands; a form that is closed is always heard, or it would be lost."""


class TooFast(Refusal):
    """That was more than Frontdesk can follow. Please wait a few seconds, then go on."""


def install(app: App, gestures: int) -> None:
    """Take so many ``gestures`` a minute of each person; refuse the others, aloud once a minute.

    A form always says so, as silence would close it.
    """
    taken, told = Limit(gestures), Limit(1)

    @app.use
    def paced(body: Body, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's
        if not _counts(body) or not taken.wait(who := _who(body)):
            return next()
        if body.get("type") == "view_submission" or not told.wait(who):
            raise TooFast
        return BoltResponse(status=200)


def _counts(body: Body) -> bool:
    return "command" in body or body.get("type") in _LIMITED


def _who(body: Body) -> str:
    return str(body["user_id"] if "command" in body else body["user"]["id"])

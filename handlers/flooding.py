"""Nobody floods the house: of one person's gestures so many are taken as a person can make."""

from collections.abc import Callable

from slack_bolt import App, BoltResponse

from bot import notices
from bot.desk import Desk
from bot.limits import Limit
from bot.members import is_member
from handlers.gestures import Body, of_event
from workflows.refusals import Refusal

GESTURES = 240
"""A minute, of one person, in each process; nobody clicks that often by hand."""

_TO_A_MESSAGE = 4
"""So many gestures are taken for each message to us: to answer one is more work."""

_LIMITED = frozenset(("block_actions", "view_submission", "shortcut", "message_action"))
"""What is counted, beside commands; a form that is closed is always heard, or it would be lost."""


class TooFast(Refusal):
    """That was more than Frontdesk can follow. Please wait a few seconds, then go on."""


class TooMuchSaid(Refusal):
    """Your last messages came too fast to be read. Please wait a minute, then say it again."""


def install(app: App, desk: Desk, gestures: int) -> None:
    """Take so many ``gestures`` a minute of each person; refuse the others, aloud once a minute.

    A form always says so, as silence would close it. Of messages to us a part of that many is
    taken; of the others nothing is read.
    """
    taken, told = Limit(gestures), Limit(1)
    _hear(app, desk, max(1, gestures // _TO_A_MESSAGE))

    @app.use
    def paced(body: Body, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's
        if not _counts(body) or not taken.wait(who := _who(body)):
            return next()
        if body.get("type") == "view_submission" or not told.wait(who):
            raise TooFast
        return BoltResponse(status=200)


def _hear(app: App, desk: Desk, messages: int) -> None:
    """Take so many ``messages`` a minute of each person; say of the others so once a minute."""
    taken, told = Limit(messages), Limit(1)

    @app.use
    def heard(body: Body, next: Callable[[], BoltResponse]) -> BoltResponse:  # noqa: A002 - Bolt's
        if not (who := _speaker(body)) or not taken.wait(who):
            return next()
        gesture = of_event(body, who)
        if not told.wait(who) and is_member(desk, gesture):
            notices.promise_way(desk, gesture, str(TooMuchSaid()), None)
        return BoltResponse(status=200)


def _speaker(body: Body) -> str:
    """Return who says something to us, in a DM or by a mention; "" of all else.

    A message in a channel that mentions us comes as two events, and counts twice. That one was
    deleted is always heard.
    """
    event = body.get("event") or {}
    if event.get("type") not in ("message", "app_mention"):
        return ""
    said = event.get("message") or event
    ours = [each.get("user_id") for each in body.get("authorizations") or ()]
    text = str(said.get("text") or "")
    is_to_us = event["type"] == "app_mention" or event.get("channel_type") == "im"
    is_to_us = is_to_us or any(f"<@{each}>" in text for each in ours if each)
    is_deleted = event.get("subtype") == "message_deleted"
    return "" if is_deleted or said.get("bot_id") or not is_to_us else str(said.get("user") or "")


def _counts(body: Body) -> bool:
    return "command" in body or body.get("type") in _LIMITED


def _who(body: Body) -> str:
    return str(body["user_id"] if "command" in body else body["user"]["id"])

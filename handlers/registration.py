"""The Bolt app: every gesture's listeners and the funnel, on a client that asks nobody."""

from concurrent.futures import Executor
from contextlib import nullcontext

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.desk import Desk
from handlers import (
    absence,
    actions,
    bank,
    commands,
    conversation,
    deals,
    events,
    flooding,
    funnel,
    home,
    items,
    notifications,
    opinions,
    reports,
    settings,
    shelf,
    shortcuts,
    submissions,
    suggestions,
    verdicts,
)
from handlers.entrance import Answering, Entrance


def build(
    desk: Desk,
    token: str,
    web: WebClient,
    executor: Executor,
    gestures: int = flooding.GESTURES,
    answering: Answering = nullcontext,
) -> App:
    """Return the Bolt app of ``desk``, which takes so many ``gestures`` a minute of one person.

    Each is answered within ``answering()``.

    A listener commits before its answer leaves (``process_before_response``), and no request
    waits for ``auth.test``: the authorization is static. ``web`` has no token of its own, or Bolt
    would call with it. Signatures are verified by ``web/``. What listens to particular gestures
    comes before what takes every other one.
    """

    def authorized() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=None, bot_token=token, bot_id="", bot_user_id=""
        )

    app = Entrance(
        desk.meter,
        answering,
        client=web,
        authorize=authorized,
        signing_secret="verified by web/",  # noqa: S106 - no secret: see below
        process_before_response=True,
        raise_error_for_unhandled_request=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
    )
    flooding.install(app, desk, gestures)
    particular = (
        *(commands, items, suggestions, deals, bank, opinions, shelf),
        *(notifications, absence, reports, home, conversation, settings),
    )
    verdicts.register(app, desk, executor)
    for gesture in (*particular, submissions, actions, shortcuts, events):
        gesture.register(app, desk)
    funnel.install(app, desk, executor)
    return app

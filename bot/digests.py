"""The digest of a day: one message at the hour of its reader, with what is true then."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from bot.desk import Desk
from bot.errors import SlackError, SlackRefused, Unavailable
from bot.ports import Claimed, Count, Message, Slack
from bot.sending import Deliver, Needless, give_up_carried, post_once
from messages.digest import News, digest
from workflows.refusals import Refusal

log = logging.getLogger(__name__)


def deliver(desk: Desk, claimed: Claimed, table: Mapping[str, Deliver]) -> None:
    """Post what the digest carries, each request once in its newest state; nothing when moot.

    ``table`` says how each of it would be delivered by itself. What cannot be said is given up by
    itself, and everything else is told.
    """
    key = claimed.parcel.key
    news: dict[str, News] = {}
    for each in desk.post_office.gathered(key):
        said = _said(desk, each, table)
        if said is not None:
            ref = str(each.parcel.payload["ref"])
            earlier = news.pop(ref).count if ref in news else 0
            news[ref] = News(ref=ref, said=said.text, count=earlier + 1)
    if news:
        post_once(desk, claimed, digest([*news.values()]))
    desk.post_office.carried(key)


class _Heard(Exception):
    """What would have been posted; nothing of it has been done."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message


class _Ear:
    """A Slack in which nobody is written to: the first message ends the delivery."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def post(self, _channel: str, message: Message, _key: str, _thread_ts: str = "") -> str:
        raise _Heard(message)

    def open_dm(self, user: str) -> str:
        return user

    def __getattr__(self, name: str) -> object:
        return getattr(self._slack, name)


def _said(desk: Desk, claimed: Claimed, table: Mapping[str, Deliver]) -> Message | None:
    """Return what the parcel says as things stand now; None when it is moot, or had to be given up.

    Raises Unavailable, and what Slack says to everything alike: then the whole digest is tried
    again.
    """
    try:
        return _heard(desk, claimed, table[claimed.parcel.kind])
    except Unavailable:
        raise
    except Exception as error:
        if isinstance(error, SlackError) and not isinstance(error, SlackRefused):
            raise
        desk.meter.count(Count.ERRORS, where="digest", kind="unexpected")
        log.exception("A parcel of kind %s could not be put into a digest.", claimed.parcel.kind)
        give_up_carried(desk, claimed, repr(error)[:200])
        return None


def _heard(desk: Desk, claimed: Claimed, deliver: Deliver) -> Message | None:
    """Return what the parcel says as things stand now; None when it is moot."""
    try:
        deliver(replace(desk, slack=cast("Slack", _Ear(desk.slack))), claimed)
    except _Heard as heard:
        return heard.message
    except (Needless, Refusal):
        return None
    return None

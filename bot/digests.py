"""The digest of a day: one message at the hour of its reader, with what is true then."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from bot.desk import Desk
from bot.ports import Claimed, Message, Slack
from bot.sending import Deliver, post_once
from messages.digest import News, digest


def deliver(desk: Desk, claimed: Claimed, table: Mapping[str, Deliver]) -> None:
    """Post what the digest carries, each request once in its newest state; nothing when moot.

    ``table`` says how each of it would be delivered by itself.
    """
    key = claimed.parcel.key
    news: dict[str, News] = {}
    for each in desk.post_office.gathered(key):
        said = _heard(desk, each, table[each.parcel.kind])
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


def _heard(desk: Desk, claimed: Claimed, deliver: Deliver) -> Message | None:
    """Return what the parcel says as things stand now; None when it is moot."""
    try:
        deliver(replace(desk, slack=cast("Slack", _Ear(desk.slack))), claimed)
    except _Heard as heard:
        return heard.message
    return None

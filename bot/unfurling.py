"""Links to requests that people post: what everybody in the conversation may know of them.

That is number, stage, and who has the ball; whoever may see more presses "Show details". Nothing is
said of a private request, nor where the person who posts the link may not see the request: that is
answered as what does not exist, by nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import parcels
from bot.desk import Desk, Gesture, is_here
from bot.errors import SlackRefused
from bot.facts import may_see, row_facts
from bot.ports import Claimed, Json, Unit
from bot.request_links import named_by
from bot.sending import Needless
from bot.shelf import naming
from messages.message import Message
from messages.unfurl import unfurl, unfurl_asset
from workflows.privacy import is_private
from workflows.request import Request

CURRENT = "current"

_MOST = 10
"""Links of one message; what is posted beyond them stays a link."""

_GONE = frozenset(
    {
        *("cannot_find_message", "cannot_find_channel", "cannot_unfurl_message"),
        *("cannot_unfurl_url", "cannot_prompt", "invalid_unfurl_id"),
    }
)
"""Slack's words for a message or a link that is not there any more: then there is nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Links in a message, and what Slack calls them: ``unfurl_id`` and ``source`` go together."""

    unfurl_id: str
    source: str
    links: tuple[str, ...]


def shared(desk: Desk, event: Gesture, shared: Shared) -> None:
    """Promise to unfurl what of the links leads to requests; a copy of the event does nothing."""
    refs = {url: named_by(desk, url) or naming.named(desk, url) for url in shared.links}
    found = {url: ref for url, ref in refs.items() if ref}
    if not found:
        return
    now = desk.clock.now()
    what: Json = {
        "unfurl_id": shared.unfurl_id,
        "source": shared.source,
        "user": event.user,
        "links": dict(list(found.items())[:_MOST]),
    }
    with desk.store.unit() as unit:
        if unit.deliveries.first(event.key, now):
            address = f"unfurl:{shared.unfurl_id}"
            unit.outbox.add(parcels.aside("unfurl", event.key, address, what, now))
        unit.commit()
    desk.wake()


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Put what is true now below the message. Raises Needless where there is nothing to say."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        said = {
            str(url): message
            for url, ref in what["links"].items()
            if (message := _said(desk, unit, str(url), str(ref), str(what["user"])))
        }
    where = (str(what["unfurl_id"]), str(what["source"]))
    if not said or not _unfurled(desk, where, said):
        raise Needless


def _said(desk: Desk, unit: Unit, url: str, ref: str, user: str) -> Message | None:
    if not named_by(desk, url):
        return _asset(desk, unit, naming.by_ref(unit, ref), user)
    request = unit.requests.get(ref)
    if request is None or is_private(request) or not may_see(desk, unit, request, f"user:{user}"):
        return None
    office = desk.office(unit, desk.workflows[request.workflow])
    return unfurl(row_facts(desk, request, office, "channel:"))


def _asset(desk: Desk, unit: Unit, asset: Request | None, user: str) -> Message | None:
    """Return what any member finds on the shelf; None of what is not current there."""
    if asset is None or asset.stage != CURRENT or not is_here(unit, user):
        return None
    stage = desk.workflows[asset.workflow].stage(asset.stage)
    version = asset.details.record.versions[-1].number
    return unfurl_asset(asset.ref, asset.details.title, version, stage.label)


def _unfurled(desk: Desk, where: tuple[str, str], said: Mapping[str, Message]) -> bool:
    """Whether any of it could be put there: of some links an edit may have left nothing."""
    try:
        desk.slack.unfurl(*where, said)
    except SlackRefused as refused:
        if refused.code not in _GONE:
            raise
        if len(said) == 1:
            return False
        tried = [_unfurled(desk, where, {url: each}) for url, each in said.items()]
        return any(tried)
    return True

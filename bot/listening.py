"""What is written in watched channels: asks outside of the form, and assets that are outdated.

"Requests made outside official channel → not processed" and "using outdated/unapproved assets →
escalated to Sales Manager" (Sales Asset Requests, 6). It must be quiet: what is neither is not
stored, and nobody is spoken to more than once a day. Nor is any text: the worker reads it in Slack
once it has made sure that the channel is watched, and that a member wrote it.
"""

import re
from dataclasses import dataclass

from bot import parcels
from bot.asking import is_ask
from bot.assets.marking import link_mark, may_be_known
from bot.desk import Desk, Gesture
from bot.ports import Json, Unit
from bot.shelf.naming import links_in

WORKFLOW = "sales_asset"

_LINK = re.compile(r"https://[^|<>\s]+")
_MOST = 20
_MOST_FILES = 5


_ONE_BY_ONE = "heard:files"
"""Where files wait: one is fetched at a time, whoever posts how many, and of all replicas."""


@dataclass(frozen=True, slots=True)
class Shared:
    """A file in a message: Slack's id, and its bytes as far as Slack says so, else 0."""

    id: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of a person in a channel: its place, its text as Slack sends it, its files.

    ``thread_ts`` is the ``ts`` of what it answers, or "".
    """

    channel: str
    ts: str
    text: str
    thread_ts: str = ""
    files: tuple[Shared, ...] = ()


def heard(desk: Desk, event: Gesture, said: Said) -> None:
    """Promise to look into a message that may be an ask, or may show an asset.

    Whether its channel is watched takes Slack to say, so it is asked then; until then its place,
    its author, and what it shows of ours are stored, and nothing of any other message, nor of whom
    Frontdesk knows not to be a member. All links are looked into at once, each file by itself: of
    the files that may be copies, and one that somebody shares again and again once a day.
    """
    policy = desk.company.policy(WORKFLOW)
    if not policy.watched:
        return
    asks = is_ask(said.text)
    links = [*links_in(desk, said.text), *_links(said.text)][:_MOST]
    if not asks and not links and not said.files:
        return
    now = desk.clock.now()
    about = {
        "channel": said.channel,
        "ts": said.ts,
        "user": event.user,
        "team": event.team,
        "event": event.key,
    }
    with desk.store.unit() as unit:
        author = unit.people.get(event.user)
        if author is not None and not author.active:
            return
        links = [each for each in links if _is_ours(unit, each)]
        files = [each.id for each in said.files if _may_be_ours(unit, each)][:_MOST_FILES]
        if not asks and not links and not files:
            return
        if not unit.deliveries.first(event.key, now):
            return
        address = f"heard:{said.channel}:{said.ts}"
        if asks:
            what: Json = about | {"thread": said.thread_ts}
            unit.outbox.add(parcels.aside("asked_outside", event.key, address, what, now))
        if links:
            shown: Json = about | {"links": links, "files": []}
            unit.outbox.add(
                parcels.aside("asset_posted", event.key, f"{address}:links", shown, now)
            )
        for file in files:
            once = f"{event.user}:{said.channel}:{file}:{now:%Y-%m-%d}"
            shown = about | {"links": [], "files": [file]}
            unit.outbox.add(parcels.aside("asset_posted", once, _ONE_BY_ONE, shown, now))
        unit.commit()
    desk.wake()


def _is_ours(unit: Unit, link: str) -> bool:
    """Whether it is the name of an asset, or the link of one; any other may be a secret."""
    return not link.startswith("https://") or bool(unit.marks.of(link_mark(link)))


def _may_be_ours(unit: Unit, file: Shared) -> bool:
    return not file.size or may_be_known(unit, file.size)


def _links(text: str) -> dict[str, None]:
    """Return the links of a text, once each; Slack writes their ampersands as ``&amp;``."""
    return dict.fromkeys(each.replace("&amp;", "&") for each in _LINK.findall(text))

"""What is written in watched channels: asks outside of the form, and assets that are outdated.

"Requests made outside official channel → not processed" and "using outdated/unapproved assets →
escalated to Sales Manager" (Sales Asset Requests, 6). It must be quiet: what is neither is not
stored, and nobody is spoken to more than once a day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot import parcels
from bot.asking import is_ask
from bot.desk import Desk, Gesture
from bot.ports import Json
from bot.shelf.naming import links_in

WORKFLOW = "sales_asset"

_LINK = re.compile(r"https://[^|<>\s]+")
_MOST = 20
_MOST_FILES = 5
_LONGEST = 3000


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message of a person in a channel: its place, its text as Slack sends it, its files."""

    channel: str
    ts: str
    text: str
    files: tuple[str, ...] = ()


def heard(desk: Desk, event: Gesture, said: Said, read: Callable[[str], str]) -> None:
    """Promise to look into a message that may be an ask, or may show an asset.

    Whether its channel is watched is asked then; nothing is stored of any other message. ``read``
    turns a text as Slack sends it into what people read.
    """
    policy = desk.company.policy(WORKFLOW)
    if not policy.watched:
        return
    asks = is_ask(said.text)
    links = [*links_in(desk, said.text), *_links(said.text)][:_MOST]
    if not asks and not links and not said.files:
        return
    now, text = desk.clock.now(), read(said.text)[:_LONGEST] if asks else ""
    about = {
        "channel": said.channel,
        "ts": said.ts,
        "user": event.user,
        "team": event.team,
        "event": event.key,
    }
    with desk.store.unit() as unit:
        if not unit.deliveries.first(event.key, now):
            return
        address = f"heard:{said.channel}:{said.ts}"
        if asks:
            what: Json = about | {"text": text}
            unit.outbox.add(parcels.aside("asked_outside", event.key, address, what, now))
        for nth, shown in enumerate(_shown(links, said.files)):
            key, place = f"{event.key}:{nth}", f"{address}:{nth}"
            unit.outbox.add(parcels.aside("asset_posted", key, place, {**about, **shown}, now))
        unit.commit()
    desk.wake()


def _shown(links: list[str], files: tuple[str, ...]) -> Iterator[Json]:
    """Yield what is to be looked into: all links at once, each file by itself."""
    if links:
        yield {"links": links, "files": []}
    yield from ({"links": [], "files": [each]} for each in files[:_MOST_FILES])


def _links(text: str) -> dict[str, None]:
    """Return the links of a text, once each; Slack writes their ampersands as ``&amp;``."""
    return dict.fromkeys(each.replace("&amp;", "&") for each in _LINK.findall(text))

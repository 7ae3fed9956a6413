"""Outdated and unapproved assets in channels: a word to the poster, and the sales manager knows.

"Using outdated/unapproved assets → escalated to Sales Manager" (Sales Asset Requests, 6).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from bot import parcels
from bot.assets.fetching import LARGEST
from bot.assets.marking import file_mark, link_mark, may_be_known
from bot.desk import Desk, Gesture
from bot.errors import SlackRefused
from bot.members import is_member
from bot.ports import Claimed, Observation, Seen, Unit
from bot.sending import post_once
from bot.shelf.facts import asset_facts
from bot.shelf.naming import by_ref
from bot.triage.meeting import before, opens_at
from bot.watching import is_watched
from messages.misuse import Misuse, What, misuse_alert, misused, misuses
from workflows.asset import record_of as asset_record
from workflows.request import Request
from workflows.roles import Role
from workflows.shelved import record_of


@dataclass(frozen=True, slots=True)
class Posted:
    """What somebody posted: a version of an asset, or a draft that nobody has approved.

    ``what`` is ``outdated``, ``withdrawn``, ``replaced`` or ``unapproved``.
    """

    ref: str
    title: str
    what: What
    asset: str


def look(desk: Desk, claimed: Claimed) -> None:
    """Look whether a message shows an outdated or unapproved asset; say so privately if it does."""
    said = claimed.parcel.payload
    channel, user = str(said["channel"]), str(said["user"])
    gesture = Gesture(user=user, team=str(said["team"]), surface="event")
    if not is_watched(desk, channel) or not is_member(desk, gesture):
        return
    marks = [link_mark(each) for each in said["links"] if str(each).startswith("https://")]
    marks += _hashes(desk, said["files"])
    refs = [str(each) for each in said["links"] if not str(each).startswith("https://")]
    with desk.store.unit() as unit:
        found = {each.ref: each for each in _found(desk, unit, refs, marks)}
        before = unit.observations.count(user, Seen.MISUSED)
        for posted in found.values():
            _put_down(desk, unit, posted, user, channel, str(said["event"]), before)
        unit.commit()
    desk.wake()


def _hashes(desk: Desk, files: list[str]) -> Iterator[str]:
    """Yield the marks of those files that can be copies; no other is fetched."""
    for file in files:
        try:
            if not _may_be_known(desk, desk.slack.size_of(file)):
                continue
            content = desk.slack.download(file, None, largest=LARGEST).content
        except SlackRefused:
            continue
        yield file_mark(hashlib.sha256(content).hexdigest())


def _may_be_known(desk: Desk, size: int) -> bool:
    with desk.store.unit() as unit:
        return may_be_known(unit, size)


def _found(desk: Desk, unit: Unit, refs: list[str], marks: list[str]) -> Iterator[Posted]:
    for ref in refs:
        asset = by_ref(unit, ref)
        if asset is not None and asset.stage in ("outdated", "withdrawn"):
            yield Posted(asset.ref, asset.details.title, _what(asset.stage), asset.ref)
    for mark in marks:
        known = [(unit.requests.get(ref), number) for ref, number in unit.marks.of(mark)]
        requests = [
            (each, number)
            for each, number in known
            if each is not None and not _came_to_nothing(desk, each)
        ]
        if posted := _wrong(unit, requests):
            yield posted


def _came_to_nothing(desk: Desk, request: Request) -> bool:
    """Whether its drafts mean nothing any more: the request ended without an asset."""
    is_over = desk.workflows[request.workflow].stage(request.stage).final
    return is_over and request.workflow != "shelf" and not asset_record(request).shelved_as


def _wrong(unit: Unit, known: list[tuple[Request, int]]) -> Posted | None:
    """Return what is wrong with a file or link that is all of ``known``; None when one is good."""
    worst: Posted | None = None
    for request, number in known:
        if request.workflow == "shelf":
            posted = _on_shelf(request, number)
        else:
            posted = _in_the_making(unit, request, number)
        if posted is None:
            return None
        worst = worst or posted
    return worst


def _what(text: str) -> What:
    return next((each for each in get_args(What) if each == text), "unapproved")


def _on_shelf(asset: Request, number: int) -> Posted | None:
    version, title = record_of(asset).current, asset.details.title
    if asset.stage not in ("current", "outdated", "withdrawn"):
        return Posted(asset.ref, title, "unapproved", "")
    if asset.stage != "current":
        return Posted(asset.ref, title, _what(asset.stage), asset.ref)
    if version is not None and version.number != number:
        return Posted(asset.ref, title, "replaced", asset.ref)
    return None


def _in_the_making(unit: Unit, request: Request, number: int) -> Posted | None:
    """Return what is wrong with a draft; nothing is when it is approved and about to be shelved."""
    draft = asset_record(request).draft
    if request.stage in ("approved", "delivered") and draft and draft.number == number:
        return None
    shelved = by_ref(unit, request.ref)
    title = shelved.details.title if shelved else request.details.purpose[:100]
    asset = shelved.ref if shelved and shelved.stage == "current" else ""
    if asset_record(request).shelved_as and not asset:
        return Posted(request.ref, title, "outdated", "")
    return Posted(request.ref, title, "unapproved", asset)


def _put_down(
    desk: Desk, unit: Unit, posted: Posted, user: str, channel: str, event: str, before: int
) -> None:
    """Record the use; promise a word to the poster, and to the sales manager when it is not new.

    One word to each a person, asset and day, however often it is posted. ``before``: how often they
    did so.
    """
    now = desk.clock.now()
    seen = Observation(
        key=f"misuse:{event}:{posted.ref}",
        what=Seen.MISUSED,
        user=user,
        at=now,
        ref=posted.ref,
        about=channel,
        text=posted.what,
    )
    if not unit.observations.add(seen):
        return
    said = {"what": posted.what, "asset": posted.asset, "channel": channel, "title": posted.title}
    once = f"{user}:{posted.ref}:{now:%Y-%m-%d}"
    if unit.deliveries.first(f"misused:{once}", now):
        unit.outbox.add(parcels.word("misused", posted.ref, event, user, said, now))
    if not before or not unit.deliveries.first(f"misused again:{once}", now):
        return
    about = said | {"user": user, "at": now.isoformat(), "times": before + 1}
    for manager in sorted(unit.people.holders().get(Role.SALES_MANAGER, frozenset())):
        unit.outbox.add(parcels.word("misuse_alert", posted.ref, event, manager, about, now))


def tell_poster(desk: Desk, claimed: Claimed) -> None:
    """Tell the poster privately, with the current version where there is one."""
    said = claimed.parcel.payload
    with desk.store.unit() as unit:
        asset = by_ref(unit, str(said["asset"]))
        facts = asset_facts(unit, asset) if asset else None
    words = misused(facts, said["what"], str(said["ref"]), str(said["channel"]))
    post_once(desk, claimed, words)


def alert(desk: Desk, claimed: Claimed) -> None:
    """Tell a sales manager at once of somebody who did it again."""
    said = claimed.parcel.payload
    row = Misuse(
        user=str(said["user"]),
        asset_ref=str(said["ref"]),
        title=str(said["title"]),
        what=said["what"],
        channel=str(said["channel"]),
        at=datetime.fromisoformat(str(said["at"])),
        times=int(said["times"]),
    )
    post_once(desk, claimed, misuse_alert(row))


def list_weekly(desk: Desk, now: datetime) -> None:
    """With the triage list: promise each sales manager who used what for the first time."""
    begun = opens_at(desk, now)
    if begun is None:
        return
    with desk.store.unit() as unit:
        for user in sorted(unit.people.holders().get(Role.SALES_MANAGER, frozenset())):
            day = begun.date().isoformat()
            what = {"since": before(desk, begun).isoformat(), "until": begun.isoformat()}
            unit.outbox.add(parcels.aside("misuses", f"{day}:{user}", f"user:{user}", what, now))
        unit.commit()
    desk.wake()


def tell_weekly(desk: Desk, claimed: Claimed) -> None:
    """List such uses since the list before; nothing where there were none."""
    what = claimed.parcel.payload
    since, until = (datetime.fromisoformat(str(what[name])) for name in ("since", "until"))
    with desk.store.unit() as unit:
        seen = unit.observations.between(since, until, Seen.MISUSED)
        rows = [_row(unit, each) for each in seen]
    if rows:
        post_once(desk, claimed, misuses(rows))


def _row(unit: Unit, seen: Observation) -> Misuse:
    request = unit.requests.get(seen.ref)
    details = request.details if request else None
    title = getattr(details, "title", "") or getattr(details, "purpose", "")[:100]
    return Misuse(
        user=seen.user,
        asset_ref=seen.ref,
        title=title,
        what=_what(seen.text),
        channel=seen.about,
        at=seen.at,
        times=unit.observations.count(seen.user, Seen.MISUSED),
    )

"""Delivered: the requester and the channel hear of it, by mail those who want it, and the CRM.

"Notify requester + Sales channel (Slack/email) of asset availability. CRM updated with link to
asset (if tied to an opportunity)" (Sales Asset Requests, 4.D).
"""

from bot import parcels
from bot.company import SALES_CHANNEL
from bot.desk import Desk, Gesture
from bot.members import member
from bot.parcels import entry_from_json
from bot.ports import (
    Claimed,
    Mail,
    MailRefused,
    MailUnavailable,
    Unit,
)
from bot.sending import NotYet, post_once
from bot.shelf.facts import asset_facts
from bot.shelf.naming import by_ref, permanent
from messages import rows
from messages.announcement import Waiting, announcement, delivered
from messages.message import Message
from messages.news_mails import News, announcement_mail
from messages.problem import whisper
from workflows.asset import record_of
from workflows.permission import available
from workflows.privacy import is_private
from workflows.request import Request
from workflows.shelved import record_of as shelf_record

BY_MAIL = "announcements_by_mail"
"""The preference of those who want announcements by mail, too."""

_YES = "yes"
_PATIENCE = 6
"""So often an announcement is tried while its picture is not ready."""


def announce(desk: Desk, claimed: Claimed) -> None:
    """Promise everything that is said of an asset that was delivered for a request."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        asset = by_ref(unit, entry.ref)
        if request is None or asset is None:
            return
        now, record = desk.clock.now(), record_of(request)
        waiting = {request.asker: "asker"} | {each.user: "follower" for each in record.followers}
        waiting[request.asker] = "asker"
        for user, reader in sorted(waiting.items()):
            what = {"reader": reader, "asset": asset.ref}
            unit.outbox.add(parcels.word("delivered", request.ref, "", user, what, now))
        if not is_private(request):
            _to_everybody(desk, unit, asset)
        if request.details.opportunity and not is_private(request):
            what = {"asset": asset.ref, "at": entry.at.isoformat()}
            unit.outbox.add(parcels.later("link_deal", request.ref, asset.ref, what, now))
        unit.commit()
    desk.wake()


def announce_shelved(desk: Desk, claimed: Claimed) -> None:
    """Promise the announcement of an asset that was put on the shelf by hand."""
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(claimed.parcel.payload["ref"]))
        if asset is not None:
            _to_everybody(desk, unit, asset)
            unit.commit()
    desk.wake()


def _to_everybody(desk: Desk, unit: Unit, asset: Request) -> None:
    """Promise the sales channel its announcement, and a mail to all who want one."""
    now, version = desk.clock.now(), shelf_record(asset).current
    occasion = f"{asset.ref}:{version.number if version else 0}"
    channel = desk.company.channels.get(SALES_CHANNEL)
    if channel:
        what = {"ref": asset.ref}
        unit.outbox.add(parcels.post("announcement", occasion, channel, what, now))
    for user in sorted(unit.preferences.having(BY_MAIL, _YES)):
        person = unit.people.get(user)
        if person is not None and person.active and person.email:
            what = {"ref": asset.ref, "user": user}
            address = f"mail:{person.email}"
            key = f"{occasion}:{user}"
            unit.outbox.add(parcels.aside("announcement_mail", key, address, what, now))


def post(desk: Desk, claimed: Claimed) -> None:
    """Post the announcement in the sales channel, with the picture of its first page.

    Raises NotYet for some moments while Slack looks at the picture; then it goes without.
    """
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(claimed.parcel.payload["ref"]))
        if asset is None:
            return
        facts = asset_facts(unit, asset)
        version = shelf_record(asset).current
    kept = version.kept if version else None
    if kept and kept.picture_sha256 and not facts.picture and claimed.attempts < _PATIENCE:
        raise NotYet("The picture of the first page is not ready.")
    is_new = version is None or version.number == 1
    post_once(desk, claimed, announcement(facts, is_new=is_new))


def tell_waiting(desk: Desk, claimed: Claimed) -> None:
    """Tell whoever waited for it that the asset is there; who asked for it can say if it helped."""
    what, user = claimed.parcel.payload, claimed.parcel.address.removeprefix("user:")
    reader: Waiting = "asker" if what["reader"] == "asker" else "follower"
    with desk.store.unit() as unit:
        asset, request = (unit.requests.get(str(what[name])) for name in ("asset", "ref"))
        if asset is None or request is None:
            return
        facts = asset_facts(unit, asset)
        workflow = desk.workflows[request.workflow]
        buttons = available(workflow, request, user, desk.office(unit, workflow, user))
    below = [rows.on_card(request, buttons)] if reader == "asker" else []
    post_once(desk, claimed, delivered(facts, request.ref, reader, *below))


def send_mail(desk: Desk, claimed: Claimed) -> None:
    """Send one colleague the announcement by mail. Raises NotYet while the server is away."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        asset = unit.requests.get(str(what["ref"]))
        person = unit.people.get(str(what["user"]))
        wants = unit.preferences.get(str(what["user"]), BY_MAIL) == _YES
        if asset is None or person is None or not person.active or not wants:
            return
        owner = unit.people.get(asset.owner or "")
        news = News(
            company=desk.company.name,
            to_name=person.name,
            asset=asset_facts(unit, asset),
            owner_name=owner.name if owner else "",
            link=permanent(desk, asset),
            is_new=len(shelf_record(asset).versions) == 1,
        )
    worded = announcement_mail(news)
    mail = Mail(
        key=claimed.parcel.key,
        to=person.email,
        to_name=person.name,
        reply_to="",
        reply_to_name="",
        subject=worded.subject,
        text=worded.text,
        html=worded.html,
    )
    try:
        desk.mailer.send(mail)
    except MailRefused:
        return
    except MailUnavailable as away:
        raise NotYet(f"Mail: {away}") from away


def switch_mail(desk: Desk, gesture: Gesture) -> Message:
    """Send the person announcements by mail from now on, or no more; return what is so now."""
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        wants = unit.preferences.get(person.user, BY_MAIL) != _YES
        unit.preferences.put(person.user, BY_MAIL, _YES if wants else "")
        unit.commit()
    if not wants:
        return whisper("You get no more announcements of new assets by mail.")
    if not person.email:
        return whisper("Slack does not say your address, so no mail can reach you yet.")
    return whisper(f"From now on you get announcements of new assets at {person.email}, too.")

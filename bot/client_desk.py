"""What is done for the client: the private link, its reminders, and its end."""

from datetime import datetime, timedelta

from bot import letters, moves, parcels
from bot.desk import Desk
from bot.facts import card_facts
from bot.links import Sending, link_of, url_of
from bot.owners import is_owners, owners
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json, Unit
from bot.sending import post_once
from bot.signing import hearing, sending
from messages.links import link_to_pass_on
from workflows.addressing import recipients
from workflows.deal import Version, record_of
from workflows.request import Request


def send_document(desk: Desk, claimed: Claimed) -> None:
    """Bring the document to the client, and promise the reminders.

    That is a private link for every recipient, or, where clients sign through a partner, an
    envelope there; NotYet is raised while the partner is away.
    After a pause, too: what was to be mailed during it was dropped, so that nobody got a link that
    was not open.
    """
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        version = record_of(request).version if request else None
        if request is None or version is None or request.stage != "with_client":
            return
        if desk.signatures is None:
            _write(desk, unit, request, version, "document", str(request.step))
        else:
            sending.intend(unit, request, entry, desk.clock.now())
        _await(desk, unit, request, version)
        unit.commit()
    desk.wake()
    sending.bring(desk, claimed)


def remind(desk: Desk, claimed: Claimed) -> None:
    """Remind the client, unless there is an answer by now; what is sent is on record."""
    what = claimed.parcel.payload
    if not _is_still(desk, claimed):
        return  # nobody is reminded of that any more, and the partner is not asked
    hearing.refresh(desk, str(what["ref"]))
    if not _is_still(desk, claimed):
        return
    nth = int(what["nth"])
    moves.by_frontdesk(
        desk,
        str(what["ref"]),
        "client_reminded",
        claimed.parcel.key,
        version=int(what["version"]),
        evidence={"nth": str(nth)},
    )


def write_reminder(desk: Desk, claimed: Claimed) -> None:
    """Send the reminder that was just put on record, the way the document went."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        version = record_of(request).version if request else None
        if request is None or version is None or request.stage != "with_client":
            return
        nth = int(entry.detail.get("nth", 1))
        asked = {each.version for each in unit.envelopes.of(entry.ref)}
        if desk.signatures is None or version.number not in asked:
            _write(desk, unit, request, version, "document_reminder", f"{entry.version}", nth)
            unit.commit()
    desk.wake()
    sending.remind(desk, claimed, entry.ref)


def expire(desk: Desk, claimed: Claimed) -> None:
    """The links' last day is over: the ball goes back to the assistant."""
    what = claimed.parcel.payload
    if not _is_still(desk, claimed):
        return
    hearing.refresh(desk, str(what["ref"]))
    if _is_still(desk, claimed):
        ref, version = str(what["ref"]), int(what["version"])
        moves.by_frontdesk(desk, ref, "expire", claimed.parcel.key, version=version)


def pass_on(desk: Desk, claimed: Claimed) -> None:
    """Without a mail server: give the assistant the link to send herself."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        if request is None or not is_owners(desk, unit, request, claimed):
            return
        facts = card_facts(desk, unit, request, claimed.parcel.address)
    until = datetime.fromisoformat(str(what["until"]))
    email = str(what["email"])
    sending = Sending(request.ref, int(what["version"]), int(what["step"]))
    url = url_of(desk, sending, email)
    post_once(desk, claimed, link_to_pass_on(facts, str(what["name"]), email, url, until))


def _write(
    desk: Desk,
    unit: Unit,
    request: Request,
    version: Version,
    name: str,
    occasion: str,
    nth: int = 0,
) -> None:
    """Mail everybody their link; where mail does not leave, the assistant gets it too."""
    now = desk.clock.now()
    sent_at = version.sent_at or now
    sending = Sending(request.ref, version.number, version.sent_step)
    pass_it_on = [] if desk.mailer.reaches_people or nth else owners(desk, unit, request)
    for to in recipients(request, version):
        link = link_of(desk, request.workflow, sending, to, sent_at)
        unit.links.add(link)
        letters.post(
            unit,
            request,
            name,
            to,
            f"v{version.number}:{occasion}",
            now,
            note=version.note,
            until=link.expires_at.astimezone(desk.company.zone).date().isoformat(),
            nth=nth,
            version=version.number,
        )
        if pass_it_on:
            what: Json = {"name": to[0], "email": to[1], "until": link.expires_at.isoformat()}
            what |= {"version": version.number, "step": version.sent_step}
            key = f"{version.number}:{occasion}:{to[1]}"
            for user in pass_it_on:
                unit.outbox.add(parcels.word("pass_on", request.ref, key, user, what, now))


def _await(desk: Desk, unit: Unit, request: Request, version: Version) -> None:
    company, now = desk.company, desk.clock.now()
    policy = company.policy(request.workflow)
    sent_at = version.sent_at or now
    sent_on = sent_at.astimezone(company.zone).date()
    what = {"version": version.number, "step": request.step}
    where = f"{version.number}:{request.step}"
    for nth, days in enumerate(policy.client_reminders, 1):
        day = company.calendar.business_day(sent_on, days)
        due = company.calendar.morning(day, company.zone)
        if due > now:
            payload = what | {"nth": nth}
            unit.outbox.add(
                parcels.later("client_due", request.ref, f"{where}:{nth}", payload, due)
            )
    ends = sent_at + timedelta(days=policy.link_days)
    unit.outbox.add(parcels.later("link_ends", request.ref, where, what, ends))


def _is_still(desk: Desk, claimed: Claimed) -> bool:
    """Whether the client still has the very version that was promised about, without a pause."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
    if request is None or request.stage != "with_client":
        return False
    return bool(
        request.step == what["step"] and what["version"] == len(record_of(request).versions)
    )

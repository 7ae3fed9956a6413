"""What is done for the client: the link and its reminders, answers, copies of what was approved."""

from datetime import datetime, timedelta

from bot import certificates, letters, moves, parcels
from bot.desk import Desk
from bot.documents import PDF, file_name, thread
from bot.facts import card_facts, may_see
from bot.links import Sending, link_of, url_of
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json, Unit
from bot.promising import zone_of
from bot.sending import post_once
from messages.links import file_line, link_to_pass_on
from messages.nudge import question_waits
from workflows.deal import Version, record_of
from workflows.office import deciders
from workflows.permission import available
from workflows.request import Request

_QUESTION_HOURS = (8, 16, 24)
"""Working hours after which the assistant is reminded that a client waits for an answer."""


def send_document(desk: Desk, claimed: Claimed) -> None:
    """Send every recipient their private link, and promise the reminders."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        version = record_of(request).version if request else None
        if request is None or version is None or request.stage != "with_client":
            return
        _write(desk, unit, request, version, "document", str(request.step))
        _await(desk, unit, request, version)
        unit.commit()
    desk.wake()


def await_client(desk: Desk, claimed: Claimed) -> None:
    """After a pause: send the link again, and promise the reminders that are still to come.

    What was to be mailed during the pause was dropped, so that nobody got a link that was not open.
    """
    with desk.store.unit() as unit:
        request = unit.requests.get(str(claimed.parcel.payload["ref"]))
        version = record_of(request).version if request else None
        if request is None or version is None or request.stage != "with_client":
            return
        _write(desk, unit, request, version, "document", str(request.step))
        _await(desk, unit, request, version)
        unit.commit()
    desk.wake()


def remind(desk: Desk, claimed: Claimed) -> None:
    """Remind the client, unless there is an answer by now; what is sent is on record."""
    what = claimed.parcel.payload
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
    """Mail the reminder that was just put on record."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        version = record_of(request).version if request else None
        if request is None or version is None or request.stage != "with_client":
            return
        nth = int(entry.detail.get("nth", 1))
        _write(desk, unit, request, version, "document_reminder", f"{entry.version}", nth)
        unit.commit()
    desk.wake()


def expire(desk: Desk, claimed: Claimed) -> None:
    """The links' last day is over: the ball goes back to the assistant."""
    what = claimed.parcel.payload
    if _is_still(desk, claimed):
        ref, version = str(what["ref"]), int(what["version"])
        moves.by_frontdesk(desk, ref, "expire", claimed.parcel.key, version=version)


def pass_on(desk: Desk, claimed: Claimed) -> None:
    """Without a mail server: give the assistant the link to send herself."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        if request is None or not _is_owners(desk, unit, request, claimed):
            return
        facts = card_facts(desk, unit, request)
    until = datetime.fromisoformat(str(what["until"]))
    email = str(what["email"])
    sending = Sending(request.ref, int(what["version"]), int(what["step"]))
    url = url_of(desk, sending, email)
    post_once(desk, claimed, link_to_pass_on(facts, str(what["name"]), email, url, until))


def answer(desk: Desk, claimed: Claimed) -> None:
    """Mail the client the answer that was just given."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        record = record_of(request) if request else None
        if request is None or record is None or record.version is None:
            return
        given = [each for each in record.questions if each.answered_at == entry.at]
        for question in given:
            asker = ((question.by, question.email),) if question.email else ()
            for to in asker or recipients(request, record.version):
                occasion, now = f"{question.id}", desk.clock.now()
                letters.post(unit, request, "answer", to, occasion, now, question=question.id)
        unit.commit()
    desk.wake()


def await_answer(desk: Desk, claimed: Claimed) -> None:
    """A client asked: promise the owner reminders until it is answered."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        still = record_of(request).open_questions if request else ()
        asked = [each for each in still if each.at == entry.at]
        if request is None or not asked or request.owner is None:
            return
        zone = zone_of(desk, unit, request.owner)
        for nth, hours in enumerate(_QUESTION_HOURS, 1):
            due = desk.company.calendar.after(entry.at, hours, zone)
            what = {"question": asked[-1].id, "nth": nth}
            occasion = f"{asked[-1].id}:{nth}"
            unit.outbox.add(parcels.later("question_due", request.ref, occasion, what, due))
        unit.commit()


def question_due(desk: Desk, claimed: Claimed) -> None:
    """Whoever owns the request now is told that the client still waits, unless it is answered."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        still = record_of(request).open_questions if request else ()
        if request is None or request.owner is None:
            return
        if what["question"] in {each.id for each in still}:
            occasion = f"{what['question']}:{what['nth']}"
            now = desk.clock.now()
            unit.outbox.add(
                parcels.word("question_waits", request.ref, occasion, request.owner, what, now)
            )
        unit.commit()
    desk.wake()


def remind_of_question(desk: Desk, claimed: Claimed) -> None:
    """Tell the owner which question waits, with the button that answers it."""
    what, user = claimed.parcel.payload, claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        still = record_of(request).open_questions if request else ()
        question = next((each for each in still if each.id == what["question"]), None)
        if request is None or question is None or not _is_owners(desk, unit, request, claimed):
            return
        workflow = desk.workflows[request.workflow]
        buttons = available(workflow, request, user, desk.office(unit, workflow, user))
        facts = card_facts(desk, unit, request)
    post_once(desk, claimed, question_waits(facts, question, int(what["nth"]), buttons))


def certify(desk: Desk, claimed: Claimed) -> None:
    """After the client's approval: make the certificate, and give both parties their copies."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    ref = entry.ref
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
    signature = record_of(request).signature if request else None
    sha256 = signature.certificate_sha256 if signature else ""
    sha256 = sha256 or certificates.make(desk, ref) or ""
    if not sha256:
        return
    moves.by_frontdesk(desk, ref, "kept", f"certificate:{ref}", certificate_sha256=sha256)
    now = desk.clock.now()
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        version = record_of(request).version if request else None
        if request is None or version is None:
            return
        signed = file_name(ref, version.number)
        enclosures = ((version.sha256, signed), (sha256, f"{ref}-certificate.pdf"))
        owner = unit.people.get(request.owner or "")
        copies = [*recipients(request, version)]
        if owner is not None and owner.email:
            copies.append((owner.name, owner.email))
        for to in copies:
            letters.post(unit, request, "signed_copy", to, str(version.number), now, enclosures)
        for address in _signed_audience(desk, unit, request):
            for kept, name in enclosures:
                said = file_line(ref, "approved by the client")
                unit.outbox.add(parcels.share(ref, address, kept, name, said, now))
        unit.commit()
    desk.wake()


def keep_evidence(desk: Desk, claimed: Claimed) -> None:
    """Keep the files that show an approval by other means, then certify it as such."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
    signature = record_of(request).signature if request else None
    if signature is None:
        return
    if not signature.evidence_sha256:
        evidence = tuple(_kept(desk, file_id) for file_id in signature.files)
        moves.by_frontdesk(
            desk, entry.ref, "kept", f"evidence:{entry.ref}", evidence_sha256=evidence
        )
    certify(desk, claimed)


def recipients(request: Request, version: Version) -> tuple[tuple[str, str], ...]:
    """Return name and address of everybody to whom the version went; the contact comes first."""
    document = record_of(request).document
    names = {document.contact_email: document.contact_name} if document else {}
    sent_to = version.sent_to or tuple(names)
    if version.sent_to and version.contact_name:
        names[version.sent_to[0]] = version.contact_name
    return tuple((names.get(email, ""), email) for email in sent_to)


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
        if not desk.mailer.reaches_people and request.owner and not nth:
            what: Json = {"name": to[0], "email": to[1], "until": link.expires_at.isoformat()}
            what |= {"version": version.number, "step": version.sent_step}
            key = f"{version.number}:{occasion}:{to[1]}"
            unit.outbox.add(parcels.word("pass_on", request.ref, key, request.owner, what, now))


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


def _is_owners(desk: Desk, unit: Unit, request: Request, claimed: Claimed) -> bool:
    """Whether what was promised to the owner is still theirs to get."""
    address = claimed.parcel.address
    return address == f"user:{request.owner}" and may_see(desk, unit, request, address)


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


def _signed_audience(desk: Desk, unit: Unit, request: Request) -> list[str]:
    workflow = desk.workflows[request.workflow]
    people = deciders(workflow, request, desk.office(unit, workflow))
    return [*thread(unit, request.ref), *(f"user:{each}" for each in sorted(people))]


def _kept(desk: Desk, file_id: str) -> str:
    file = desk.slack.download(file_id)
    with desk.store.unit() as unit:
        sha256 = unit.files.put(file.name, file.mime or PDF, file.content)
        unit.commit()
    return sha256

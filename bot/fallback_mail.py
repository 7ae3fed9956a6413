"""When Slack fails for long, a mail stands in: what waits on somebody, and since when.

Once for each request and step of it. The message in Slack follows when it can; it is not repeated
when the request has moved on meanwhile.
"""

from datetime import datetime

from bot import parcels
from bot.attention.kinds import KINDS
from bot.attention.reaching import PERSON, heard, topic_of
from bot.desk import Desk
from bot.facts import may_see
from bot.ports import Claimed, Mail, MailRefused, MailUnavailable, Person, Unit
from bot.promising import zone_of
from bot.sending import NotYet
from messages.stand_in_mail import StandIn, stand_in
from workflows.attention import Combine, Deliver, Topic
from workflows.ball import deciders
from workflows.request import Request

_STANDS_IN_FOR = (Topic.DECISIONS, Topic.DUTIES)
_CANDIDATES = frozenset(
    kind for kind, topic in KINDS.items() if topic is None or topic in _STANDS_IN_FOR
)


def write(desk: Desk, now: datetime) -> None:
    """Promise a mail for what should have reached people in Slack a while ago, and has not.

    Nothing while Slack works, nor where no mail leaves, nor in somebody's quiet hours. However
    much waits, all of it is looked at, page by page; the mails of one page leave meanwhile.
    """
    after = desk.company.mail_after
    if after is None or not desk.mailer.reaches_people:
        return
    last = 0
    while page := desk.post_office.undelivered(now - after, _CANDIDATES, last):
        promised = [_promise(desk, claimed, now) for claimed in page]
        if any(promised):
            desk.wake()
        last = page[-1].id


def _promise(desk: Desk, claimed: Claimed, now: datetime) -> bool:
    parcel = claimed.parcel
    if not isinstance(heard(desk, parcel)[1], Deliver | Combine):
        return False
    user = parcel.address.removeprefix(PERSON)
    with desk.store.unit() as unit:
        request = unit.requests.get(str(parcel.payload.get("ref", "")))
        person = unit.people.get(user)
        if request is None or person is None or not person.active or not person.email:
            return False
        if topic_of(desk, unit, parcel, request) not in _STANDS_IN_FOR:
            return False
        what = {
            "ref": request.ref,
            "step": request.step,
            "user": user,
            "card": parcel.kind == "card",
            "since": parcel.due.isoformat(),
        }
        occasion = f"{request.ref}:{request.step}:{user}"
        address = f"mail:{person.email}"
        unit.outbox.add(parcels.aside("stand_in", occasion, address, what, now))
        unit.commit()
    return True


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Send one mail, unless the request has moved on, or its card has come after all.

    Nor to whoever has left, or may not see the request any more, since it was promised. Raises
    NotYet while the mail server is away.
    """
    what, user = claimed.parcel.payload, str(claimed.parcel.payload["user"])
    with desk.store.unit() as unit:
        request, person = unit.requests.get(str(what["ref"])), unit.people.get(user)
        if request is None or person is None or request.step != what["step"]:
            return
        if not person.email or not may_see(desk, unit, request, f"{PERSON}{user}"):
            return
        if what["card"] and _has_card(unit, request, user):
            return
        mail = _mail(desk, unit, request, person, claimed)
    try:
        desk.mailer.send(mail)
    except MailRefused:
        return
    except MailUnavailable as away:
        raise NotYet(f"Mail: {away}") from away


def _has_card(unit: Unit, request: Request, user: str) -> bool:
    copies = unit.cards.among(request.ref, [f"{PERSON}{user}"])
    return any(card.ts and card.step == request.step for card in copies)


def _mail(desk: Desk, unit: Unit, request: Request, person: Person, claimed: Claimed) -> Mail:
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow, person.user)
    since = datetime.fromisoformat(str(claimed.parcel.payload["since"]))
    local = since.astimezone(zone_of(desk, unit, person.user))
    worded = stand_in(
        StandIn(
            company=desk.company.name,
            to_name=person.name,
            ref=request.ref,
            title=workflow.title,
            since=f"{local:%a %d %b %Y, %H:%M} {local.tzname()}",
            waits=person.user in deciders(workflow, request, office),
            link=f"https://app.slack.com/client/{person.team}",
        )
    )
    return Mail(
        key=claimed.parcel.key,
        to=person.email,
        to_name=person.name,
        reply_to="",
        reply_to_name="",
        subject=worded.subject,
        text=worded.text,
        html=worded.html,
    )

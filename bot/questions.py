"""The client's questions: the owner is reminded until they are answered, and the answer is mailed.

"Address any concerns or inquiries promptly" (Deals Requiring SOW, step 5).
"""

from bot import letters, parcels
from bot.desk import Desk
from bot.facts import card_facts
from bot.owners import is_owners, owners
from bot.parcels import entry_from_json
from bot.ports import Claimed
from bot.promising import zone_of
from bot.sending import post_once
from messages.nudge import question_waits
from workflows.addressing import recipients
from workflows.deal import record_of
from workflows.permission import available

_QUESTION_HOURS = (8, 16, 24)
"""Working hours after which the assistant is reminded that a client waits for an answer."""


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
    """The owner, or who stands in, is told that the client still waits, unless it is answered."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        still = record_of(request).open_questions if request else ()
        if request is None or request.owner is None:
            return
        if what["question"] in {each.id for each in still}:
            occasion = f"{what['question']}:{what['nth']}"
            now = desk.clock.now()
            for user in owners(desk, unit, request):
                word = parcels.word("question_waits", request.ref, occasion, user, what, now)
                unit.outbox.add(word)
        unit.commit()
    desk.wake()


def remind_of_question(desk: Desk, claimed: Claimed) -> None:
    """Tell the owner which question waits, with the button that answers it."""
    what, user = claimed.parcel.payload, claimed.parcel.address.removeprefix("user:")
    with desk.store.unit() as unit:
        request = unit.requests.get(str(what["ref"]))
        still = record_of(request).open_questions if request else ()
        question = next((each for each in still if each.id == what["question"]), None)
        if request is None or question is None or not is_owners(desk, unit, request, claimed):
            return
        workflow = desk.workflows[request.workflow]
        buttons = available(workflow, request, user, desk.office(unit, workflow, user))
        facts = card_facts(desk, unit, request, claimed.parcel.address)
    post_once(desk, claimed, question_waits(facts, question, int(what["nth"]), buttons))

"""Questions in plain words get the true answer; what cannot be answered is said, with what can."""

from collections.abc import Mapping

from bot import overview
from bot.asking.spoken import sentences
from bot.concerns import concerns
from bot.desk import Desk, Gesture
from bot.facts import request_for
from bot.members import member
from bot.overview import askable
from bot.shelf import finding
from bot.triage import agenda
from bot.understanding.names import names_in
from bot.understanding.sums import sums_in
from bot.understanding.wanting import called
from bot.understanding.wishes import (
    Courtesy,
    Decide,
    Find,
    Help,
    Mine,
    Waiting,
    Where,
    WhoDecides,
    Why,
    Wish,
)
from messages import listing
from messages.facts import CardFacts
from messages.message import Message
from messages.notice import greeting
from messages.problem import whisper
from messages.talk import by_button, no_such, unclear, who_decides
from messages.templates import about
from workflows.definition import Workflow
from workflows.money import Money, NotMoney
from workflows.permission import available
from workflows.refusals import Refusal
from workflows.roles import Role

_SOW = "sow"
_FILLER = frozenset(
    """a the an any some do does did we you i have has had got is are there where what which can
    could would find show me us get for on about of in with to and or please our my your anyone
    someone somebody know latest newest current something anything like similar already looking
    search need want see give hi hello hey frontdesk""".split()
)


def reply(desk: Desk, gesture: Gesture, wanted: Wish, text: str) -> Message | None:
    """Return the answer to a question; None where none is expected. Nothing is changed."""
    try:
        return _answer(desk, gesture, wanted, text)
    except Refusal as refusal:
        return whisper(str(refusal))


def _answer(desk: Desk, gesture: Gesture, wanted: Wish, text: str) -> Message | None:
    match wanted:
        case Courtesy():
            return None
        case Help():
            return _help(desk, gesture)
        case Find(words):
            return finding.find(desk, gesture, _terms(words))
        case WhoDecides(words):
            return _who_decides(desk, gesture, words)
        case _:
            return _of_requests(desk, gesture, wanted) or _unclear(desk, gesture, text)


def _of_requests(desk: Desk, gesture: Gesture, wanted: Wish) -> Message | None:
    match wanted:
        case Waiting() | Mine():
            return overview.requests_of(desk, gesture, None)
        case Where(ref, words):
            return overview.status(desk, gesture, ref) if ref else _where(desk, gesture, words)
        case Why(ref):
            return agenda.why(desk, gesture, ref)
        case Decide(ref):
            return _by_button(desk, gesture, ref)
        case _:
            return None


def _help(desk: Desk, gesture: Gesture) -> Message:
    with desk.store.unit() as unit:
        return greeting(askable(desk, unit, gesture.user))


def _unclear(desk: Desk, gesture: Gesture, text: str) -> Message:
    with desk.store.unit() as unit:
        return unclear(askable(desk, unit, gesture.user), unread=not text)


def _terms(words: str) -> str:
    """Return what is to be searched for: the telling words of a question, in their order."""
    said = " ".join(each.words for each in sentences(words)) or words
    return " ".join(each for each in said.split() if each not in _FILLER and each != ",")


def _where(desk: Desk, gesture: Gesture, words: str) -> Message:
    """Return the status of the one request that is meant, or the list of those that may be."""
    found = [each for each in _concerning(desk, gesture) if _is_about(each, words, desk.workflows)]
    if len(found) == 1:
        return overview.status(desk, gesture, found[0].request.ref)
    if not found:
        return no_such()
    waiting = [each for each in found if gesture.user in each.waiting_for]
    mine = [each for each in found if gesture.user not in each.waiting_for]
    return listing.listing(waiting, mine, None)


def _concerning(desk: Desk, gesture: Gesture) -> list[CardFacts]:
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        found = concerns(desk, unit, person.user, None)
    known = {each.request.ref: each for each in (*found.waiting, *found.mine)}
    return [*known.values()]


def _is_about(facts: CardFacts, words: str, workflows: Mapping[str, Workflow]) -> bool:
    """Whether a request is of the kind that ``words`` name, if any, and about whom they name."""
    headline = str(about(facts)["headline"]).casefold()
    named = {each.key for each in workflows.values() if called(each).search(words)}
    if named and facts.workflow.key not in named:
        return False
    return all(each.name.casefold() in headline for each in names_in(words, ()))


def _who_decides(desk: Desk, gesture: Gesture, words: str) -> Message:
    """Return who decides about an amount, and who that is now; without one, from when on."""
    workflow = desk.workflows[_SOW]
    sums = sums_in(words, desk.company.currency)
    with desk.store.unit() as unit:
        member(desk, unit, gesture)
        office = desk.office(unit, workflow)
    amount = None
    if sums:
        try:
            amount = Money.of(sums[-1].amounts[0], sums[-1].currency or desk.company.currency)
        except NotMoney as problem:
            return whisper(str(problem))
    currency = amount.currency if amount else desk.company.currency
    threshold = office.policy.thresholds.get(currency)
    is_large = amount is not None and (threshold is None or amount.minor >= threshold.minor)
    return who_decides(
        amount,
        threshold,
        large=is_large,
        executives=sorted(office.filling(Role.EXECUTIVE)),
        assistants=sorted(office.filling(Role.SALES_ASSISTANT)),
    )


def _by_button(desk: Desk, gesture: Gesture, ref: str) -> Message:
    """Return the buttons by which the person can decide: words decide nothing."""
    with desk.store.unit() as unit:
        workflow, request, office = request_for(desk, unit, gesture, ref)
        buttons = available(workflow, request, gesture.user, office)
    return by_button(workflow, request, buttons)

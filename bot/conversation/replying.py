"""Questions in plain words get the true answer; what cannot be answered is said, with what can."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot import overview
from bot.asking.spoken import sentences
from bot.desk import Desk, Gesture
from bot.facts import request_for
from bot.lookups import answering
from bot.lookups.query import Query
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
    Hello,
    Help,
    Mine,
    Waiting,
    Where,
    WhoDecides,
    Why,
    Wish,
)
from messages.message import Message
from messages.notice import greeting
from messages.problem import whisper
from messages.talk import by_button, no_such, unclear, who_decides
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

_ASIDE = _FILLER | frozenset(
    """it its request requests status how far now still yet please doing going come coming stand
    stands state update news done ready who when will be been was were that this those these one
    ones asked sent made started begun happened happening with""".split()
)
"""What is said around the subject of a question where something is."""


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
            return answering.help_for(desk, gesture)
        case Hello():
            return _hello(desk, gesture)
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


def _hello(desk: Desk, gesture: Gesture) -> Message:
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
    """Return the status of the one request that is meant, or the list of those that may be.

    Who names neither client nor subject means what they asked for themselves.
    """
    named = [key for key, each in desk.workflows.items() if called(each).search(words)]
    kind = named[0] if len(named) == 1 else ""
    typed = " ".join(each.name for each in names_in(words, ())) or _subject(words, desk.workflows)
    base = Query(workflow=kind)
    if typed:
        queries = [replace(base, client=typed), replace(base, words=typed)]
    else:
        queries = [replace(base, mine=True, is_open=True), replace(base, mine=True)]
    return answering.first_of(desk, gesture, queries, typed) or no_such()


def _subject(words: str, workflows: Mapping[str, Workflow]) -> str:
    """Return what a question is about beside the kind of request: "globex"."""
    for each in workflows.values():
        words = called(each).sub(" ", words)
    return " ".join(each for each in re.findall(r"[\w'-]+", words.lower()) if each not in _ASIDE)


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

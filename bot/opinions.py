"""Continuous improvement: at the close everybody involved is asked for a score and a word.

"Solicit feedback from team members involved in the process" (Deals Requiring SOW, step 8).
"""

from collections.abc import Mapping
from dataclasses import replace

from bot import parcels
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.facts import request_for, row_facts
from bot.parcels import entry_from_json
from bot.ports import Claimed, Json, Opinion, Unit
from bot.sending import post_once
from messages import opinions as worded
from messages.templates import about
from modals.metadata import Metadata
from modals.opinion import FORM
from workflows.request import Request

MOST = 5
LONGEST_WORD = 500


class NotAScore(Problem):
    """A score is a number from 1 to 5."""


class NotAsked(Problem):
    """A score is for those who took part, once the request is closed."""


def ask(desk: Desk, claimed: Claimed) -> None:
    """Ask whoever asked, whoever owned it, and whoever confirmed the payment."""
    entry = entry_from_json(claimed.parcel.payload["entry"])
    with desk.store.unit() as unit:
        request = unit.requests.get(entry.ref)
        if request is None:
            return
        now = desk.clock.now()
        for user in sorted(_asked(unit, request)):
            unit.outbox.add(parcels.word("opinion", request.ref, "", user, {}, now))
        unit.commit()
    desk.wake()


def _asked(unit: Unit, request: Request) -> frozenset[str]:
    """Return who is asked: whoever asked for it, owned it, or confirmed the payment."""
    last = unit.requests.last_move(request.ref, ("confirm", "close_short"))
    people = {request.asker, request.owner, last.actor if last else None}
    return frozenset(filter(None, people))


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Ask one person."""
    ref = str(claimed.parcel.payload["ref"])
    with desk.store.unit() as unit:
        request = unit.requests.get(ref)
        if request is None:
            return
        office = desk.office(unit, desk.workflows[request.workflow])
        headline = str(about(row_facts(desk, request, office, claimed.parcel.address))["headline"])
    post_once(desk, claimed, worded.ask(ref, headline))


def rate(desk: Desk, gesture: Gesture, ref: str, score: int) -> None:
    """Keep the score of somebody who was asked for it; the last one counts.

    Raises NotFound for a request that is not theirs to see, NotAScore, NotAsked.
    """
    if not 1 <= score <= MOST:
        raise NotAScore
    with desk.store.unit() as unit:
        workflow, request, _office = request_for(desk, unit, gesture, ref)
        if gesture.user not in _asked(unit, request) or not workflow.stage(request.stage).final:
            raise NotAsked
        now = desk.clock.now()
        before = unit.opinions.get(ref, gesture.user)
        word = before.word if before else ""
        unit.opinions.put(Opinion(ref=ref, user=gesture.user, score=score, word=word, at=now))
        payload = {"score": score}
        unit.outbox.add(parcels.word("opinion_thanks", ref, str(score), gesture.user, payload, now))
        unit.commit()
    desk.wake()


def thank(desk: Desk, claimed: Claimed) -> None:
    """Thank for a score, and offer to add a word."""
    what = claimed.parcel.payload
    post_once(desk, claimed, worded.thanks(str(what["ref"]), int(what["score"])))


def open_word(desk: Desk, gesture: Gesture, ref: str) -> None:
    """Open the form for a few words. Raises NotFound as :func:`rate` does."""
    with desk.store.unit() as unit:
        workflow, _request, _office = request_for(desk, unit, gesture, ref)
        before = unit.opinions.get(ref, gesture.user)
    metadata = Metadata(form=FORM.key, workflow=workflow.key, transition="", ref=ref)
    view = FORM.view({"word": before.word if before else ""}, metadata)
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def add_word(desk: Desk, gesture: Gesture, ref: str, values: Json) -> Mapping[str, str]:
    """Keep a few words beside the score; return what is wrong, by block id.

    ``values`` is ``view.state.values``. Raises NotFound as :func:`rate` does.
    """
    state = FORM.read(values)
    checked = FORM.check(state, today=desk.clock.now().date())
    with desk.store.unit() as unit:
        request_for(desk, unit, gesture, ref)
        if checked.errors:
            return FORM.errors_by_block(checked.errors, state)
        before, word = unit.opinions.get(ref, gesture.user), str(checked.values["word"])
        if before is not None:
            unit.opinions.put(replace(before, word=word[:LONGEST_WORD]))
            unit.commit()
    return {}

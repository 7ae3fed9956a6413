"""The engine's laws, on random walks of random people through every workflow there is."""

from collections import Counter
from dataclasses import replace

from tests.workflows.gestures import Walk
from tests.workflows.harborlight import EVERYBODY
from tests.workflows.oracle import carried, everybody_approves, is_party, lane_of, prepared, tried
from tests.workflows.walks import attempt, law
from workflows.ball import deciders, stuck
from workflows.definition import STAY, Need, Reminder
from workflows.effects import Escalate, Log, Offer, Redraw, Remind, Summon, Tell
from workflows.engine import SUBMIT, Move
from workflows.office import eligible
from workflows.permission import available
from workflows.refusals import AlreadyVoted, NotNow, Refusal
from workflows.roles import Role, Seat

_OUTSIDE = (Seat.CLIENT, Seat.FRONTDESK)
_USUAL = Reminder(after_hours=8, times=3)


@law()
def test_every_move_stands_in_the_audit_as_it_happened(walk: Walk) -> None:
    first = walk.first.entry
    assert (first.action, first.before, first.version) == (SUBMIT, "", 1)
    assert (first.after, first.actor) == (walk.first.request.stage, walk.first.request.asker)
    for step, move in walk.accepted():
        entry = move.entry
        assert (entry.before, entry.after) == (step.before.stage, move.request.stage)
        assert (entry.actor, entry.action, entry.at) == (step.user, step.name, step.now)
        assert (entry.ref, entry.version) == (step.before.ref, move.request.version)
        assert entry.detail.get("reason", "") == step.given.reason


@law()
def test_every_move_is_said_once_in_the_thread_and_redraws_the_cards(walk: Walk) -> None:
    for step, move in walk.accepted():
        assert move.promises.count(Log(step.name)) == step.transition.logged
        assert move.promises.count(Redraw()) == 1
        assert not [
            each for each in move.promises if isinstance(each, Log) and each != Log(step.name)
        ]


@law()
def test_versions_count_every_change_and_steps_every_new_situation(walk: Walk) -> None:
    for step, move in walk.accepted():
        before, after = step.before, move.request
        voted_only = step.transition.vote and after.stage == before.stage
        stays = step.transition.target == STAY or voted_only
        renewed = step.transition.restarts or not stays
        assert after.version == before.version + 1
        assert after.step == before.step + renewed
        assert after.round == before.round + step.transition.renews
        assert after.since == (step.now if renewed else before.since)
        assert (after.asker, after.created_at) == (before.asker, before.created_at)


@law()
def test_nobody_but_those_entitled_moves_anything(walk: Walk) -> None:
    for step, _ in walk.accepted():
        assert step.before.stage in step.transition.source
        assert any(
            is_party(step.user, party, step.workflow, step.before, step.office, step.transition)
            for party in step.transition.by
        )


@law()
def test_what_needs_a_reason_has_one(walk: Walk) -> None:
    for step, _ in walk.accepted():
        assert step.given.reason.strip() or not step.transition.reason


@law()
def test_the_asker_never_decides_unless_the_workflow_says_so(walk: Walk) -> None:
    for step, move in walk.accepted():
        assert all(vote.user != move.request.asker for vote in move.request.votes)
        if step.user == step.before.asker and not step.transition.own_request:
            owns = step.before.owner == step.user and Seat.OWNER in step.transition.by
            makes = owns or Seat.CONTRIBUTOR in step.transition.by
            assert Seat.ASKER in step.transition.by or makes
    for request, office in walk.states():
        holder = walk.workflow.stage(request.stage).holder
        if request.asker in deciders(walk.workflow, request, office):
            assert holder in (Seat.ASKER, Seat.OWNER)


@law(walks=8)
def test_a_button_is_offered_exactly_when_it_works(walk: Walk) -> None:
    for request, office in walk.situations():
        for user in EVERYBODY:
            offered = available(walk.workflow, request, user, office)
            works = tuple(
                transition
                for transition in walk.workflow.leaving(request.stage)
                if isinstance(tried(walk.workflow, transition, request, user, office), Move)
            )
            assert offered == works


@law()
def test_a_decision_is_taken_once(walk: Walk) -> None:
    for step, move in walk.accepted():
        if move.request.stage == step.before.stage:
            continue
        again = attempt(
            step.workflow, move.request, step.name, step.user, step.given, step.office, step.now
        )
        assert move.request.stage in step.transition.source or isinstance(again, NotNow)


@law()
def test_nobody_votes_twice_for_the_same_side_in_one_round(walk: Walk) -> None:
    for _, move in walk.accepted():
        votes = [(each.stage, each.lane, each.user, each.round) for each in move.request.votes]
        assert set(Counter(votes).values()) <= {1}


@law()
def test_who_has_voted_waits_for_the_others(walk: Walk) -> None:
    for step, move in walk.accepted():
        if step.transition.vote and move.request.stage == step.before.stage:
            again = attempt(
                step.workflow, move.request, step.name, step.user, step.given, step.office, step.now
            )
            assert isinstance(again, AlreadyVoted)
            assert str(again) == AlreadyVoted.__doc__


@law()
def test_an_ended_request_is_never_left(walk: Walk) -> None:
    for request, office in walk.states():
        if not walk.workflow.stage(request.stage).final:
            continue
        assert not deciders(walk.workflow, request, office)
        assert not stuck(walk.workflow, request, office)
        for user in EVERYBODY:
            for transition in walk.workflow.transitions:
                outcome = tried(walk.workflow, transition, request, user, office)
                assert not isinstance(outcome, Move) or outcome.request.stage == request.stage


@law()
def test_votes_of_an_earlier_round_stay_on_record_and_do_not_count(walk: Walk) -> None:
    for step, move in walk.accepted():
        assert set(step.before.votes) <= set(move.request.votes)
        if step.transition.renews:
            for stage in walk.workflow.stages:
                there = replace(move.request, stage=stage.name)
                for lane in stage.lanes:
                    before = carried(replace(step.before, stage=stage.name), step, lane)
                    assert there.votes_now(lane.name) <= before


@law()
def test_a_lane_is_only_passed_with_the_votes_it_asks_for(walk: Walk) -> None:
    for step, move in walk.accepted():
        if not step.transition.vote or move.request.stage == step.before.stage:
            continue
        votes = move.request.votes
        for lane in step.workflow.stage(step.before.stage).lanes:
            if lane.waived is not None and lane.waived(step.before):
                continue
            people = eligible(lane, step.before, step.office)
            mine = (step.before.stage, lane.name, step.before.round)
            cast = [each for each in votes if (each.stage, each.lane, each.round) == mine]
            filled = {seat for each in cast for seat in (each.user, *each.behalf)}
            required = 1 if lane.name in step.before.assigned else lane.quorum.required(people)
            assert len(filled & people) >= required
            if lane.quorum.need is Need.COUNT:
                assert len({each.user for each in cast}) >= required


@law()
def test_somebody_has_the_ball_or_it_is_known_to_be_stuck_or_it_is_over(walk: Walk) -> None:
    for request, office in walk.states():
        final = walk.workflow.stage(request.stage).final
        if not deciders(walk.workflow, request, office):
            assert final or stuck(walk.workflow, request, office)


@law()
def test_who_has_the_ball_can_do_something(walk: Walk) -> None:
    for request, office in walk.states():
        ready = prepared(walk.workflow, request, office)
        for user in deciders(walk.workflow, request, office) - {Seat.FRONTDESK}:
            assert available(walk.workflow, ready, user, office)


@law()
def test_an_approval_is_stuck_exactly_when_all_who_may_approve_cannot_end_it(walk: Walk) -> None:
    for request, office in walk.states():
        stage = walk.workflow.stage(request.stage)
        if stage.lanes:
            ended = everybody_approves(walk.workflow, request, office).stage != stage.name
            assert ended == (not stuck(walk.workflow, request, office))


@law()
def test_a_new_situation_summons_and_reminds_and_an_old_one_does_not(walk: Walk) -> None:
    for step, move in walk.accepted():
        stage = walk.workflow.stage(move.request.stage)
        arrived = move.request.step != step.before.step and not stage.final
        kinds = Counter(type(promise) for promise in move.promises)
        assert kinds[Summon] == arrived
        has_ladder = arrived and not stage.own_ladder and stage.holder not in _OUTSIDE
        assert kinds[Remind] == has_ladder * sum(
            each.times for each in stage.reminders or (_USUAL,)
        )
        admins_are_named = any(each.to is Role.ADMIN for each in stage.escalations)
        assert kinds[Escalate] == has_ladder * (len(stage.escalations) + (not admins_are_named))
        assert kinds[Offer] == (has_ladder and stage.holder is not Seat.ASKER)


@law()
def test_nobody_is_told_what_they_did_themselves(walk: Walk) -> None:
    for step, move in walk.accepted():
        told = Tell(Seat.ASKER, step.name) in move.promises
        voted_only = step.transition.vote and move.request.step == step.before.step
        says = step.transition.tell_asker or Tell(Seat.ASKER, step.name) in step.transition.effects
        elsewhere = step.user != step.before.asker and says
        assert told == (elsewhere and not voted_only)


@law()
def test_what_is_reassigned_waits_for_the_one_it_was_given_to(walk: Walk) -> None:
    for step, move in walk.accepted():
        if step.name != "reassign":
            continue
        person = step.given.values["person"]
        stage = walk.workflow.stage(move.request.stage)
        assert person != step.before.asker or stage.holder in (Seat.OWNER, Seat.CLIENT)
        if stage.holder is Seat.CLIENT:  # the client goes on answering, and the owner is another
            assert move.request.owner == person
        elif stage.lanes:
            lane = lane_of(stage, step.given)
            assert eligible(lane, move.request, step.office) == {person}
        else:
            deputy = step.office.deputies.get(person)
            if deputy and {deputy.user, *deputy.chosen_by}.isdisjoint({step.before.asker}):
                waits_for = deputy.user
            else:
                waits_for = person
            assert deciders(walk.workflow, move.request, step.office) == {waits_for}
        if step.before.assigned != move.request.assigned:
            assert person in move.entry.detail.values()


@law()
def test_a_request_only_rests_where_it_may(walk: Walk) -> None:
    resting = {*walk.workflow.open_stages}
    resting |= {stage.name for stage in walk.workflow.stages if stage.final}
    for request, _ in walk.states():
        assert request.stage in resting


@law()
def test_a_refusal_is_a_sentence(walk: Walk) -> None:
    for step in walk.steps:
        if isinstance(step.outcome, Refusal):
            sentence = str(step.outcome)
            assert sentence[0].isupper() or sentence[0].isdigit()  # an amount of money
            assert sentence.endswith(".")

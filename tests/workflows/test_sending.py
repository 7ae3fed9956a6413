"""Nothing goes to the client that has not its approvals: on random ways of drafting and sending."""

from dataclasses import dataclass, replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.contracts import (
    CLIENT,
    CORA,
    FRONTDESK,
    PAPER,
    Contract,
    contract,
    fee,
    written,
)
from tests.workflows.harborlight import ADAM, ANA, BEN, DIAN, EVERYBODY, RYAN
from tests.workflows.on_hold import BEFORE_PAYMENT
from workflows.document import Document, Milestone
from workflows.refusals import NotAllowed, NotNow, Refusal
from workflows.sow import WORKFLOW

TO = {"contact_email": "cora@brightwater.example"}
SMALL = replace(PAPER, prices=fee(7999), fee="one_off", billing_period="")
PAPERS = (
    SMALL,
    SMALL,
    replace(SMALL, prices=fee(8000)),
    replace(SMALL, prices=fee(1, "CHF")),
    replace(SMALL, notes="Other notes"),
    replace(SMALL, scope="Another scope"),
    replace(SMALL, end=None),
    replace(SMALL, assumptions=()),
    replace(SMALL, milestones=(Milestone(title="Half"),)),
    replace(SMALL, fee="recurring", billing_period="monthly"),
)
DRAFTED = (
    *("client_address", "deliverables", "end", "milestones", "payment_terms", "scope", "start"),
)
MATERIAL = (
    *("client", "client_address", "background", "scope", "deliverables", "milestones", "prices"),
    *("fee", "billing_period", "start", "end", "payment_terms", "assumptions"),
)


@dataclass(frozen=True, kw_only=True)
class Gesture:
    """Somebody tries something, with one of the papers."""

    user: str
    name: str
    paper: int


GESTURES = st.builds(
    Gesture,
    user=st.sampled_from([DIAN, DIAN, DIAN, RYAN, RYAN, ADAM, ANA, BEN, CLIENT, FRONTDESK]),
    name=st.sampled_from(
        [
            *("draft", "draft", "send", "send", "approve_document", "rendered", "rendered"),
            *("request_document_changes", "client_request_changes", "client_decline", "expire"),
            *("hold", "resume", "reassign", "render_again", "render_failed", "send_again"),
        ]
    ),
    paper=st.integers(0, len(PAPERS) - 1),
)
RIGHT = {
    "draft": DIAN,
    "send": DIAN,
    "send_again": DIAN,
    "approve_document": RYAN,
    "rendered": FRONTDESK,
    "render_failed": FRONTDESK,
    "request_document_changes": RYAN,
    "client_request_changes": CLIENT,
    "client_decline": CLIENT,
    "expire": FRONTDESK,
    "hold": DIAN,
    "resume": DIAN,
    "reassign": ADAM,
    "render_again": DIAN,
}
"""Who usually does it; half of the gestures are theirs, so that ways come somewhere."""


class Watch:
    """What the executive has approved, kept by hand beside the engine."""

    def __init__(self, approved: Document | None) -> None:
        self.approved = approved
        self.paper: Document | None = None
        self.writer = ""
        self.is_rendered = False
        self.voted = False
        self.returned = False

    def sees(self, user: str, name: str, paper: Document) -> None:
        """Take note of a gesture that was accepted."""
        if name == "draft":
            self.paper, self.writer = paper, user
            self.voted, self.is_rendered = False, False
        elif name == "approve_document":
            assert user != self.writer
            self.voted, self.approved, self.returned = True, self.paper, False
        elif name == "request_document_changes":
            self.returned = True
        elif name == "rendered":
            assert not self.is_rendered
            self.is_rendered = self.paper is not None
        elif name in ("send", "send_again") and self.approved is not None:
            self.approved = self.paper

    def covers(self) -> bool:
        """Say whether what is to be sent has every approval that it needs."""
        assert self.paper is not None
        if self.voted:
            return True
        if self.returned:
            return False
        if self.approved is None:
            kind = (self.paper.fee, self.paper.billing_period)
            return self.paper.prices == fee(7999) and kind == ("one_off", "")
        changed = [
            part for part in MATERIAL if getattr(self.approved, part) != getattr(self.paper, part)
        ]
        blank = [part for part in DRAFTED if getattr(self.approved, part) in ("", (), None)]
        return set(changed) <= set(blank)


@cache
def _start(*, large: bool) -> Contract:
    return contract("100", large_client=large).is_accepted()


@settings(max_examples=400, derandomize=True)
@given(st.booleans(), st.lists(st.tuples(GESTURES, st.booleans()), max_size=40))
def test_whatever_is_sent_has_its_approvals(
    large: bool,  # noqa: FBT001 - Hypothesis gives it by position
    gestures: list[tuple[Gesture, bool]],
) -> None:
    way = _start(large=large).copy()
    watch = Watch(way.record.approved)
    for gesture, by_the_right_one in gestures:
        before, name = way.stage, gesture.name
        user = RIGHT[name] if by_the_right_one else gesture.user
        paper = PAPERS[gesture.paper]
        if not done(way, user, name, paper):
            continue
        if name in ("send", "send_again"):
            came_from = "ready" if name == "send" else "with_client"
            assert (before, user) == (came_from, way.request.owner)
            assert watch.is_rendered
            assert watch.covers()
        if way.stage == "with_client" and before != "with_client":
            assert name == "send" or (name, before) == ("resume", "on_hold")
        watch.sees(user, name, paper)


def done(way: Contract, user: str, name: str, paper: Document) -> bool:
    """Try it; return whether it was accepted."""
    number = len(way.record.versions)
    values = written(paper) if name == "draft" else {"version": number, **TO}
    values |= {"sha256": f"{number:064}"} if name == "rendered" else {"trouble": "No fonts"}
    try:
        way.does(user, name, "because", **values, person=BEN)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("stage", [stage for stage in BEFORE_PAYMENT if stage != "ready"])
def test_nothing_is_sent_from_any_other_stage_by_anybody(stage: str) -> None:
    way = BEFORE_PAYMENT[stage]()
    for user in (*EVERYBODY, CLIENT, FRONTDESK):
        assert isinstance(way.refuses(user, "send", **TO), NotNow)
        assert "send" not in way.offers(user)


def test_nothing_is_sent_by_anybody_but_the_owner() -> None:
    way = BEFORE_PAYMENT["ready"]()
    for user in (*EVERYBODY, CLIENT, FRONTDESK, "U0NOBODY"):
        if user != DIAN:
            assert isinstance(way.refuses(user, "send", **TO), NotAllowed)
            assert "send" not in way.offers(user)
    way.does(ADAM, "reassign", "Dian is ill", person=BEN)
    assert isinstance(way.refuses(DIAN, "send", **TO), NotAllowed)
    way.does(BEN, "send", **TO)


def test_only_sending_and_going_on_lead_to_the_client() -> None:
    leading = {each.name for each in WORKFLOW.transitions if each.target == "with_client"}
    assert leading == {"send", "send_again"}
    again = WORKFLOW.transition("send_again")
    assert again is not None
    assert again.source == ("with_client",)
    skipping = {stage.name for stage in WORKFLOW.stages if stage.skip_to == "with_client"}
    assert skipping == set()


def test_going_on_leads_to_the_client_only_from_there() -> None:
    for stage, led in BEFORE_PAYMENT.items():
        way = led()
        way.does(ADAM, "hold", "Wait")
        way.does(ADAM, "resume")
        assert (way.stage == "with_client") == (stage == "with_client")


def test_what_the_executive_said_of_one_version_is_not_said_of_the_next() -> None:
    way = contract("100").is_accepted()
    way.drafts(replace(PAPER, prices=fee(9000)))
    way.does(RYAN, "approve_document")
    votes = way.request.votes
    way.drafts(replace(PAPER, prices=fee(10_000)))
    assert way.stage == "document_approval"
    assert way.request.votes == votes
    assert way.request.votes_now("executive") == frozenset()
    assert isinstance(way.refuses(CLIENT, "client_approve", version=2, **CORA), NotNow)

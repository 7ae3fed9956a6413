"""Which links open: those of the newest sending, made by us, for as long as they are needed."""

from dataclasses import replace
from typing import Any

import pytest

from bot import review
from bot.links import hash_of
from bot.ports import Person
from bot.review import LinkVoid, NoSuchLink, State
from tests.web.review.house import ANA, JANE, NOW, STEP, VISITOR, House
from tests.web.review.sample import DOCUMENT
from workflows.roles import Role


def test_only_the_links_of_the_newest_sending_open(house: House) -> None:
    house.sends_again(JANE[1], "marge@globex.example")

    for old in (house.jane, house.tom):
        paper = review.see(house.desk, old, VISITOR)
        assert (paper.state, paper.content) == (State.REPLACED, None)
        with pytest.raises(LinkVoid):
            review.pdf(house.desk, old, VISITOR)
        with pytest.raises(LinkVoid):
            review.decline(house.desk, old, VISITOR, reason="No.")
    for email in (JANE[1], "marge@globex.example"):
        assert review.see(house.desk, house.token(email), VISITOR).state is State.OPEN
    assert house.token(JANE[1]) != house.jane


def test_a_link_to_somebody_it_was_not_sent_to_shows_nothing(house: House) -> None:
    house.keeps(sent_to=(JANE[1],))

    assert review.see(house.desk, house.jane, VISITOR).state is State.OPEN
    paper = review.see(house.desk, house.tom, VISITOR)
    assert (paper.state, paper.content) == (State.REPLACED, None)


@pytest.mark.parametrize(
    "planted",
    [
        {"email": "eve@globex.example"},
        {"version": 2},
        {"step": STEP + 1},
        {"ref": "SOW-8"},
        {},
    ],
    ids=str,
)
def test_a_row_alone_opens_nothing(house: House, planted: dict[str, Any]) -> None:
    chosen = "a token that somebody chose for themselves"
    with house.database.unit() as unit:
        [jane, _] = unit.links.of("SOW-7")
        row = replace(jane, token_hash=hash_of(chosen), **planted)
        unit.links.add(row)
        unit.commit()
        assert unit.links.get(hash_of(chosen)) is not None

    for look in (review.see, review.pdf):
        with pytest.raises(NoSuchLink):
            look(house.desk, chosen, VISITOR)
    assert house.audited == []


def approved(house: House) -> None:
    review.approve(house.desk, house.jane, VISITOR, name="Jane Doe", title="CFO", consent=True)


def test_what_was_approved_is_shown_beyond_the_links_days(house: House) -> None:
    approved(house)
    house.later(days=300)

    for token in (house.jane, house.tom):
        paper = review.see(house.desk, token, VISITOR)
        assert (paper.state, paper.may_decide, paper.may_ask) == (State.APPROVED, False, True)
        assert paper.content is not None


def test_what_was_approved_and_then_withdrawn_is_not_shown(house: House) -> None:
    approved(house)
    house.does("cancel", ANA.user, "They are bankrupt.")

    paper = review.see(house.desk, house.jane, VISITOR)
    assert (paper.state, paper.content, paper.decision) == (State.WITHDRAWN, None, None)


def closed(house: House) -> None:
    """The approved document is invoiced, paid and closed."""
    bea = Person(user="UBEA", team="T1", name="Bea Lindqvist", email="bea@harborlight.example")
    with house.database.unit() as unit:
        unit.people.put(bea)
        unit.people.hold(Role.BILLING, frozenset({bea.user}))
        unit.commit()
    total, today = DOCUMENT.total, NOW.date()
    house.does("record_invoice", "UBEA", number="INV-1", amount=total, issued=today)
    [invoice] = house.record.invoices
    house.does("invoice_kept", "frontdesk", number="INV-1", at=invoice.at, sha256="0" * 64)
    house.does("send_invoices", "UBEA")
    house.does("record_payment", "UBEA", invoice="INV-1", amount=total, on=today, method="bank")
    house.does("confirm", "UBEA")


def test_after_the_close_it_is_shown_until_the_links_days_are_over(house: House) -> None:
    approved(house)
    closed(house)

    paper = review.see(house.desk, house.jane, VISITOR)
    assert (paper.state, paper.may_decide, paper.may_ask) == (State.CLOSED, False, False)
    assert paper.content is not None
    house.later(days=30)
    paper = review.see(house.desk, house.jane, VISITOR)
    assert (paper.state, paper.content) == (State.EXPIRED, None)

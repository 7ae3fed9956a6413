"""The client's answers, and the evidence that is kept of them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import review
from bot.review import AlreadyAnswered, LinkVoid, NotFilledIn, State, Visitor
from tests.web.review.house import NOW, VISITOR, House
from workflows.deal import Outcome

CONSENT = (
    "I approve Statement of Work SOW-7, version 1, with a total of 180,000.00 USD, on behalf of "
    "Globex Corporation. I am authorised to do so, and agree to do so electronically."
)


def approve(house: House, token: str = "", name: str = "Jane Doe") -> None:
    review.approve(
        house.desk, token or house.jane, VISITOR, name=name, title=" CFO\u200b ", consent=True
    )


def test_an_approval_signs_the_version_and_is_evidence(house: House) -> None:
    approve(house)

    signature = house.record.signature
    assert signature is not None
    assert (signature.name, signature.title, signature.email) == (
        "Jane Doe",
        "CFO",
        "jane@globex.example",
    )
    assert (signature.version, signature.at, signature.other_means) == (1, NOW, False)
    assert house.request.stage == "invoicing"
    [entry] = house.audited
    assert (entry.action, entry.actor, entry.surface) == ("client_approve", "client", "page")
    evidence = entry.detail
    assert (evidence["ip"], evidence["agent"]) == (VISITOR.ip, VISITOR.agent)
    assert (evidence["name"], evidence["title"]) == ("Jane Doe", "CFO")
    assert evidence["document"] == house.record.versions[0].sha256
    assert (evidence["consent"], evidence["consent version"]) == (CONSENT, "1")
    assert len(evidence["link"]) == 12
    assert house.database.verify_audit() == []


def test_an_approval_shows_on_every_link_of_the_version_and_none_decides_again(
    house: House,
) -> None:
    approve(house)

    for token in (house.jane, house.tom):
        paper = review.see(house.desk, token, VISITOR)
        assert (paper.state, paper.may_decide, paper.may_ask) == (State.APPROVED, False, True)
        assert paper.content is not None
        assert paper.decision is not None
        assert (paper.decision.by, paper.decision.title) == ("Jane Doe", "CFO")
    with pytest.raises(AlreadyAnswered):
        review.decline(house.desk, house.tom, VISITOR, reason="Too dear.")
    with pytest.raises(AlreadyAnswered):
        approve(house, house.tom, "Tom Roe")
    assert house.actions().count("client_approve") == 1


def test_approved_twice_by_one_link_is_approved_once(house: House) -> None:
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: approve(house), range(8)))

    assert house.actions() == ["client_approve"]


def test_of_two_who_approve_at_once_one_does(house: House) -> None:
    def try_to(token: str) -> bool:
        try:
            approve(house, token, token)
        except AlreadyAnswered:
            return False
        return True

    with ThreadPoolExecutor(2) as crowd:
        done = list(crowd.map(try_to, (house.jane, house.tom)))

    assert sorted(done) == [False, True]
    assert house.actions() == ["client_approve"]


@pytest.mark.parametrize(
    ("name", "title", "tick", "errors"),
    [
        ("", "CFO", "yes", {"name": "Please type your full name."}),
        (" \u200b\n", "CFO", "yes", {"name": "Please type your full name."}),
        ("Jane", "", "yes", {"title": "Please type your title, such as “CFO”."}),
        ("Jane", "CFO", "", {"consent": "Please tick the box; without it this is no approval."}),
        ("J" * 151, "CFO", "yes", {"name": "This is too long: 151 of at most 150 characters."}),
        (
            "",
            "C" * 1500,
            "yes",
            {
                "name": "Please type your full name.",
                "title": "This is too long: 1,500 of at most 150 characters.",
            },
        ),
    ],
)
def test_what_is_missing_is_said_by_field_and_nothing_is_done(
    house: House, name: str, title: str, tick: str, errors: dict[str, str]
) -> None:
    with pytest.raises(NotFilledIn) as wrong:
        review.approve(house.desk, house.jane, VISITOR, name=name, title=title, consent=bool(tick))

    assert wrong.value.errors == errors
    assert house.audited == []


def test_changes_are_asked_for_with_a_reason(house: House) -> None:
    reason = "Please add a region.\r\n\r\nAnd start later."
    review.request_changes(house.desk, house.jane, VISITOR, reason=reason)

    version = house.record.versions[0]
    assert (house.request.stage, version.outcome) == ("client_changes", Outcome.CHANGES)
    assert version.comment == "Please add a region.\n\nAnd start later."
    paper = review.see(house.desk, house.tom, VISITOR)
    assert (paper.state, paper.may_decide, paper.may_ask) == (State.CHANGES, False, True)
    assert paper.decision is not None
    assert (paper.decision.by, paper.decision.at) == ("Jane Doe", NOW)
    assert paper.decision.words == version.comment


def test_it_is_declined_with_a_reason(house: House) -> None:
    review.decline(house.desk, house.tom, VISITOR, reason="Another supplier.")
    review.decline(house.desk, house.tom, VISITOR, reason="Sent by mistake a second time.")

    assert house.request.stage == "client_declined"
    assert house.actions() == ["client_decline"]
    paper = review.see(house.desk, house.jane, VISITOR)
    assert (paper.state, paper.decision and paper.decision.by) == (State.DECLINED, "Tom Roe")
    assert paper.decision is not None
    assert paper.decision.words == "Another supplier."


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        (" \n ", "Please write what this is about; the people concerned will read it."),
        ("x" * 3001, "This is too long: 3,001 of at most 3,000 characters."),
    ],
)
def test_a_reason_is_needed_and_has_an_end(house: House, reason: str, error: str) -> None:
    for answer in (review.request_changes, review.decline):
        with pytest.raises(NotFilledIn) as wrong:
            answer(house.desk, house.jane, VISITOR, reason=reason)
        assert wrong.value.errors == {"reason": error}
    assert house.audited == []


def test_three_thousand_characters_on_many_lines_fit(house: House) -> None:
    reason = ("x" * 29 + "\r\n") * 100
    review.request_changes(house.desk, house.jane, VISITOR, reason=reason)
    assert len(house.record.versions[0].comment) == 2999


def ask(house: House, text: str, token: str = "") -> None:
    review.ask(house.desk, token or house.jane, VISITOR, text=text)


def test_a_question_and_its_answer_stand_on_the_page(house: House) -> None:
    ask(house, "Is travel included?")
    house.later(hours=2)
    house.does("answer_client", reason="Yes.", question="1")

    [question] = review.see(house.desk, house.tom, VISITOR).questions
    assert (question.by, question.text, question.at) == ("Jane Doe", "Is travel included?", NOW)
    assert (question.answer, question.answered_by) == ("Yes.", "Dian Porter")
    assert house.request.stage == "with_client"


def test_the_same_question_sent_twice_is_one_until_it_is_answered(house: House) -> None:
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: ask(house, "When?"), range(4)))
    ask(house, "When?", house.tom)
    ask(house, "Where?")
    assert [each.text for each in house.record.questions].count("When?") == 2

    for each in house.record.questions:
        house.does("answer_client", reason="Soon.", question=str(each.id))
    ask(house, "When?")
    assert [each.text for each in house.record.questions].count("When?") == 3


def test_a_question_needs_words(house: House) -> None:
    with pytest.raises(NotFilledIn) as wrong:
        ask(house, "\u200b")
    assert wrong.value.errors == {"text": "Please write your question."}


def test_a_void_link_takes_nothing(house: House) -> None:
    house.drafts_again()

    with pytest.raises(LinkVoid):
        approve(house)
    with pytest.raises(LinkVoid):
        review.request_changes(house.desk, house.jane, VISITOR, reason="More.")
    with pytest.raises(LinkVoid):
        review.decline(house.desk, house.jane, VISITOR, reason="No.")
    with pytest.raises(LinkVoid):
        ask(house, "Which one now?")
    assert house.actions() == ["draft"]


def test_on_hold_nothing_is_taken_and_afterwards_the_same_link_is(house: House) -> None:
    house.does("hold", "UANA", "Their budget is late.")
    with pytest.raises(LinkVoid):
        approve(house)
    with pytest.raises(LinkVoid):
        ask(house, "Why?")
    assert house.record.signature is None
    assert house.record.questions == ()

    house.does("resume", "UANA")
    approve(house)
    assert house.record.signature is not None


def test_of_too_many_open_questions_the_next_is_not_taken_until_one_is_answered(
    house: House,
) -> None:
    for number in range(10):
        assert review.see(house.desk, house.jane, VISITOR).may_ask
        ask(house, f"Question {number}?")
    assert not review.see(house.desk, house.jane, VISITOR).may_ask
    with pytest.raises(AlreadyAnswered):
        ask(house, "And one more?")
    assert len(house.record.questions) == 10

    house.does("answer_client", reason="Yes.", question="1")
    assert review.see(house.desk, house.jane, VISITOR).may_ask
    ask(house, "And one more?")
    assert len(house.record.questions) == 11


def test_what_a_browser_calls_itself_cannot_flood_the_record(house: House) -> None:
    visitor = Visitor("192.0.2.7", "x" * 10_000)
    review.decline(house.desk, house.jane, visitor, reason="No.")
    assert len(house.audited[0].detail["agent"]) == 300

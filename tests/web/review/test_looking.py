"""What a client's link shows, and what of it is on record."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot import review
from bot.ports import Person
from bot.review import LinkVoid, NoSuchLink, State, Visitor
from bot.review.paper import VOID
from bot.review.pictures import Pictures
from tests.web.review.house import ANA, DIAN, NOW, VISITOR, House
from tests.web.review.sample import DOCUMENT, document_pdf
from workflows.roles import Role

PNG = b"\x89PNG\r\n\x1a\n"


def test_an_open_link_shows_the_version_whom_it_is_for_and_whom_to_ask(house: House) -> None:
    paper = review.see(house.desk, house.jane, VISITOR)

    assert (paper.company, paper.ref, paper.version) == ("Harborlight", "SOW-7", 1)
    assert (paper.recipient, paper.email) == ("Jane Doe", "jane@globex.example")
    assert (paper.state, paper.may_decide, paper.may_ask) == (State.OPEN, True, True)
    assert paper.assistant == review.Assistant("Dian Porter", "dian@harborlight.example")
    assert paper.content is not None
    assert str(paper.content.total) == "180,000.00 USD"
    assert paper.content.sha256 == hashlib.sha256(document_pdf()[0]).hexdigest()
    assert paper.content.deliverables == DOCUMENT.deliverables
    assert (paper.expires_at - NOW).days == 30


@pytest.mark.parametrize("token", ["", "nonsense", "x" * 43, "ä\0", "../../etc"])
def test_a_wrong_token_shows_nothing_and_leaves_nothing(house: House, token: str) -> None:
    for look in (
        lambda: review.see(house.desk, token, VISITOR),
        lambda: review.pdf(house.desk, token, VISITOR),
        lambda: review.picture(house.desk, token, 1),
        lambda: review.decline(house.desk, token, VISITOR, reason="No."),
    ):
        with pytest.raises(NoSuchLink):
            look()
    assert house.audited == []


def test_the_hash_of_a_token_opens_nothing(house: House) -> None:
    with house.database.unit() as unit:
        kept = [link.token_hash for link in unit.links.of("SOW-7")]
    for token_hash in kept:
        with pytest.raises(NoSuchLink):
            review.see(house.desk, token_hash, VISITOR)


def test_the_first_look_a_day_from_an_address_is_on_record(house: House) -> None:
    for visitor in (VISITOR, VISITOR, Visitor("192.0.2.8", "Scanner\n" + "x" * 400)):
        review.see(house.desk, house.jane, visitor)
    house.later(days=1)
    review.see(house.desk, house.jane, VISITOR)
    review.see(house.desk, house.tom, VISITOR)

    assert house.actions() == ["link_fetched"] * 4
    first, second = house.audited[:2]
    assert (first.actor, first.surface, first.at) == ("client", "page", NOW)
    assert (first.before, first.after) == ("with_client", "with_client")
    assert first.detail["ip"] == "192.0.2.7"
    assert first.detail["email"] == "jane@globex.example"
    assert len(second.detail["agent"]) == 300
    assert "\n" not in second.detail["agent"]
    assert house.jane not in str(house.audited)
    assert house.request.version == 1
    assert house.database.verify_audit() == []


def test_the_pdf_is_given_as_it_is_under_a_name_and_on_record(house: House) -> None:
    file = review.pdf(house.desk, house.jane, VISITOR)

    assert (file.name, file.mime) == ("SOW-7-v1.pdf", "application/pdf")
    assert file.content == document_pdf()[0]
    assert house.actions() == ["document_downloaded"]


def test_every_page_is_a_picture_and_there_are_no_more(house: House) -> None:
    pages = document_pdf()[1]

    shown = [review.picture(house.desk, house.jane, number) for number in range(1, pages + 1)]
    assert all(each.startswith(PNG) for each in shown)
    assert len(set(shown)) == pages
    for number in (0, -1, pages + 1):
        with pytest.raises(NoSuchLink):
            review.picture(house.desk, house.jane, number)


def void(house: House, state: State) -> None:
    match state:
        case State.REPLACED:
            house.drafts_again()
        case State.WITHDRAWN:
            house.does("cancel", ANA.user, "They went elsewhere.")
        case State.ON_HOLD:
            house.does("hold", ANA.user, "Their budget is late.")
        case _:
            house.later(days=30)


def test_every_void_state_is_tried() -> None:
    assert {*VOID} == {State.REPLACED, State.WITHDRAWN, State.EXPIRED, State.ON_HOLD}


@pytest.mark.parametrize("state", sorted(VOID))
def test_a_void_link_says_whom_to_ask_and_shows_nothing(house: House, state: State) -> None:
    review.ask(house.desk, house.jane, VISITOR, text="Is travel included?")
    void(house, state)
    paper = review.see(house.desk, house.jane, VISITOR)

    assert (paper.state, paper.content, paper.questions) == (state, None, ())
    assert paper.decision is None
    assert (paper.may_decide, paper.may_ask) == (False, False)
    assert paper.assistant is not None
    assert paper.assistant.name == "Dian Porter"
    with pytest.raises(LinkVoid):
        review.pdf(house.desk, house.jane, VISITOR)
    with pytest.raises(LinkVoid):
        review.picture(house.desk, house.jane, 1)


def test_a_link_works_until_the_very_instant_in_which_it_ends(house: House) -> None:
    house.later(days=30, microseconds=-1)
    assert review.see(house.desk, house.jane, VISITOR).state is State.OPEN
    house.later(microseconds=1)
    assert review.see(house.desk, house.jane, VISITOR).state is State.EXPIRED


def test_after_a_pause_the_same_link_shows_the_document_again(house: House) -> None:
    house.does("hold", ANA.user, "Their budget is late.")
    house.does("resume", ANA.user)
    paper = review.see(house.desk, house.jane, VISITOR)

    assert (paper.state, paper.may_decide, paper.may_ask) == (State.OPEN, True, True)
    assert paper.content is not None


def test_whoever_has_left_is_not_whom_to_ask(house: House) -> None:
    gus = Person(user="UGUS", team="T1", name="Gus Ortega", email="gus@harborlight.example")
    with house.database.unit() as unit:
        unit.people.put(replace(DIAN, active=False), gus)
        unit.commit()
    assert review.see(house.desk, house.jane, VISITOR).assistant is None

    with house.database.unit() as unit:
        unit.people.hold(Role.SALES_ASSISTANT, frozenset({"UDIAN", "UGUS"}))
        unit.commit()
    assert review.see(house.desk, house.jane, VISITOR).assistant == review.Assistant(
        "Gus Ortega", "gus@harborlight.example"
    )


def test_pages_are_made_once_however_many_ask_at_once() -> None:
    made: list[int] = []
    start = threading.Barrier(8)
    pictures = Pictures(most=2)

    def make() -> list[bytes]:
        made.append(1)
        return [b"page"]

    def look(_: int) -> bytes:
        start.wait(10)
        return pictures.of("a", make)[0]

    with ThreadPoolExecutor(8) as crowd:
        assert list(crowd.map(look, range(8))) == [b"page"] * 8
    assert made == [1]


def test_the_documents_that_were_looked_at_last_are_kept() -> None:
    made: list[str] = []
    pictures = Pictures(most=2)

    def look(name: str) -> None:
        def make() -> list[bytes]:
            made.append(name)
            return [name.encode()]

        assert pictures.of(name, make) == (name.encode(),)

    for name in ("a", "b", "a", "c", "a", "b"):
        look(name)
    assert made == ["a", "b", "c", "b"]


def test_pages_that_could_not_be_made_are_tried_again() -> None:
    pictures = Pictures(most=2)

    def fail() -> list[bytes]:
        raise OSError("the disk is on fire")

    with pytest.raises(OSError, match="on fire"):
        pictures.of("a", fail)
    assert pictures.of("a", lambda: [b"page"]) == (b"page",)

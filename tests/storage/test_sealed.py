"""What the audit's rows say stands apart from them: what is erased on record breaks nothing."""

import json

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.ports import ERASED, FORGOTTEN
from storage.audit import audit
from storage.chain import EMPTY, Link, canonical, code
from storage.columns import utc
from storage.database import Database
from storage.sealed import SEALED, audit_values
from tests.storage.conftest import Open
from tests.storage.examples import KEY, NOW, entry, record, sow
from tests.storage.test_states import around_the_bot, put_on_record

REASON = "Kai Example (kai@example.com) wants it — sooner 😀"


@pytest.fixture
def spoken(database: Database) -> Database:
    """Three rows, each of which says two things."""
    said = {"reason": REASON, "due on": "2026-12-24"}
    record(database, *(entry(f"SOW-{n}", detail=said) for n in (1, 2, 3)))
    assert database.verify_audit() == []
    return database


def rows(url: str) -> list[Link]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = [Link._make(row) for row in connection.execute(audit.select())]
    engine.dispose()
    return found


def say(url: str, seq: int, said: object) -> None:
    """Replace what row ``seq`` says, around the bot."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(audit_values.delete().where(audit_values.c.seq == seq))
        if said is not None:
            connection.execute(audit_values.insert(), {"seq": seq, "said": said})
    engine.dispose()


def said(url: str, seq: int) -> dict[str, list[str]]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = connection.execute(audit_values.select().where(audit_values.c.seq == seq)).one()
    engine.dispose()
    return dict(found.said)


def reason(database: Database, ref: str) -> str:
    with database.unit() as unit:
        return unit.requests.timeline(ref)[0].detail["reason"]


def test_the_chain_holds_nothing_of_what_was_said(spoken: Database, url: str) -> None:
    for link in rows(url):
        assert "kai" not in str(link).lower()
        assert json.loads(link.detail)[SEALED].keys() == {"reason", "due on"}
    assert reason(spoken, "SOW-2") == REASON


@pytest.mark.usefixtures("spoken")
def test_the_same_words_are_sealed_differently_each_time(url: str) -> None:
    seals = {json.loads(link.detail)[SEALED]["reason"] for link in rows(url)}
    assert len(seals) == 3


def test_altered_words_are_named(spoken: Database, url: str) -> None:
    salt, _text = said(url, 2)["reason"]
    say(url, 2, said(url, 2) | {"reason": [salt, "because"]})
    assert spoken.verify_audit() == ["What row 2 of the audit says (reason) was changed."]


def test_swapped_words_are_named(spoken: Database, url: str) -> None:
    first, second = said(url, 1), said(url, 2)
    say(url, 1, second)
    say(url, 2, first)
    assert [each[:20] for each in spoken.verify_audit()] == [
        "What row 1 of the au",
        "What row 2 of the au",
    ]


def test_words_that_were_put_in_are_named(spoken: Database, url: str) -> None:
    say(url, 2, said(url, 2) | {"consent": ["ab", "I agree"]})
    assert spoken.verify_audit() == ["What row 2 of the audit says (consent) was changed."]


@pytest.mark.parametrize("left", [None, "due on"])
def test_words_that_were_taken_away_are_named(spoken: Database, url: str, left: str | None) -> None:
    say(url, 2, None if left is None else {left: said(url, 2)[left]})
    [found] = spoken.verify_audit()
    assert found.startswith("Row 2 of the audit has lost what it says (")
    assert ("due on" in found) is (left is None)


def test_what_was_erased_on_record_is_no_break(spoken: Database, url: str) -> None:
    say(url, 2, {"due on": said(url, 2)["due on"]})
    record(spoken, entry("", action="erase", detail={ERASED: '{"2": ["reason"]}'}))
    assert spoken.verify_audit() == []
    assert reason(spoken, "SOW-2") == "(erased)"
    assert reason(spoken, "SOW-1") == REASON


def test_more_than_was_erased_on_record_is_a_break(spoken: Database, url: str) -> None:
    say(url, 2, None)
    say(url, 3, None)
    record(spoken, entry("", action="erase", detail={ERASED: '{"2": ["reason"]}'}))
    assert [each[:30] for each in spoken.verify_audit()] == [
        "Row 2 of the audit has lost wh",
        "Row 3 of the audit has lost wh",
    ]


def test_a_record_of_erasure_that_was_put_in_is_found(spoken: Database, url: str) -> None:
    say(url, 2, None)
    detail = canonical({ERASED: '{"2": ["reason", "due on"]}'})
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        forged = rows(url)[-1]._replace(seq=4, action="erase", detail=detail)
        connection.execute(audit.insert(), forged._asdict())
    engine.dispose()
    [found] = spoken.verify_audit()
    assert found.startswith("Row 4 of the audit (erase on SOW-3) is not as it was written")


def test_a_request_that_was_forgotten_on_record_is_no_break(database: Database, url: str) -> None:
    put_on_record(database, sow("SOW-1"))
    put_on_record(database, sow("SOW-2"))
    around_the_bot(url, "DELETE FROM requests WHERE ref = 'SOW-1'")
    around_the_bot(url, "DELETE FROM audit_values WHERE seq = 1")
    assert len(database.verify_audit()) == 2
    record(database, entry("SOW-1", action=FORGOTTEN, detail={}))
    assert database.verify_audit() == []

    around_the_bot(url, "UPDATE requests SET ref = 'SOW-1' WHERE ref = 'SOW-2'")
    assert database.verify_audit() == [
        "SOW-2 is on record, but the request itself was removed.",
        "SOW-1 was removed at its time, on record, and is there again.",
    ]


def test_rows_of_the_first_releases_still_hold(url: str, open_database: Open) -> None:
    """They keep what they say in the chain itself."""
    last, old = EMPTY.mac, []
    for seq in (1, 2):
        detail = canonical({"reason": REASON, "path": "a > b"})
        link = Link(seq, utc(NOW), "U_DIAN", "accept", "SOW-1", "a", "b", 2, "button", detail, "")
        last = code(KEY, last, link)
        old.append(link._replace(mac=last)._asdict())
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(audit.insert(), old)
    engine.dispose()
    database = open_database(url)
    record(database, entry("SOW-1"))
    assert database.verify_audit() == []
    assert reason(database, "SOW-1") == REASON
    say(url, 2, {"reason": ["ab", "because"]})
    assert database.verify_audit() == ["What row 2 of the audit says (reason) was changed."]


def test_no_number_of_anchors_is_too_many(database: Database) -> None:
    heads = [EMPTY]
    for n in range(5):
        record(database, entry(version=n))
        heads.append(database.head())
    assert database.verify_audit(*heads) == []
    wrong = [heads[2]._replace(mac="0" * 64), heads[5]._replace(seq=9)]
    assert database.verify_audit(*heads, *wrong) == [
        "Row 2 of the audit is not the one that was there before.",
        "The audit ends at row 5; rows up to 9 were there before.",
    ]

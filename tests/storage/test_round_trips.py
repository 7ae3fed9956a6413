"""What goes in comes out, on both databases: money, instants, hostile text."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.chain import canonical
from storage.columns import storable
from storage.database import Database
from storage.details import UnreadableDetailsError
from storage.request_rows import requests
from tests.storage.conftest import Open
from tests.storage.examples import DETAILS, NOW, add, draft, entry, parcel, promise, record, sow
from workflows.money import Money
from workflows.request import Question, Request

BERLIN = ZoneInfo("Europe/Berlin")
quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=40
) | st.sampled_from(
    ["'; DROP TABLE requests; --", "%s %(x)s :name ?", "\u202e\u200bx", "\\u0000 \\", "\U0001f600"]
)
monies = st.builds(
    Money, st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD", "CLF"])
)
instants = st.datetimes(
    datetime(1900, 1, 1),  # noqa: DTZ001 - Hypothesis takes bounds without a zone
    datetime(9000, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, BERLIN, timezone(timedelta(hours=5, minutes=45))]),
)


@given(amount=monies, text=texts, at=instants)
@quick
def test_a_request(database: Database, amount: Money, text: str, at: datetime) -> None:
    details = replace(DETAILS, amount=amount, client=text, deliverables=(text, text))

    def asked(at: datetime) -> Request:
        questions = (Question("U_DIAN", text, at),)
        dated = sow(details=details, since=at, created_at=at, questions=questions)
        return replace(dated, assigned={"lane": text})

    with database.unit() as unit:
        unit.requests.add(asked(at), "V1")
        found = unit.requests.get("SOW-1")
    assert found == asked(at.astimezone(UTC))
    assert found is not None
    assert found.since.utcoffset() == timedelta()


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_both_hours_of_the_change_to_winter_time(
    database: Database, fold: int, minute: int
) -> None:
    at = datetime(2026, 10, 25, 2, minute, 1, 999999, tzinfo=BERLIN, fold=fold)
    with database.unit() as unit:
        unit.drafts.save(draft(at=at))
        found = unit.drafts.get("D1")
    assert found is not None
    assert found.at == at.astimezone(UTC)
    assert found.at.hour == fold


@pytest.mark.parametrize("minor", [10**15, -(10**15), 10**19, 0])
@pytest.mark.parametrize("currency", ["JPY", "KWD", "USD"])
def test_money_to_the_last_minor_unit(database: Database, minor: int, currency: str) -> None:
    request = sow(details=replace(DETAILS, amount=Money(minor, currency)))
    add(database, request)
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") == request


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    naive = NOW.replace(tzinfo=None)
    for request in (sow(since=naive), sow(questions=(Question("U_DIAN", "?", naive),))):
        with pytest.raises(Exception, match="no time zone"), database.unit() as unit:
            unit.requests.add(request, "V1")
    with pytest.raises(Exception, match="no time zone"), database.unit() as unit:
        unit.deliveries.first("ev:T1:Ev1", naive)
    with pytest.raises(ValueError, match="no time zone"):
        record(database, entry(at=naive))


HOSTILE = "a\0b\ud83dc\ude00"


def test_what_no_database_stores_is_cleaned_everywhere(database: Database) -> None:
    clean = "ab\ufffdc\ufffd"
    assert storable(HOSTILE) == clean
    with database.unit() as unit:
        unit.requests.add(sow(details=replace(DETAILS, client=HOSTILE), owner=HOSTILE), "")
        unit.audit.append(entry(actor=HOSTILE, detail={HOSTILE: HOSTILE}))
        unit.commit()
    promise(database, replace(parcel(HOSTILE), payload={HOSTILE: [HOSTILE, {"x": HOSTILE}]}))
    with database.unit() as unit:
        unit.drafts.save(draft(HOSTILE, state={"client": HOSTILE}, full={"need": HOSTILE}))
        kept = unit.drafts.get(HOSTILE)
        found = unit.requests.get("SOW-1")
        timeline = unit.requests.timeline("SOW-1")
    assert found == sow(details=replace(DETAILS, client=clean), owner=clean)
    assert timeline == [entry(actor=clean, detail={clean: clean})]
    assert kept == draft(clean, state={"client": clean}, full={"need": clean})
    [claimed] = database.post_office.claim(NOW)
    assert claimed.parcel.key == clean
    assert claimed.parcel.payload == {clean: [clean, {"x": clean}]}
    assert database.verify_audit() == []


@given(text=texts)
@quick
def test_text_in_the_audit(database: Database, text: str) -> None:
    with database.unit() as unit:
        unit.audit.append(entry(text, detail={"reason": text}))
        unit.commit()
    with database.unit() as unit:
        assert unit.requests.timeline(text)[-1] == entry(text, detail={"reason": text})
    assert canonical({"b": text, "a": ""}).startswith('{"a":"","b":')


def test_pairs_of_surrogates_are_one_character() -> None:
    assert storable("\ud83d\ude00") == "\U0001f600"


def _altered(database: Database, **changes: object) -> None:
    """Alter the stored details of SOW-1, as another release would have written them."""
    with database._connections.begin() as connection:  # noqa: SLF001 - there is no door for this
        stored = dict(connection.execute(requests.select()).one().details)
        stored.update(changes)
        details = {key: value for key, value in stored.items() if value != "(gone)"}
        connection.execute(requests.update().values(details=details))
        connection.commit()


def test_a_field_that_was_added_later_has_its_default(database: Database) -> None:
    add(database, sow())
    _altered(database, notes="(gone)", files="(gone)")
    with database.unit() as unit:
        assert unit.requests.get("SOW-1") == sow()


@pytest.mark.parametrize(
    "changes",
    [
        {"discount": "10 %"},
        {"amount": {"minor": 1, "currency": "USD", "tax": 7}},
        {"amount": {"minor": "1", "currency": "USD"}},
        {"client": "(gone)"},
        {"needed_by": "soon"},
    ],
)
def test_details_that_do_not_fit_are_refused_aloud(
    database: Database, changes: dict[str, object]
) -> None:
    add(database, sow())
    _altered(database, **changes)
    with database.unit() as unit, pytest.raises(UnreadableDetailsError, match="sow"):
        unit.requests.get("SOW-1")


def test_details_of_the_wrong_type_are_not_stored(url: str, open_database: Open) -> None:
    database = open_database(url)
    wrong = replace(DETAILS, needed_by="soon")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="needed_by"), database.unit() as unit:
        unit.requests.add(sow(details=wrong), "V1")

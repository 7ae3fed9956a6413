"""Details of any shape come back exactly, also those that an earlier release has written."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum, StrEnum

import pytest

from storage.database import Database
from storage.details import Details, UnreadableDetailsError
from tests.storage.examples import DETAILS, NOW, add, draft, sow
from workflows.deal import ClientQuestion, Outcome, Record, Signature, Version
from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.money import Money
from workflows.sow import WORKFLOW


class Mood(StrEnum):
    GOOD = "good"
    BAD = "not so good"


class Grade(Enum):
    FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    price: Money
    hours: Decimal = Decimal(1)
    on: date | None = None
    at: datetime | None = None
    mood: Mood = Mood.GOOD
    grade: Grade = Grade.FIRST
    parts: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    title: str
    parts: tuple[Part, ...] = ()
    best: Part | None = None
    pairs: tuple[tuple[str, int], ...] = ()


FORMS = Details({"whole": replace(WORKFLOW, details=Whole)})
PART = Part(
    price=Money(10**15, "JPY"),
    hours=Decimal("2.50"),
    on=date(2026, 12, 24),
    at=NOW,
    mood=Mood.BAD,
    parts=(Part(price=Money(-1, "KWD"), hours=Decimal("1E+3")),),
)


def through(database: Database, details: Whole) -> object:
    """Return what is read after ``details`` were a JSON column of the database."""
    with database.unit() as unit:
        unit.drafts.save(draft(state=FORMS.write("whole", details)))
        kept = unit.drafts.get("D1")
    assert kept is not None
    return FORMS.read("whole", kept.state)


def test_nested_details_come_back(database: Database) -> None:
    whole = Whole(title="Rollout", parts=(PART, PART), best=PART, pairs=(("a", 1), ("b", 2)))
    found = through(database, whole)
    assert found == whole
    assert isinstance(found, Whole)
    assert isinstance(found.parts, tuple)
    assert found.best is not None
    assert (found.best.mood, found.best.grade) == (Mood.BAD, Grade.FIRST)


@pytest.mark.parametrize("number", ["2.50", "0", "0.1", "-1E-7", "1E+3", "123456789012345678.90"])
def test_decimals_keep_every_digit(database: Database, number: str) -> None:
    found = through(database, Whole(title="", best=replace(PART, hours=Decimal(number))))
    assert isinstance(found, Whole)
    assert found.best is not None
    assert str(found.best.hours) == number


def test_instants_come_back_in_utc(database: Database) -> None:
    at = datetime(2026, 3, 29, 1, 30, 0, 1, tzinfo=timezone(timedelta(hours=-5, minutes=-30)))
    found = through(database, Whole(title="", parts=(replace(PART, at=at),)))
    assert isinstance(found, Whole)
    [part] = found.parts
    assert part.at == at
    assert part.at.utcoffset() == timedelta()
    assert (part.at.day, part.at.hour, part.at.minute) == (29, 7, 0)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"at": datetime(2026, 3, 29, 1, 30)}, "no time zone"),  # noqa: DTZ001 - that is the point
        ({"hours": 1.5}, "decimal"),
        ({"hours": "2.50"}, "decimal"),
        ({"on": "soon"}, "date"),
        ({"mood": "splendid"}, "enum"),
        ({"price": Money(1.5, "USD")}, "int"),  # type: ignore[arg-type]
        ({"parts": ("none",)}, "Part"),
    ],
)
def test_what_is_not_of_its_type_is_not_written(wrong: dict[str, object], said: str) -> None:
    part = replace(PART, **wrong)  # type: ignore[arg-type] # that is the point
    with pytest.raises(ValueError, match=said):
        FORMS.write("whole", Whole(title="", parts=(PART, replace(PART, parts=(part,)))))


def test_fields_that_were_added_later_have_their_defaults() -> None:
    price = {"minor": 1, "currency": "USD"}
    stored = {"title": "", "parts": [{"price": price}, {"price": price, "hours": "2.50"}]}
    usual = Part(price=Money(1, "USD"))
    assert FORMS.read("whole", stored) == Whole(
        title="", parts=(usual, replace(usual, hours=Decimal("2.50")))
    )


@pytest.mark.parametrize(
    "part",
    [
        {"hours": 2.5},
        {"hours": "2.5 h"},
        {"mood": "splendid"},
        {"at": "soon"},
        {"discount": "10 %"},
        {"parts": [{"price": {"minor": 1, "currency": "USD", "tax": 7}}]},
    ],
)
def test_what_does_not_fit_any_more_is_refused_at_any_depth(part: dict[str, object]) -> None:
    stored = {"title": "", "best": {"price": {"minor": 1, "currency": "USD"}} | part}
    with pytest.raises(UnreadableDetailsError, match="whole"):
        FORMS.read("whole", stored)


def test_a_deal_with_everything_in_it(database: Database) -> None:
    document = Document(
        title="Services for Lighthouse Logistics",
        deliverables=(Deliverable(title="Plan", due=date(2027, 1, 8)),),
        milestones=(Milestone(title="Start", on=date(2026, 12, 1)),),
        prices=(PriceLine(text="Days", price=Money(120000, "USD"), quantity=Decimal("2.50")),),
    )
    total = document.total
    version = Version(number=1, by="U_DIAN", at=NOW, total=total, sent_to=("kai@example.com",))
    record = Record(
        document=document,
        approved=document,
        versions=(
            replace(version, sent_at=NOW, outcome=Outcome.CHANGES),
            replace(version, number=2),
        ),
        questions=(ClientQuestion(id=1, by="Kai Example", text="When?", at=NOW),),
        signature=Signature(
            version=2, name="Kai Example", title="COO", email="kai@example.com", at=NOW
        ),
    )
    request = sow(details=replace(DETAILS, record=record))
    add(database, request)
    with database.unit() as unit:
        found = unit.requests.get("SOW-1")
    assert found == request
    assert found.details.record.versions[0].at.astimezone(UTC) == NOW


def test_an_approval_from_before_there_were_seals_has_none() -> None:
    forms = Details({"sow": WORKFLOW})
    signature = Signature(version=1, name="Kai", title="COO", email="kai@example.com", at=NOW)
    details = replace(DETAILS, record=Record(signature=signature))
    stored = forms.write("sow", details)
    for each in ("sealed_sha256", "seal_root_sha256"):
        del stored["record"]["signature"][each]
    assert forms.read("sow", stored) == details


def test_a_request_of_the_first_release_has_an_empty_record() -> None:
    forms = Details({"sow": WORKFLOW})
    stored = forms.write("sow", DETAILS)
    del stored["record"]
    assert forms.read("sow", stored) == DETAILS

"""What a document says: its total, what it lacks, and what is different in the next version."""

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal

import pytest

from tests.workflows.contracts import PAPER, fee
from workflows.document import (
    LABELS,
    SUBJECTS,
    Deliverable,
    Difference,
    Document,
    Milestone,
    PriceLine,
    gaps,
    money_fits,
)
from workflows.money import Money


def said(before: Document, after: Document) -> list[str]:
    return [str(each) for each in before.differences(after)]


def line(text: str, price: int | str, quantity: str = "1", currency: str = "USD") -> PriceLine:
    return PriceLine(text=text, price=Money.of(price, currency), quantity=Decimal(quantity))


@pytest.mark.parametrize(
    ("price", "quantity", "currency", "amount"),
    [
        ("40000", "1", "USD", "40000"),
        ("0.01", "0.5", "USD", "0.01"),  # half a cent goes up
        ("0.01", "0.49", "USD", "0"),
        ("0.03", "0.5", "USD", "0.02"),  # and so does one and a half
        ("-0.01", "0.5", "USD", "-0.01"),
        ("999", "0.5", "JPY", "500"),
        ("0.001", "2.5", "KWD", "0.003"),
        ("33.33", "3", "EUR", "99.99"),
        ("1250.50", "12.25", "USD", "15318.63"),  # 15,318.625
        ("100", "0", "USD", "0"),
    ],
)
def test_a_line_is_rounded_half_up_to_the_smallest_coin(
    price: str, quantity: str, currency: str, amount: str
) -> None:
    assert line("Days", price, quantity, currency).amount == Money.of(amount, currency)


def test_the_total_is_the_sum_of_the_rounded_lines() -> None:
    thirds = replace(PAPER, prices=(line("A", "0.01", "0.5"),) * 3)
    assert thirds.total == Money.of("0.03", "USD")
    assert replace(PAPER, prices=fee("1", "JPY")).total == Money.of(1, "JPY")
    assert Document().total == Money(0, "USD")


def test_the_currencies_are_those_of_the_lines() -> None:
    mixed = replace(PAPER, prices=(*fee(1), *fee(1, "EUR"), *fee(2)))
    assert mixed.currencies == {"USD", "EUR"}
    assert Document().currencies == frozenset()


def test_every_part_has_a_name_for_people() -> None:
    assert list(LABELS) == [each.name for each in fields(Document)]
    assert len(set(LABELS.values())) == len(LABELS)
    assert set(SUBJECTS) <= set(LABELS)


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("title", "Services", "Title: Services for Brightwater -> Services"),
        ("end", None, "End: 30 Sep 2026 -> (none)"),
        ("end", date(2026, 12, 31), "End: 30 Sep 2026 -> 31 Dec 2026"),
        ("notes", "", "Notes: Ask for the logo. -> (none)"),
        ("prices", fee(195_000), "Fee: 180,000.00 USD -> 195,000.00 USD"),
        ("prices", fee(180_000, "EUR"), "Fee: 180,000.00 USD -> 180,000.00 EUR"),
        ("assumptions", (), "Assumptions: - Access is given."),
        (
            "deliverables",
            (Deliverable(title="A workshop"), Deliverable(title="A report")),
            "Deliverables: - A plan; + A report",
        ),
        (
            "deliverables",
            (Deliverable(title="A workshop"), Deliverable(title="A plan")),
            "Deliverables: in another order",
        ),
        (
            "milestones",
            (Milestone(title="Kick-off", on=date(2026, 4, 2)), Milestone(title="Go live")),
            "Milestones: - Kick-off (1 Apr 2026); + Kick-off (2 Apr 2026); + Go live",
        ),
        (
            "prices",
            (line("Build", 150_000), line("Training", 15_000, "2")),
            (
                "Fee lines (the total stays 180,000.00 USD): "
                "- Services for Brightwater: 180,000.00 USD; + Build: 150,000.00 USD; "
                "+ Training: 30,000.00 USD"
            ),
        ),
    ],
)
def test_a_difference_reads_as_a_person_would_say_it(part: str, value: object, words: str) -> None:
    assert said(PAPER, replace(PAPER, **{part: value})) == [words]  # type: ignore[arg-type]


def test_the_fee_of_the_design_reads_as_it_is_written_there() -> None:
    before, after = (replace(PAPER, prices=fee(each)) for each in (40_000, 45_000))
    assert said(before, after) == ["Fee: 40,000.00 USD -> 45,000.00 USD"]


def test_a_fee_that_was_not_named_yet_was_none() -> None:
    assert said(replace(PAPER, prices=()), PAPER) == ["Fee: (none) -> 180,000.00 USD"]


def test_differences_come_in_the_order_of_the_document() -> None:
    changed = replace(PAPER, notes="Other", title="Other", end=None)
    assert [each.part for each in PAPER.differences(changed)] == ["title", "end", "notes"]


def test_the_same_document_has_no_differences() -> None:
    assert PAPER.differences(replace(PAPER)) == ()


@pytest.mark.parametrize(
    ("blank", "was_blank"),
    [
        ({"end": None}, True),
        ({"assumptions": ()}, True),
        ({"notes": ""}, True),
        ({"notes": " "}, False),
        ({"end": date(2026, 1, 1)}, False),
    ],
)
def test_a_difference_knows_whether_it_was_left_blank(
    blank: dict[str, object], *, was_blank: bool
) -> None:
    (difference,) = replace(PAPER, **blank).differences(PAPER)  # type: ignore[arg-type]
    assert difference.was_blank is was_blank


@pytest.mark.parametrize(
    ("part", "was_blank", "resets"),
    [
        ("scope", True, False),
        ("scope", False, True),
        ("deliverables", True, False),
        ("payment_terms", True, False),
        ("background", True, True),
        ("assumptions", True, True),
        ("billing_period", True, True),
        ("prices", True, True),
        ("notes", False, False),
    ],
)
def test_only_what_is_left_to_drafting_may_be_filled_in(
    part: str, *, was_blank: bool, resets: bool
) -> None:
    everything = frozenset(SUBJECTS.values())
    assert Difference(part, "", was_blank=was_blank).resets(everything) is resets
    assert not Difference(part, "", was_blank=was_blank).resets(frozenset())


def test_the_amount_weighs_most_then_dates_terms_client_and_scope() -> None:
    parts = ("notes", "scope", "client", "fee", "end", "prices", "background")
    found = [Difference(part, part, was_blank=False) for part in parts]
    assert [each.part for each in sorted(found, key=lambda each: each.weight)] == [
        *("prices", "end", "fee", "client", "scope", "background", "notes")
    ]


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ("x" * 100 + "in March", "x" * 100 + "in April", ""),
        ("a" * 100 + "z", "b" * 100 + "z", " (up to 100 characters differ)"),
        ("head " + "a" * 100, "head " + "b" * 60, " (up to 100 characters differ)"),
        ("a" * 100 + "m" * 40 + "z", "a" * 100 + "n" * 40 + "z", ""),
        ("a" * 100 + "m" * 41 + "z", "a" * 100 + "n" * 41 + "z", " (up to 41 characters differ)"),
        ("a" * 80, "b" * 80, ""),
    ],
)
def test_a_long_text_says_how_much_of_it_differs_where_not_all_is_shown(
    was: str, becomes: str, words: str
) -> None:
    (difference,) = said(replace(PAPER, scope=was), replace(PAPER, scope=becomes))
    assert difference.endswith(words)
    assert ("characters differ" in difference) == bool(words)


def test_what_belongs_to_no_subject_is_never_material() -> None:
    everything = frozenset({*SUBJECTS.values(), *LABELS})
    assert not Difference("notes", "", was_blank=False).is_material(everything)
    assert Difference("scope", "", was_blank=False).is_material(frozenset({"scope"}))
    assert not Difference("scope", "", was_blank=False).is_material(frozenset())


def test_what_was_taken_out_of_two_alike_is_said() -> None:
    twice = replace(PAPER, assumptions=("Access is given.", "Access is given."))
    (words,) = said(twice, PAPER)
    assert words == "Assumptions: - Access is given."


@pytest.mark.parametrize(
    ("part", "was", "becomes", "words"),
    [
        (
            "deliverables",
            (Deliverable(title="A plan", acceptance="Read"),),
            (Deliverable(title="A plan", acceptance="Signed"),),
            ("Read", "Signed"),
        ),
        (
            "deliverables",
            (Deliverable(title="A plan", due=date(2026, 5, 1)),),
            (Deliverable(title="A plan", due=date(2026, 6, 1)),),
            ("1 May 2026", "1 Jun 2026"),
        ),
        (
            "milestones",
            (Milestone(title="Half", note="Paid"),),
            (Milestone(title="Half", note="Unpaid"),),
            ("Paid", "Unpaid"),
        ),
        ("prices", (line("Days", 100, "2"),), (line("Days", 200),), ("2", "100.00", "200.00")),
        ("scope", "x" * 90 + " in March", "x" * 90 + " in April", ("March", "April")),
    ],
    ids=["acceptance", "due", "note", "quantity", "the end of a long text"],
)
def test_a_difference_shows_what_is_different(
    part: str, was: object, becomes: object, words: tuple[str, ...]
) -> None:
    before, after = (replace(PAPER, **{part: each}) for each in (was, becomes))  # type: ignore[arg-type]
    (difference,) = said(before, after)
    assert [each for each in words if each not in difference] == []


def test_what_a_document_lacks_is_named_as_people_read_it() -> None:
    bare = Document(title="Services", prices=fee(1))
    assert gaps(bare, ("title", "scope", "deliverables", "start", "prices")) == (
        "Scope",
        "Deliverables",
        "Start",
    )
    assert gaps(PAPER, tuple(LABELS)) == ()


def test_a_template_may_require_what_documents_do_not_have() -> None:
    assert gaps(Document(), ("company", "version")) == ()


def test_two_currencies_are_a_gap_whatever_is_required() -> None:
    mixed = replace(PAPER, prices=(*fee(1), *fee(1, "EUR")))
    assert gaps(mixed, ()) == ("one currency for all price lines",)


@pytest.mark.parametrize(
    ("quantity", "fits"),
    [("1", True), ("-1", True), ("1.000000000000001", False), ("2", False)],
)
def test_a_line_may_be_as_large_as_money_gets(quantity: str, *, fits: bool) -> None:
    largest = PriceLine(text="All", price=Money(10**15, "USD"), quantity=Decimal(quantity))
    assert money_fits(largest) is fits

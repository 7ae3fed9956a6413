"""What printed pages say, and that the templates can print it.

To renew the golden files: ``python -m tests.messages.letters``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from integrations.documents.renderer import TypstRenderer
from messages import printed, printed_evidence, printed_report
from messages.message import Json
from messages.report import ReportFacts
from tests.messages.globex import (
    APPROVED,
    AT,
    DOCUMENT,
    FIRST,
    INVOICE,
    SECOND,
    SENT,
    SIGNATURE,
    details,
    paid,
    request,
)
from tests.messages.letters import PAGES, certificate, goldens, pages, statement
from tests.workflows.harborlight import DIAN
from workflows.asset import AssetDetails
from workflows.deal import Outcome, Record, Version
from workflows.document import Deliverable, Document, PriceLine
from workflows.money import Money
from workflows.sales_asset import WORKFLOW as SALES_ASSET
from workflows.sow import WORKFLOW as SOW

ASSET = AssetDetails(
    requester_name="Ben Okafor",
    requester_role="Sales rep",
    asset_type="case_study",
    kind="new",
    purpose="For a proposal next month.",
    deadline=date(2026, 12, 18),
)
TEMPLATES = Path(__file__).parents[2] / "integrations/documents/templates"
FILES = {path: said for path, said in goldens() if path.parent == PAGES}
PRINTED = {name: page for name, page in pages() if name != "sow empty"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_says_what_its_golden_file_says(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == FILES[path]


def test_every_golden_file_belongs_to_a_page() -> None:
    assert set(PAGES.iterdir()) == set(FILES)


@pytest.mark.parametrize("name", PRINTED)
def test_its_template_prints_it(name: str) -> None:
    renderer = TypstRenderer(seconds=30)
    key = name.split(maxsplit=1)[0]
    source = "\n".join((TEMPLATES / f"{each}.typ").read_text() for each in ("style", key))
    template = renderer.template(key, 0, source)
    assert renderer.pdf(template, PRINTED[name]).startswith(b"%PDF-")


@pytest.mark.parametrize("name", PRINTED)
def test_it_is_json(name: str) -> None:
    assert json.loads(json.dumps(PRINTED[name])) == PRINTED[name]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            PriceLine(text="All", price=Money.of(1500, "JPY"), quantity=Decimal("2.50")),
            {"quantity": "2.50", "unit_price": "1,500 JPY", "amount": "3,750 JPY"},
        ),
        (
            PriceLine(text="All", price=Money.of("1234.567", "KWD"), quantity=Decimal("1E+3")),
            {"quantity": "1,000", "unit_price": "1,234.567 KWD", "amount": "1,234,567.000 KWD"},
        ),
        (
            PriceLine(text="All", price=Money.of("0.0001", "CLF"), quantity=Decimal("0.5")),
            {"quantity": "0.5", "unit_price": "0.0001 CLF", "amount": "0.0001 CLF"},
        ),
        (
            PriceLine(text="All", price=Money(-(10**15), "USD")),
            {
                "quantity": "1",
                "unit_price": "-10,000,000,000,000.00 USD",
                "amount": "-10,000,000,000,000.00 USD",
            },
        ),
    ],
)
def test_amounts_and_quantities_are_exact(line: PriceLine, said: Json) -> None:
    page = statement(Document(prices=(line,)), AT, draft=False)
    assert page["prices"] == [{"text": "All", **said}]
    assert page["total"] == said["amount"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (Document(), "One-off"),
        (Document(fee="recurring"), "Recurring"),
        (Document(fee="recurring", billing_period="monthly"), "Billed every month"),
        (Document(fee="recurring", billing_period="quarterly"), "Billed every quarter"),
        (Document(fee="recurring", billing_period="yearly"), "Billed every year"),
        (Document(fee="recurring", billing_period="every 10 days"), "Billed every 10 days"),
    ],
)
def test_how_the_fee_is_charged(document: Document, said: str) -> None:
    assert statement(document, AT, draft=True)["fee"] == said


def test_a_document_is_dated_in_the_zone_of_its_instant_and_stamped_in_utc() -> None:
    tokyo = datetime.fromisoformat("2026-11-22T08:30:00+09:00")
    page = statement(DOCUMENT, tokyo, draft=False)
    assert (page["date"], page["issued_at"]) == ("22 November 2026", "2026-11-21T23:30:00+00:00")
    page = statement(DOCUMENT, tokyo.astimezone(UTC), draft=False)
    assert (page["date"], page["issued_at"]) == ("21 November 2026", "2026-11-21T23:30:00+00:00")


def test_peoples_text_keeps_its_lines_and_loses_what_cannot_be_seen() -> None:
    typed = "#read(1)\x00 $x$\r\n*b* \u202ec\u0007\n\n\n\n- d | e\n"
    document = replace(DOCUMENT, title=typed, scope=typed, deliverables=(Deliverable(title=typed),))
    page = statement(document, AT, draft=False)
    assert page["scope"] == "#read(1) $x$\n*b* c\n\n- d | e"
    assert page["title"] == page["deliverables"][0]["title"] == "#read(1) $x$ *b* c - d | e"


def test_the_companys_own_notes_are_never_printed() -> None:
    for name, page in pages():
        assert "late last year" not in json.dumps(page), name


def test_an_invoice_for_everything_lists_what_was_agreed() -> None:
    whole = replace(INVOICE, amount=DOCUMENT.total)
    page = printed.invoice(whole, DOCUMENT, company="Harborlight", ref="SOW-7")
    assert [each["text"] for each in page["lines"]] == ["Consulting days", "Training"]
    unnamed = replace(INVOICE, label="")
    page = printed.invoice(unnamed, DOCUMENT, company="Harborlight", ref="SOW-7")
    assert page["lines"] == [{"text": "Reporting over our API", "amount": "90,000.00 USD"}]


def test_nothing_is_certified_that_was_not_approved() -> None:
    with pytest.raises(ValueError, match="SOW-7"):
        certificate(SENT)


def test_a_certificate_is_about_the_version_that_was_signed() -> None:
    earlier = replace(APPROVED, signature=replace(SIGNATURE, version=1))
    page = certificate(earlier)
    assert (page["version"], page["total"], page["sha256"]) == (1, "175,000.00 USD", "1" * 64)


def test_the_signers_address_is_that_of_the_signature() -> None:
    moved = replace(APPROVED, signature=replace(SIGNATURE, at=AT + timedelta(days=9)))
    assert (certificate(APPROVED)["signer"]["ip"], certificate(moved)["signer"]["ip"]) == (
        "192.0.2.7",
        "",
    )


@pytest.mark.parametrize(
    ("version", "said"),
    [
        (SECOND, "sent to the client on 21 November 2026, 10:00 UTC"),
        (replace(SECOND, sent_at=None), "not sent"),
        (replace(SECOND, sent_at=None, sha256=""), "not rendered"),
        (replace(SECOND, sent_at=None, sha256="", trouble="Line 3"), "not rendered"),
        (FIRST, "changes asked for by the client"),
        (replace(SECOND, outcome=Outcome.EXPIRED), "expired without an answer"),
    ],
)
def test_what_became_of_a_version(version: Version, said: str) -> None:
    record = replace(APPROVED, versions=(version,))
    page = story({}, [], details=details(record))
    assert [each["state"] for each in page["versions"]] == [said]


def test_people_are_named_and_whoever_is_unknown_keeps_an_id() -> None:
    assert story({DIAN: "Dian Porter"}, [])["versions"][0]["by"] == "Dian Porter"
    assert story({}, [])["versions"][0]["by"] == DIAN


def test_a_timeline_knows_what_is_paid() -> None:
    record = replace(APPROVED, invoices=(paid(INVOICE),))
    invoice = story({}, [], details=details(record))["invoices"][0]
    assert (invoice["status"], invoice["balance"]) == ("paid", "0.00 USD")


def test_a_request_without_a_document_has_a_story_too() -> None:
    before = story({}, [(AT, "Asked.")], details=replace(details(APPROVED), record=Record()))
    assert (before["title"], before["versions"]) == ("Services for Globex", [])
    asset = replace(
        request(), workflow="sales_asset", ref="AST-1", stage="in_triage", details=ASSET
    )
    page = printed_evidence.timeline(asset, SALES_ASSET, [], [], {}, "Harborlight", AT)
    assert (page["client"], page["versions"], page["invoices"]) == ("Harborlight", [], [])


def test_a_chart_shows_the_figures_that_there_are() -> None:
    facts = ReportFacts(title="T", period="P", closed=0, open=1, payment_days_late=-1, score=5.0)
    page = printed_report.report(facts, AT)
    assert [(each["value"], each["name"]) for each in page["figures"]] == [
        ("0", "ended"),
        ("1", "still open"),
        ("1 day", "or more before the due day for half of the payments"),
        ("5.0", "of 5, from 0 opinions"),
    ]


def story(
    names: Mapping[str, str], entries: Sequence[tuple[datetime, str]], **changes: object
) -> Json:
    """The timeline of the deal, some of whose parts are other ones."""
    told = replace(request(), **changes)  # type: ignore[arg-type]  # fields by name
    return printed_evidence.timeline(told, SOW, entries, [], names, "Harborlight", AT)

"""The log of all requests for assets: who may have it, and what a spreadsheet makes of it."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot import request_log
from bot.desk import Desk
from messages.spreadsheet import as_csv, as_xlsx
from tests.bot.open_desk import open_desk
from workflows.asset import AssetDetails, AssetRecord
from workflows.asset_parts import Feedback, Verdict
from workflows.request import Request

READER = "U_SOL"
"""Somebody of triage."""

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ASKED = datetime(2026, 11, 24, 3, tzinfo=UTC)
"""Still the 23rd in New York, where the company is."""

FORMULAS = (
    '=HYPERLINK("https://evil.example","Click")',
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "=1+1",
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


def asked(desk: Desk, number: int, purpose: str, **more: object) -> None:
    """Store a request as it stands now."""
    record = more.pop("record", AssetRecord())
    assert isinstance(record, AssetRecord)
    details = AssetDetails(
        requester_name="Ben Okafor",
        requester_role="Sales rep",
        asset_type="case_study",
        kind="new",
        purpose=purpose,
        deadline=date(2027, 2, 1),
        industry="Fintech",
        record=record,
    )
    values: dict[str, object] = {"stage": "submitted", "due_on": None, "owner": None} | more
    request = Request(
        workflow="sales_asset",
        ref=f"AST-{number}",
        stage=str(values["stage"]),
        asker="U_BEN",
        details=details,
        created_at=ASKED,
        since=ASKED,
        owner="U_MIA" if values["owner"] else None,
        due_on=date(2026, 12, 4) if values["due_on"] else None,
    )
    with desk.store.unit() as unit:
        unit.requests.add(request, "")
        unit.commit()


def read_xlsx(content: bytes) -> list[list[str]]:
    """Return the cells of the first sheet, as Excel finds them; none may be a formula or a link."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))  # noqa: S314 - ours
        shared = ET.fromstring(book.read("xl/sharedStrings.xml"))  # noqa: S314 - ours
        assert not [name for name in book.namelist() if "externalLink" in name or "macro" in name]
    assert sheet.findall(f".//{SHEET}f") == []
    assert sheet.findall(f".//{SHEET}hyperlink") == []
    texts = ["".join(part.itertext()) for part in shared.findall(f"{SHEET}si")]
    rows = []
    for row in sheet.findall(f".//{SHEET}row"):
        cells = row.findall(f"{SHEET}c")
        assert {cell.get("t") for cell in cells} <= {"s", None}
        rows.append([texts[int(cell.findtext(f"{SHEET}v", "0"))] for cell in cells])
    return rows


def read_csv(content: bytes) -> list[list[str]]:
    """Return the rows as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_row_says_how_a_request_went_by_the_companys_calendar(desk: Desk) -> None:
    delivered = AssetRecord(
        priority="7",
        accepted_at=datetime(2026, 11, 25, 15, tzinfo=UTC),
        delivered_at=datetime(2026, 12, 5, 3, tzinfo=UTC),
        shelved_as="SHELF-1",
        feedback=(
            Feedback(by="U_BEN", at=ASKED, verdict=Verdict.NOT_USED_YET),
            Feedback(by="U_BEN", at=ASKED, verdict=Verdict.HELPED, word="It won the deal."),
        ),
    )
    asked(desk, 1, "For the\n  proposal\tto Initech.", record=delivered, owner=True, due_on=True)
    [row] = request_log.rows_of(desk, READER)
    found = dict(zip(request_log.COLUMNS, row, strict=True))

    assert {name: text for name, text in found.items() if text} == {
        "reference": "AST-1",
        "asked on": "2026-11-23",
        "requester": "Ben Okafor",
        "role": "Sales rep",
        "type": "case_study",
        "kind": "new",
        "purpose": "For the proposal to Initech.",
        "industry": "Fintech",
        "reuse": "one_off",
        "deadline": "2027-02-01",
        "stage": "Waiting for triage",
        "since": "2026-11-23",
        "priority": "7",
        "owner": "U_MIA",
        "due on": "2026-12-04",
        "accepted on": "2026-11-25",
        "versions": "0",
        "delivered on": "2026-12-04",
        "days to deliver": "11",
        "kept its date": "yes",
        "on the shelf as": "SHELF-1",
        "feedback": "helped",
        "word": "It won the deal.",
    }


def test_every_request_has_a_row_however_many(desk: Desk) -> None:
    for number in range(1, 452):
        asked(desk, number, "Many.", stage="closed" if number % 2 else "submitted")

    refs = [row[0] for row in request_log.rows_of(desk, READER)]

    assert sorted(refs) == sorted(f"AST-{number}" for number in range(1, 452))
    assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("purpose", FORMULAS)
def test_no_cell_is_a_formula(desk: Desk, purpose: str) -> None:
    asked(desk, 1, purpose)
    rows = list(request_log.rows_of(desk, READER))
    at = request_log.COLUMNS.index("purpose")

    [_, in_excel] = read_xlsx(as_xlsx("Requests", request_log.COLUMNS, rows))
    [_, in_csv] = read_csv(as_csv(request_log.COLUMNS, rows))

    assert purpose in in_excel
    assert in_csv[at] == f"'{purpose}"


def test_a_text_of_any_kind_makes_a_file_that_opens(desk: Desk) -> None:
    said = 'Søn & Co <b> "quoted", comma; \N{SNOWMAN} https://drive.example/x ' + "long " * 400
    asked(desk, 1, said)
    rows = list(request_log.rows_of(desk, READER))

    [head, row] = read_xlsx(as_xlsx("Requests", request_log.COLUMNS, rows))

    assert tuple(head) == request_log.COLUMNS
    assert any(cell.startswith('Søn & Co <b> "quoted", comma; \N{SNOWMAN}') for cell in row)
    [same_head, same] = read_csv(as_csv(request_log.COLUMNS, rows))
    assert (tuple(same_head), tuple(same)) == (request_log.COLUMNS, rows[0])

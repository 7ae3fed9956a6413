"""Tables for spreadsheets: CSV and XLSX in which every cell is a text and none a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SIGN = re.compile(r'(?<![;\s"\0])[;\s"\0]*+(?=[=+\-@\uff1d\uff0b\uff0d\uff20])')
"""What stands before a sign that begins a formula; Japanese Excel takes wide ones for signs too."""

_PARTS = frozenset(";\t\r\n")
"""What may part cells beside the comma, by the reader's language."""

_BEGINNINGS = ("\t", "\r", "\0")
"""What must begin no cell, whatever follows."""

_WIDTH = 18


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as CSV (RFC 4180, UTF-8 with a mark); every cell quoted, none a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as an Excel file of texts; no cell is a formula or a link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True})
        for column, name in enumerate(columns):
            sheet.write_string(0, column, name, bold)
        number = 0
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, number), len(columns) - 1)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
    return out.getvalue()


def harmless(cell: str) -> str:
    """Return a cell of which no spreadsheet takes any part for a formula (OWASP, CSV injection).

    Where one could begin an apostrophe is put in: at the start and, as quotes keep a cell together
    only for whoever parts at commas, behind ``;``, tabs and ends of lines. Other signs stay.
    """
    begun = "'" if cell.startswith(_BEGINNINGS) else ""
    return begun + _SIGN.sub(_apart, cell)


def _apart(before: re.Match[str]) -> str:
    begins = before.start() == 0 or not _PARTS.isdisjoint(before[0])
    return before[0] + "'" * begins

"""What is said around a report: the words under its picture, and how far its file is."""

from messages import limits, rows
from messages.buttons import AskReport, Sheet
from messages.charts import Chart
from messages.message import Message
from messages.templates import render
from workflows.definition import Style

CSV, XLSX = "csv", "xlsx"


def shown(chart: Chart, sheet: Sheet, *, more: str) -> Message:
    """Return the figures in words, with the buttons that hand over the rows behind them.

    ``more`` is the workflow at which the form begins when another report is asked for.
    """
    said = render("desk/chart_words", chart=chart)
    buttons = (
        rows.button("CSV", _in(sheet, CSV)),
        rows.button("XLSX", _in(sheet, XLSX)),
        rows.button("Another report", AskReport(more)),
    )
    return rows.message(said, rows.row(*buttons))


def nothing(title: str, period: str, scope: str) -> Message:
    """Return that there is nothing to draw."""
    return rows.message(render("desk/chart_nothing", title=title, period=period, scope=scope))


def making(name: str, read: int, written: int) -> Message:
    """Return that a long file is being made: how many rows were read, and of them written."""
    return rows.message(render("desk/sheet_making", name=name, read=read, written=written))


def made(name: str, count: int | None, *, hidden: bool) -> Message:
    """Return that the file is there, and how many rows it has, where that is known.

    ``hidden``: some rows are of requests that its reader may not see, and not in it.
    """
    return rows.message(render("desk/sheet_made", name=name, count=count, hidden=hidden))


def file_said(name: str, count: int, *, hidden: bool) -> str:
    """Return the line above a file that was made at once, as mrkdwn."""
    return made(name, count, hidden=hidden).text


def too_long(name: str, most: int) -> Message:
    """Return that there would be too many rows for a file."""
    return rows.message(render("desk/sheet_too_long", name=name, most=most))


def not_theirs(name: str) -> Message:
    """Return that the file is not made, for its reader may not read the report any more."""
    return rows.message(render("desk/sheet_not_theirs", name=name))


def offering(message: Message, workflow: str) -> Message:
    """Return the message with a button that leads to the reports as pictures."""
    button = rows.button("Reports as pictures", AskReport(workflow), Style.PRIMARY)
    blocks = (*message.blocks[: limits.MESSAGE_BLOCKS - 1], rows.row(button))
    return Message(message.text, blocks)


def _in(sheet: Sheet, form: str) -> Sheet:
    return Sheet(
        form=form,
        report=sheet.report,
        first=sheet.first,
        last=sheet.last,
        workflow=sheet.workflow,
        person=sheet.person,
        client=sheet.client,
    )

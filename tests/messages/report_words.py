"""Everything that is said around reports as pictures."""

from collections.abc import Iterator

from messages import home, reports
from messages.buttons import Sheet
from messages.charts import Bar, Chart, Panel, Shape
from messages.problem import whisper
from tests.messages.demo import Said
from tests.workflows.harborlight import RYAN
from workflows.sow import WORKFLOW as SOW

OWED = Panel(
    title="Balance in USD, by days late",
    keys=("USD",),
    bars=(
        Bar(name="1 day to 7 late", sizes=(750.0,), text="750.00 USD in 1 invoice"),
        Bar(name="8 days to 30", sizes=(0.0,), text="nothing"),
    ),
)
BY_DAY = Panel(
    title="Requests by day",
    keys=("asked for", "ended"),
    shape=Shape.COLUMNS,
    bars=(
        Bar(name="1 Oct", sizes=(2, 0), text="2 asked for, 0 ended"),
        Bar(name="2 Oct", sizes=(0, 0), text=""),
    ),
)
CHART = Chart(
    title="Overdue money",
    period="as of 2 Nov 2026",
    scope="Statement of Work, R&D <Globex>",
    figures=(("in 1 invoice", "750.00 USD"), ("in 2 invoices", "2,000,000 JPY")),
    panels=(OWED, BY_DAY),
    note="Also, in the file: EUR.",
)
SHEET = Sheet(form="", report="overdue", first="2026-11-02", last="2026-11-02", client="Globex")
NAME = "overdue-2026-11-02-101500.xlsx"


def everything_of_reports() -> Iterator[tuple[str, Said]]:
    """Yield every message, by the name of its golden file."""
    yield "chart", reports.shown(CHART, SHEET, more="sow")
    yield "chart bare", reports.shown(Chart(title="Asset reuse", period="May"), SHEET, more="sow")
    yield "chart nothing", reports.nothing("Overdue money", "as of 2 Nov 2026", "Globex")
    yield "chart nothing at all", reports.nothing("Asset reuse", "1 May 2026 to 3 May 2026", "")
    yield "sheet begun", reports.making(NAME, 0, 0)
    yield "sheet read", reports.making(NAME, 4000, 0)
    yield "sheet written", reports.making(NAME, 12_345, 4000)
    yield "sheet made", reports.made(NAME, 12_345, hidden=False)
    yield "sheet of one", reports.made(NAME, 1, hidden=True)
    yield "sheet there already", reports.made(NAME, None, hidden=False)
    yield "sheet too long", reports.too_long(NAME, 100_000)
    yield "sheet not theirs", reports.not_theirs(NAME)
    yield "reports offered", reports.offering(whisper("The review is on its way."), "sow")
    pictures = [home.HomePicture("F1", "750.00 USD late")]
    tab = home.HomeFacts(to=RYAN, waiting=home.Listed(), askable=[SOW], pictures=pictures)
    yield "home pictures", home.home(tab)

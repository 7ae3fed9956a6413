"""For which clients the open requests are."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.reports.readers import usual
from bot.reports.reading import open_requests
from bot.reports.report import Report
from bot.reports.scope import Scope, client_of
from messages.charts import Bar, Chart, Panel
from messages.filters import counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """An open request."""

    ref: str
    client: str


def rows(scope: Scope) -> Iterator[Open]:
    """Yield every open request that is for a client."""
    for _workflow, request in open_requests(scope):
        if client := client_of(request):
            yield Open(ref=request.ref, client=client)


def chart(scope: Scope, found: Sequence[Open]) -> Chart:
    """Return how many there are for each client."""
    clients = Counter(each.client for each in found)
    return Chart(
        title=REPORT.name,
        period=f"as of {scope.wish.period}",
        scope=scope.words,
        figures=(("clients", counted(len(clients))),),
        panels=(
            Panel(
                title="Open requests by client",
                keys=("requests",),
                bars=tuple(
                    Bar(name=client, sizes=(count,), text=counted(count))
                    for client, count in clients.most_common()
                ),
            ),
        ),
    )


REPORT = Report(
    key="clients",
    name="Open requests by client",
    readers=usual,
    rows=rows,
    chart=chart,
    columns=("reference", "client"),
    cells=lambda row: (row.ref, row.client),
    client=True,
    as_of_today=True,
)

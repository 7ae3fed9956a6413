"""A report as a value: who may read it, the rows, the chart that they make, and the sheet."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.reports.scope import Scope
from messages.charts import Chart
from workflows.roles import Role

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Generic[Row]):
    """What is counted, for whom, and how it is shown.

    ``readers`` says who may read it of the workflow with that key: nobody, where nobody is named.
    ``person``: what a person means that it is narrowed down to, "" where none can be chosen; so
    ``client``. ``as_of_today``: it shows how things stand, whatever the days. ``on_home``: of
    which workflows readers find the picture of the month before on their Home tab. ``money``: it is
    about amounts. ``lists_all``:
    its readers may have every row; else each only of requests that they may see.
    """

    key: str
    name: str
    readers: Callable[[str], Collection[Role]]
    rows: Callable[[Scope], Iterator[Row]]
    chart: Callable[[Scope, Sequence[Row]], Chart]
    columns: tuple[str, ...]
    cells: Callable[[Row], tuple[str, ...]]
    person: str = ""
    client: bool = False
    as_of_today: bool = False
    lists_all: bool = False
    on_home: tuple[str, ...] = ()
    money: bool = False


AnyReport = Report[Any]

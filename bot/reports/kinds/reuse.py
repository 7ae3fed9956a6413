"""How often what is on the shelf was used again."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.ports import Seen
from bot.reports.buckets import by_month, place
from bot.reports.readers import SHELF, shelf
from bot.reports.reading import months
from bot.reports.report import Report
from bot.reports.scope import Scope
from messages.charts import Bar, Chart, Panel, Shape
from messages.filters import counted

_DEAL, _ASK = "used in a deal", "answered a request"
_KINDS = {Seen.USED: _DEAL, Seen.REUSED: _ASK}
_TOP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An asset was used ``on`` a day; ``about``: the deal, or the request that it answered."""

    on: date
    ref: str
    title: str
    what: str
    person: str
    about: str


def rows(scope: Scope) -> Iterator[Use]:
    """Yield every use of an asset, oldest first."""
    zone = scope.desk.company.zone
    for month in months(scope.stretch):
        with scope.desk.store.unit() as unit:
            seen = unit.observations.between(month.since, month.until, *_KINDS)
            assets = unit.requests.several({each.ref for each in seen})
        scope.learn({each.user for each in seen})
        for each in seen:
            if scope.is_about(each.user):
                asset = assets.get(each.ref)
                yield Use(
                    on=each.at.astimezone(zone).date(),
                    ref=each.ref,
                    title=str(getattr(asset.details, "title", "")) if asset else "",
                    what=_KINDS[each.what],
                    person=scope.name(each.user),
                    about=each.about,
                )


def chart(scope: Scope, found: Sequence[Use]) -> Chart:
    """Return the uses by month, and the assets that were used the most."""
    kinds = tuple(_KINDS.values())
    buckets = by_month(scope.wish.first, scope.wish.last)
    by_bucket = Counter((place(buckets, each.on), each.what) for each in found)
    by_asset = Counter((each.ref, each.what) for each in found)
    titles = {each.ref: each.title for each in found}
    totals = Counter(each.ref for each in found)
    top = sorted(totals, key=lambda each: (-totals[each], each))[:_TOP]
    return Chart(
        title=REPORT.name,
        period=scope.wish.period,
        scope=scope.name(scope.wish.person) if scope.wish.person else "",
        figures=(
            *((kind, counted(sum(each.what == kind for each in found))) for kind in kinds),
            ("assets used again", counted(len(totals))),
        ),
        panels=(
            Panel(
                title="Uses by month",
                keys=kinds,
                bars=tuple(
                    _bar(each.name, tuple(by_bucket[nth, kind] for kind in kinds))
                    for nth, each in enumerate(buckets)
                ),
                shape=Shape.COLUMNS,
            ),
            Panel(
                title="Assets used the most, uses",
                keys=kinds,
                bars=tuple(
                    _bar(f"{ref} {titles[ref]}", tuple(by_asset[ref, kind] for kind in kinds))
                    for ref in top
                ),
            ),
        ),
    )


def _bar(name: str, sizes: tuple[int, ...]) -> Bar:
    total = sum(sizes)
    said = f"{counted(total)} {'use' if total == 1 else 'uses'}" if total else ""
    return Bar(name=name.strip(), sizes=sizes, text=said)


REPORT = Report(
    key="reuse",
    name="Asset reuse",
    readers=shelf,
    rows=rows,
    chart=chart,
    columns=("day", "asset", "title", "what", "by", "deal or request"),
    cells=lambda row: (row.on.isoformat(), row.ref, row.title, row.what, row.person, row.about),
    person="who used it",
    lists_all=True,
    on_home=(SHELF,),
)

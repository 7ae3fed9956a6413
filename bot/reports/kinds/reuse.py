"""How often what is on the shelf was used again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.facts import involved, visible
from bot.ports import Observation, Seen, Unit
from bot.reports.buckets import by_month, place
from bot.reports.readers import SHELF, shelf
from bot.reports.reading import months
from bot.reports.report import Report
from bot.reports.scope import Scope
from messages.charts import Bar, Chart, Panel, Shape
from messages.filters import counted
from workflows.privacy import is_private
from workflows.request import Request

_DEAL, _ASK = "used in a deal", "answered a request"
_KINDS = {Seen.USED: _DEAL, Seen.REUSED: _ASK}
_TOP = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """An asset was used ``on`` a day; ``about``: the deal, or the request that it answered.

    Of a private request that its reader may not see, neither it nor who asked is said.
    """

    on: date
    ref: str
    title: str
    what: str
    person: str
    about: str


def rows(scope: Scope) -> Iterator[Use]:
    """Yield every use of an asset, oldest first.

    What answered somebody's private request is no part of what is narrowed down to them.
    """
    zone = scope.desk.company.zone
    for month in months(scope.stretch):
        with scope.desk.store.unit() as unit:
            seen = unit.observations.between(month.since, month.until, *_KINDS)
            assets = unit.requests.several({each.ref for each in seen})
            secret = _secret(scope, unit, seen)
        scope.learn({each.user for each in seen if each.about not in secret})
        for each in seen:
            is_secret = each.about in secret
            if is_secret and scope.wish.person:
                scope.hidden.add(each.about)
            elif scope.is_about(each.user):
                asset = assets.get(each.ref)
                yield Use(
                    on=each.at.astimezone(zone).date(),
                    ref=each.ref,
                    title=str(getattr(asset.details, "title", "")) if asset else "",
                    what=_KINDS[each.what],
                    person="" if is_secret else scope.name(each.user),
                    about="" if is_secret else each.about,
                )


def _secret(scope: Scope, unit: Unit, seen: Iterable[Observation]) -> frozenset[str]:
    """Return which of the requests that were answered are private, and not for the reader.

    Of one that is not kept any more nobody can tell: it counts as such.
    """
    refs = {each.about for each in seen if each.what is Seen.REUSED and each.about}
    found = unit.requests.several(refs)
    return frozenset(
        ref for ref in refs if ref not in found or not _may_see(scope, unit, found[ref])
    )


def _may_see(scope: Scope, unit: Unit, request: Request) -> bool:
    if not is_private(request):
        return True
    workflow = scope.desk.workflows[request.workflow]
    office = scope.desk.office(unit, workflow, scope.reader)
    return visible(workflow, request, scope.reader, office, involved(unit, request))


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

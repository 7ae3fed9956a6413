"""The assets and the open requests for assets of a made-up company, each as the bot keeps it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from bench.prose import Prose
from bot.keeping import DEFAULTS, slug
from bot.ports import Deal, Indexed, KnownDeal, Observation, Rank, Seen
from bot.shelf.indexing import indexed as indexed_asset
from bot.triage.ranking import indexed as indexed_request
from workflows.asset import AssetDetails, AssetRecord
from workflows.money import Money
from workflows.priority import DealFacts, Goal, Standing, Worth, score
from workflows.request import Request
from workflows.shelved import ShelfDetails, ShelfRecord, ShelfVersion
from workflows.standing import standing
from workflows.triaging import WAITING

PEOPLE = ("U_ANA", "U_BEN", "U_MIA", "U_PRIYA", "U_LEO")
DEALS = 2_000
INDUSTRIES = DEFAULTS["industries"]
LENGTH = 300
"""Words in the file of an asset."""

_TYPES = tuple(map(slug, DEFAULTS["asset_types"]))
_STAGES = ("submitted", *("in_triage",) * 9, "deferred", "returned")
_UNDER_WAY = ("accepted", "in_development", "in_development", "in_review", "changes_requested")
_GOALS = (Goal(name="Win banks", weight=10), Goal(name="Renewals", weight=4))
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asset:
    """An asset on the shelf, how it is found, and who took it."""

    request: Request
    indexed: Indexed
    seen: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """An open request for an asset, how it is found, and where it stands in triage."""

    request: Request
    indexed: Indexed
    rank: Rank


@dataclass(frozen=True, slots=True)
class Stock:
    """Makes them, each another one. ``now`` is UTC, ``zone`` the company's."""

    prose: Prose
    now: datetime
    zone: tzinfo

    def asset(self, number: int) -> Asset:
        """Return an asset of the last three years; one in ten is outdated."""
        prose, ref = self.prose, f"SHELF-{number}"
        at = self.ago(3 * 365)
        owner = prose.one(PEOPLE)
        details = ShelfDetails(
            title=f"{prose.title()} {prose.name() if number % 4 == 0 else ''}".strip(),
            whom_for=prose.text(6),
            use_when=prose.text(10),
            asset_type=prose.one(_TYPES),
            industries=(prose.one(INDUSTRIES),),
            audiences=(prose.one(DEFAULTS["audiences"]),),
            languages=(prose.one(DEFAULTS["languages"]),),
            review_by=at.date() + timedelta(days=180),
            record=ShelfRecord(versions=(ShelfVersion(number=1, at=at, by=owner, link=_at(ref)),)),
        )
        request = Request(
            workflow="shelf",
            ref=ref,
            stage="outdated" if prose.random.random() < 0.1 else "current",  # noqa: PLR2004 - a tenth
            asker=owner,
            owner=owner,
            details=details,
            created_at=at,
            since=at,
        )
        text = f"version 1\n{details.whom_for}\n{details.use_when}\n{prose.name()} "
        return Asset(request, indexed_asset(request, text + prose.text(LENGTH)), self._taken(ref))

    def ask(self, number: int) -> Ask:
        """Return an open request of the last 60 days, some of them at risk or overdue."""
        prose, at = self.prose, self.ago(60)
        deadline = at.date() + timedelta(days=prose.random.randint(20, 120))
        is_under_way = prose.random.random() < 0.3  # noqa: PLR2004 - three in ten
        deal = prose.random.randrange(DEALS) if number % 2 else None
        request = Request(
            workflow="sales_asset",
            ref=f"AST-{number}",
            stage=prose.one(_UNDER_WAY if is_under_way else _STAGES),
            asker=prose.one(PEOPLE),
            owner=prose.one(PEOPLE) if is_under_way else None,
            due_on=deadline if is_under_way else None,
            details=AssetDetails(
                requester_name="Ana Silva",
                requester_role="Sales rep",
                asset_type=prose.one(_TYPES),
                kind="new",
                purpose=f"{prose.title()} {prose.name() if number % 4 == 0 else ''}".strip(),
                deadline=deadline,
                industry=prose.one(INDUSTRIES),
                audience=prose.text(4),
                goal=prose.one(("", *(each.name for each in _GOALS))),
                special_notes=prose.text(25),
                opportunity="" if deal is None else f"D-{deal}",
                reuse=prose.one(("one_off", "reusable")),
                record=AssetRecord(accepted_at=at if is_under_way else None),
            ),
            created_at=at,
            since=at,
        )
        return Ask(request, indexed_request(request), self._rank(request, deal))

    def ago(self, days: int) -> datetime:
        """Return an instant of the last so many days."""
        return self.now - timedelta(seconds=self.prose.random.randrange(days * 86_400))

    def _rank(self, request: Request, deal: int | None) -> Rank:
        details, today = request.details, self.now.astimezone(self.zone).date()
        worth = Worth(
            deadline=details.deadline,
            reusable=details.reuse == "reusable",
            goal=details.goal,
            deal=None if deal is None else _facts(deal, today),
            opportunity=details.opportunity,
        )
        result, stand = score(worth, today, goals=_GOALS), standing(request, today, self.zone)
        is_new = stand.standing is Standing.WAITING and self.now - request.created_at < _WEEK
        return Rank(
            ref=request.ref,
            standing=Standing.NEW if is_new else stand.standing,
            score=result.total,
            parts=result.parts,
            queued=request.stage in WAITING,
            deal=details.opportunity,
            again_on=min(filter(None, (result.again_on, stand.again_on)), default=None),
        )

    def _taken(self, ref: str) -> tuple[Observation, ...]:
        opened, used = (
            Observation(
                key=f"{what.value}:{ref}",
                what=what,
                user=self.prose.one(PEOPLE),
                at=self.ago(365),
                ref=ref,
                about=about,
            )
            for what, about in (
                (Seen.OPENED, ""),
                (Seen.USED, f"D-{self.prose.random.randrange(DEALS)}"),
            )
        )
        return opened, used


def deals(now: datetime) -> Iterator[KnownDeal]:
    """Yield all deals, as they were told at ``now``; one in five was won."""
    for number in range(DEALS):
        deal = Deal(
            ref=f"D-{number}",
            name=f"Deal {number}",
            account="Globex",
            amount=_amount(number),
            stage="open" if number % 5 else "won",
            updated_at=now,
        )
        yield KnownDeal(ref=deal.ref, deal=deal, read_at=now)


def _amount(deal: int) -> Money:
    return Money(100_000 * (deal % 150 + 1), "USD")


def _facts(deal: int, today: date) -> DealFacts:
    closes = today + timedelta(days=deal % 90)
    return DealFacts(name=f"Globex – Deal {deal}", amount=_amount(deal), close_on=closes)


def _at(ref: str) -> str:
    return f"https://files.harborlight.example/{ref}"

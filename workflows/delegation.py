"""Standing in: who acts for whom, from when to when. Chains are followed, circles refused."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """``deputy`` acts for ``user`` from ``begins`` on and before ``ends`` (UTC).

    Without both it is a standing wish: whom ``user`` wants asked first, whenever they are away.
    """

    id: str
    user: str
    deputy: str
    begins: datetime | None = None
    ends: datetime | None = None
    note: str = ""
    set_by: str
    set_at: datetime
    ended_at: datetime | None = None
    ended_by: str = ""

    @property
    def is_standing(self) -> bool:
        """Whether it names the deputy for whenever they are away, and no dates."""
        return self.begins is None or self.ends is None

    def overlap(self, other: "Delegation") -> tuple[datetime, datetime] | None:
        """Return the time for which both hold, or None."""
        if self.begins is None or self.ends is None or other.begins is None or other.ends is None:
            return None
        begins, ends = max(self.begins, other.begins), min(self.ends, other.ends)
        return (begins, ends) if begins < ends else None

    def holds_at(self, at: datetime) -> bool:
        """Whether it holds at that instant."""
        if self.begins is None or self.ends is None or self.ended_at is not None:
            return False
        return self.begins <= at < self.ends

    def last_day(self, zone: tzinfo) -> date | None:
        """Return the last day of it for those who are in ``zone``."""
        return (
            None
            if self.ends is None
            else (self.ends - timedelta(seconds=1)).astimezone(zone).date()
        )


@dataclass(frozen=True, slots=True)
class Deputy:
    """Who acts for somebody, and who had a say in who that is besides the one who is away."""

    user: str
    chosen_by: frozenset[str] = frozenset()


def whole_days(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the instants (UTC) at which ``first`` begins and ``last`` has ended in ``zone``."""
    begins = datetime.combine(first, time.min, tzinfo=zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, tzinfo=zone)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def deputies(
    delegations: Iterable[Delegation], at: datetime, is_here: Callable[[str], bool]
) -> Mapping[str, Deputy]:
    """Return who acts for whom at that instant: the end of each chain of people who are away.

    Whoever is not ``is_here`` acts for nobody; then the one before them in the chain does. Where
    two gestures at once made a circle, nobody in it is stood in for.
    """
    named = {each.user: each for each in delegations if each.holds_at(at)}
    found = {user: _end(user, named, is_here) for user in named}
    return {user: deputy for user, deputy in found.items() if deputy.user != user}


def _end(user: str, named: Mapping[str, Delegation], is_here: Callable[[str], bool]) -> Deputy:
    """Follow the chain: everybody on the way, and whoever set a link of it, chose its end."""
    passed, chosen_by = [user], set[str]()
    while (following := named.get(passed[-1])) is not None and is_here(following.deputy):
        if following.deputy in passed:
            return Deputy(user)
        chosen_by |= {following.user, following.set_by}
        passed.append(following.deputy)
    return Deputy(passed[-1], frozenset(chosen_by - {user}))


def makes_a_circle(wanted: Delegation, others: Iterable[Delegation]) -> bool:
    """Whether ``wanted`` would, on some day, have somebody stand in for themselves at the end."""
    known = [each for each in others if each.ended_at is None]
    ahead = [(wanted, frozenset({wanted.deputy}))]
    while ahead:
        last, passed = ahead.pop()
        if last.deputy == wanted.user:
            return True
        for each in known:
            both = last.overlap(each)
            if each.user == last.deputy and each.deputy not in passed and both:
                common = replace(each, begins=both[0], ends=both[1])
                ahead.append((common, passed | {each.deputy}))
    return False

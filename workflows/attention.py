"""How somebody is reached: at once, when their quiet hours end, in a daily digest, or not at all.

Pure: what they want, the calendar, their zone, the instant and how often they were reached today
give the answer. Nobody is left waiting by it: what waits on them is never off, and in no digest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum
from types import MappingProxyType

from workflows.calendar import Calendar

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


class Wish(StrEnum):
    """How somebody wants to hear of a topic."""

    NOW = "now"
    DIGEST = "digest"
    OFF = "off"


class Topic(StrEnum):
    """What a message is about, for its reader."""

    ANSWERS = "answers"
    """What answers their own gesture."""
    DECISIONS = "decisions"
    """What waits on them: cards to decide, and reminders."""
    DUTIES = "duties"
    """Escalations, money owed, and trouble that only they can mend."""
    MINE = "mine"
    """News of what they asked for."""
    FOLLOWED = "followed"
    """News of what they handle, follow or use."""
    REPORTS = "reports"
    """Reports and lists that come by themselves."""

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]

    @property
    def choices(self) -> tuple[Wish, ...]:
        """What can be wished for it, the usual first; of one choice there is none."""
        return _CHOICES.get(self, (Wish.NOW,))


_LABELS: Mapping[Topic, str] = {
    Topic.ANSWERS: "Answers to what you do",
    Topic.DECISIONS: "Decisions and reminders",
    Topic.DUTIES: "Escalations, money owed and trouble",
    Topic.MINE: "News of my requests",
    Topic.FOLLOWED: "News of requests I follow",
    Topic.REPORTS: "Reports and lists",
}
_CHOICES: Mapping[Topic, tuple[Wish, ...]] = {
    Topic.MINE: (Wish.NOW, Wish.DIGEST),
    Topic.FOLLOWED: (Wish.NOW, Wish.DIGEST, Wish.OFF),
    Topic.REPORTS: (Wish.NOW, Wish.OFF),
}


@dataclass(frozen=True, slots=True)
class Quiet:
    """When somebody is left in peace, by the clock where they are.

    From ``begins`` until ``ends``, over midnight where it ends earlier than it begins; equal times
    are no time. With ``days_off`` also on every day on which nobody works.
    """

    begins: time = time(20)
    ends: time = time(8)
    days_off: bool = True

    def holds(self, at: datetime, zone: tzinfo, calendar: Calendar) -> bool:
        """Whether the instant ``at`` is quiet for somebody in ``zone``."""
        local = at.astimezone(zone)
        if self.days_off and not calendar.is_working_day(local.date()):
            return True
        return self._is_within(local.time())

    def until(self, at: datetime, zone: tzinfo, calendar: Calendar) -> datetime:
        """Return the first instant (UTC) from ``at`` on that is not quiet."""
        now = at.astimezone(UTC)
        found = now
        while self.holds(found, zone, calendar):
            found = self._next(found, zone, calendar)
        # An end in the hour that is left out in spring lies after it by the clock alone.
        while found - _MINUTE >= now and not self.holds(found - _MINUTE, zone, calendar):
            found -= _MINUTE
        return found

    def _is_within(self, clock: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends

    def _next(self, at: datetime, zone: tzinfo, calendar: Calendar) -> datetime:
        """Return when the reason for which it is quiet at ``at`` ends."""
        local = at.astimezone(zone)
        day, clock = local.date(), local.time()
        if self.days_off and not calendar.is_working_day(day):
            return _instant(datetime.combine(day + _DAY, time.min), zone, at)
        is_late = self.begins > self.ends and clock >= self.begins
        return _instant(datetime.combine(day + is_late * _DAY, self.ends), zone, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How somebody wants to be reached; as it stands here unless the company or they say else.

    ``digest_at``: at what time of a working day their digest comes. ``most_pings``: how many
    messages a day may sound before what follows is put together. ``urgent_passes``: escalations
    come in quiet hours, too.
    """

    wishes: Mapping[Topic, Wish] = field(default_factory=lambda: MappingProxyType({}))
    quiet: Quiet = Quiet()
    digest_at: time = time(9)
    most_pings: int = 20
    urgent_passes: bool = False

    def wish(self, topic: Topic) -> Wish:
        """Return how they want to hear of ``topic``; what it does not allow counts as not said."""
        wished = self.wishes.get(topic, topic.choices[0])
        return wished if wished in topic.choices else topic.choices[0]

    def digest(self, at: datetime, zone: tzinfo, calendar: Calendar) -> datetime:
        """Return the instant (UTC) of the first digest after ``at``: on a working day."""
        day = at.astimezone(zone).date()
        while True:
            if calendar.is_working_day(day):
                comes = datetime.combine(day, self.digest_at, tzinfo=zone).astimezone(UTC)
                if comes > at:
                    return comes
            day += _DAY


@dataclass(frozen=True, slots=True)
class Deliver:
    """Now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before ``until`` (UTC); then it is decided anew."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Gather:
    """In the digest that comes ``at`` (UTC)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Combine:
    """In the one message that says how much waits."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all."""


Verdict = Deliver | Wait | Gather | Combine | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who is to be reached ``now``: how, where they are, and how often they were today."""

    manner: Manner
    calendar: Calendar
    zone: tzinfo
    now: datetime
    pings: int = 0

    def hears(self, topic: Topic, *, urgent: bool = False) -> Verdict:
        """Return when a message about ``topic`` reaches them. ``urgent``: it is an escalation.

        Quiet hours come before the cap: what waits is counted on the day on which it comes.
        """
        if topic is Topic.ANSWERS:
            return Deliver()
        wish = self.manner.wish(topic)
        if wish is Wish.OFF:
            return Drop()
        if wish is Wish.DIGEST:
            return Gather(self.manner.digest(self.now, self.zone, self.calendar))
        if not (urgent and self.manner.urgent_passes):
            free = self.manner.quiet.until(self.now, self.zone, self.calendar)
            if free > self.now:
                return Wait(free)
        if self.pings < self.manner.most_pings:
            return Deliver()
        return self._beyond_the_cap(topic)

    def _beyond_the_cap(self, topic: Topic) -> Verdict:
        match topic:
            case Topic.DECISIONS:
                return Combine()
            case Topic.DUTIES:
                return Deliver()
            case Topic.REPORTS:
                return Wait(_midnight(self.now, self.zone))
            case _:
                return Gather(self.manner.digest(self.now, self.zone, self.calendar))

    @property
    def today(self) -> datetime:
        """The instant (UTC) at which their day began."""
        local = self.now.astimezone(self.zone)
        return datetime.combine(local.date(), time.min, tzinfo=self.zone).astimezone(UTC)


def _midnight(at: datetime, zone: tzinfo) -> datetime:
    """Return the next midnight (UTC) where the clock is that of ``zone``."""
    day = at.astimezone(zone).date() + _DAY
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def _instant(wall: datetime, zone: tzinfo, after: datetime) -> datetime:
    """Return when the clock in ``zone`` shows ``wall``: of two such, one after ``after``."""
    first = wall.replace(tzinfo=zone).astimezone(UTC)
    return first if first > after else wall.replace(tzinfo=zone, fold=1).astimezone(UTC)

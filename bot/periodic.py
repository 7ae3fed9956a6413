"""Reports of a stretch of time: of a period that is over, or when asked; a chart in the thread."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from bot import parcels
from bot.desk import Desk
from bot.ports import Claimed, Json, Parcel, Upload
from bot.sending import channel_of, post_once
from messages.message import Message

NEWS = timedelta(days=7)
"""So long after its morning a report is still posted, when nobody could before. Less than the time
after which the delivered parcel is forgotten, or there would be a second one."""

WEEKLY_NEWS = timedelta(days=2)
"""So long a weekly list is still posted that could not be posted when it was due."""

_PNG = "image/png"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, from ``since`` on and before ``until``, and what people call it."""

    since: datetime
    until: datetime
    period: str

    def to_json(self) -> Json:
        """Return what :meth:`from_json` reads."""
        return asdict(self) | {"since": self.since.isoformat(), "until": self.until.isoformat()}

    @classmethod
    def from_json(cls, what: Json) -> "Span":
        """Return the span in a parcel."""
        since, until = (datetime.fromisoformat(str(what[name])) for name in ("since", "until"))
        return cls(since, until, str(what["period"]))


def is_news(desk: Desk, first: date, now: datetime, lasts: timedelta = NEWS) -> bool:
    """Whether a period that begins on ``first`` is so young that the one before is reported now.

    That is from its first working morning on, as long as it ``lasts``, in the company's zone.
    """
    morning = desk.company.calendar.next_morning(first, desk.company.zone)
    return morning <= now < morning + lasts


def whole_days(desk: Desk, since: date, until: date, period: str) -> Span:
    """Return the span from the beginning of one day to that of another, in the company's zone."""
    zone = desk.company.zone
    begin, end = (datetime.combine(day, time(), tzinfo=zone) for day in (since, until))
    return Span(begin, end, period)


def promise_chart(kind: str, occasion: str, address: str, span: Span, due: datetime) -> Parcel:
    """Return the promise of a chart that stands by itself."""
    return parcels.aside(kind, occasion, address, span.to_json() | {"thread_ts": ""}, due)


def post_with_chart(desk: Desk, claimed: Claimed, worded: Message, kind: str) -> None:
    """Post a report, and promise its chart, a parcel of ``kind``, to the thread."""
    ts = post_once(desk, claimed, worded)
    parcel, now = claimed.parcel, desk.clock.now()
    what = dict(parcel.payload) | {"thread_ts": ts}
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.aside(kind, parcel.key, parcel.address, what, now))
        unit.commit()
    desk.wake()


def chart_is_there(desk: Desk, claimed: Claimed, name: str) -> bool:
    """Whether an attempt of unknown outcome has uploaded the chart called ``name``."""
    unsure = claimed.unsure_since
    if unsure is None:
        return False
    where = channel_of(desk, claimed.parcel.address)
    return desk.slack.uploaded(where, name, unsure, _thread(claimed))


def upload_chart(
    desk: Desk, claimed: Claimed, name: str, template: str, data: Json, said: str
) -> None:
    """Draw a chart by a template that comes with Frontdesk and upload it. Raises NotRendered."""
    picture = desk.renderer.pictures(desk.renderer.shipped(template), data)[0]
    where = channel_of(desk, claimed.parcel.address)
    upload = Upload(name=name, mime=_PNG, content=picture, said=said)
    desk.slack.upload(where, upload, _thread(claimed))


def _thread(claimed: Claimed) -> str:
    return str(claimed.parcel.payload["thread_ts"])

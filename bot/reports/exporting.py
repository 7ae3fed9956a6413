"""The rows behind a report as a file. A long one says in the DM how far it is, and comes then.

A short one is made at once. Of a long one a message is posted, and the file is a promise of its
own: a bot that dies over it begins anew, writes on in the same message, and looks whether the file
is there already.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from time import monotonic

from bot import parcels
from bot.desk import Desk
from bot.errors import SlackError
from bot.ports import Claimed, Json, Upload
from bot.reports.drawing import file_name, scope_for
from bot.reports.registry import find_reports
from bot.reports.scope import Scope
from bot.reports.wish import Wish
from bot.sending import channel_of, post_once
from messages import spreadsheet
from messages.reports import CSV, file_said, made, making, not_theirs, too_long

AT_ONCE = 2_000
"""Rows of a file that is made without a word about it."""
MOST = 100_000
"""Rows of a file: what takes longer than a lease would be made twice."""
_EVERY = 3.0
"""Seconds between two words about how far it is; Slack takes about fifty a minute from us."""

Row = tuple[str, ...]
Tell = Callable[[int, int], None]


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Upload a short file; of a long one post that it is being made, and promise it."""
    sheet = _Sheet(desk, claimed)
    scope = sheet.scope()
    if scope is None or sheet.is_there():
        return
    rows = list(islice(sheet.rows(scope), AT_ONCE + 1))
    if len(rows) <= AT_ONCE:
        sheet.upload(rows, file_said(sheet.name, len(rows), hidden=bool(scope.hidden)))
        return
    ts = post_once(desk, claimed, making(sheet.name, 0, 0))
    _promise(desk, claimed, "long_sheet", {**claimed.parcel.payload, "ts": ts})


def deliver_long(desk: Desk, claimed: Claimed, every: float = _EVERY) -> None:
    """Make a long file, saying every so many seconds how far it is, and upload it."""
    sheet, ts = _Sheet(desk, claimed), str(claimed.parcel.payload["ts"])
    scope = sheet.scope()
    if scope is None:
        desk.slack.update(sheet.channel, ts, not_theirs(sheet.name))
        return
    count, hidden = None, False
    if not sheet.is_there():
        tell, rows = _telling(desk, sheet, ts, every), []
        for row in islice(sheet.rows(scope), MOST + 1):
            rows.append(row)
            tell(len(rows), 0)
        if len(rows) > MOST:
            desk.slack.update(sheet.channel, ts, too_long(sheet.name, MOST))
            return
        sheet.upload(rows, "", tell)
        count, hidden = len(rows), bool(scope.hidden)
    what = {"ts": ts, "name": sheet.name, "rows": count, "hidden": hidden}
    _promise(desk, claimed, "sheet_made", what)


def say_made(desk: Desk, claimed: Claimed) -> None:
    """Write into the message that the file is finished."""
    what = claimed.parcel.payload
    where = channel_of(desk, claimed.parcel.address)
    said = made(str(what["name"]), what["rows"], hidden=bool(what["hidden"]))
    desk.slack.update(where, str(what["ts"]), said)


class _Sheet:
    """A file of rows that somebody asked for."""

    def __init__(self, desk: Desk, claimed: Claimed) -> None:
        what = claimed.parcel.payload
        self._desk, self._claimed, self._form = desk, claimed, str(what["form"])
        self._wish = Wish.from_json(what["wish"])
        self._report = find_reports()[self._wish.report]
        self.name = file_name(desk, self._report, str(what["at"]), self._form)

    @property
    def channel(self) -> str:
        """The DM of whoever asked."""
        return channel_of(self._desk, self._claimed.parcel.address)

    def scope(self) -> Scope | None:
        """Return what they may have of it now; None: nothing any more."""
        user = self._claimed.parcel.address.removeprefix("user:")
        return scope_for(self._desk, self._wish, user, listed=True)

    def is_there(self) -> bool:
        """Whether an attempt of unknown outcome has uploaded it."""
        unsure = self._claimed.unsure_since
        return unsure is not None and self._desk.slack.uploaded(self.channel, self.name, unsure)

    def rows(self, scope: Scope) -> Iterator[Row]:
        """Yield the rows as they stand in the file."""
        return map(self._report.cells, self._report.rows(scope))

    def upload(self, rows: Sequence[Row], said: str, tell: Tell | None = None) -> None:
        """Write the file, telling of each row, and share it."""
        told, columns = _told(rows, tell), self._report.columns
        content, mime = (
            (spreadsheet.as_csv(columns, told), spreadsheet.CSV)
            if self._form == CSV
            else (spreadsheet.as_xlsx(self._report.name, columns, told), spreadsheet.XLSX)
        )
        upload = Upload(name=self.name, mime=mime, content=content, said=said)
        self._desk.slack.upload(self.channel, upload)


def _told(rows: Sequence[Row], tell: Tell | None) -> Iterator[Row]:
    for nth, row in enumerate(rows, start=1):
        yield row
        if tell is not None:
            tell(len(rows), nth)


def _telling(desk: Desk, sheet: _Sheet, ts: str, every: float) -> Tell:
    """Return what writes into the message how far it is; where Slack does not take it, not."""
    where, last = sheet.channel, monotonic()

    def tell(read: int, written: int) -> None:
        nonlocal last
        if monotonic() - last >= every:
            with suppress(SlackError):
                desk.slack.update(where, ts, making(sheet.name, read, written))
            last = monotonic()

    return tell


def _promise(desk: Desk, claimed: Claimed, kind: str, what: Json) -> None:
    parcel, now = claimed.parcel, desk.clock.now()
    with desk.store.unit() as unit:
        unit.outbox.add(parcels.aside(kind, parcel.key, parcel.address, what, now))
        unit.commit()
    desk.wake()

"""Tables of records, changed together and journalled before anybody hears of it."""

import threading
from bisect import insort
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Generic, TypeVar

from sandbox.state import pending
from sandbox.state import records as r
from sandbox.state.journal import Change, Journal

R = TypeVar("R", bound=r.Record)


class Table(Generic[R]):
    """Records of one kind by key. Change a record, then `save` it."""

    def __init__(self, record_type: type[R], log: Callable[[Change], None]) -> None:
        self.record_type = record_type
        self._log = log
        self._rows: dict[str, R] = {}

    def get(self, key: str) -> R | None:
        """The record of that key, or None."""
        return self._rows.get(key)

    def __getitem__(self, key: str) -> R:
        return self._rows[key]

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def all(self) -> list[R]:
        """Every record, oldest first."""
        return list(self._rows.values())

    def save(self, record: R) -> R:
        """Remember the record as it is now."""
        self._rows[record.key] = record
        self._log((record.kind, record.key, dict(vars(record))))
        return record

    def drop(self, key: str) -> None:
        """Forget the record."""
        if self._rows.pop(key, None) is not None:
            self._log((self.record_type.kind, key, None))

    def load(self, key: str, fields: dict[str, Any] | None) -> None:
        """Apply a journalled change without journalling it again."""
        if fields is None:
            self._rows.pop(key, None)
        else:
            self._rows[key] = self.record_type(**fields)


class Messages(Table[r.Message]):
    """Messages, also in the order of each channel."""

    def __init__(self, log: Callable[[Change], None]) -> None:
        super().__init__(r.Message, log)
        self._order: dict[str, list[str]] = {}
        self._threads: dict[str, list[str]] = {}

    def find(self, channel: str, ts: str) -> r.Message | None:
        """A message by channel and timestamp, or None."""
        return self.get(f"{channel}/{ts}")

    def in_channel(self, channel: str) -> list[r.Message]:
        """Every message of the channel with all replies, oldest first."""
        return [self._rows[f"{channel}/{ts}"] for ts in self._order.get(channel, [])]

    def replies(self, channel: str, thread_ts: str) -> list[r.Message]:
        """The replies of a thread without its root, oldest first."""
        return [
            self._rows[f"{channel}/{ts}"] for ts in self._threads.get(f"{channel}/{thread_ts}", [])
        ]

    def save(self, record: r.Message) -> r.Message:
        """Remember the message as it is now."""
        if record.key not in self._rows:
            self._index(record)
        return super().save(record)

    def drop(self, key: str) -> None:
        """Forget the message."""
        self._unindex(key)
        super().drop(key)

    def load(self, key: str, fields: dict[str, Any] | None) -> None:
        """Apply a journalled change without journalling it again."""
        known = key in self._rows
        if fields is None:
            self._unindex(key)
        super().load(key, fields)
        if fields is not None and not known:
            self._index(self._rows[key])

    def _index(self, message: r.Message) -> None:
        insort(self._order.setdefault(message.channel, []), message.ts)
        if message.thread_ts and message.thread_ts != message.ts:
            insort(
                self._threads.setdefault(f"{message.channel}/{message.thread_ts}", []), message.ts
            )

    def _unindex(self, key: str) -> None:
        if (message := self.get(key)) is not None:
            self._order[message.channel].remove(message.ts)
            if message.thread_ts and message.thread_ts != message.ts:
                self._threads[f"{message.channel}/{message.thread_ts}"].remove(message.ts)


class Store:
    """The whole state. `with store.change():` makes several changes one line of the journal."""

    def __init__(self, journal: Path | None) -> None:
        self.url = ""
        """Where this workspace is served, without a slash at the end; set by the server."""
        self.lock = threading.RLock()
        self.listeners: list[Callable[[list[Change]], None]] = []
        self._pending: list[Change] = []
        self._afterwards: list[Callable[[], None]] = []
        self._depth = 0
        self.settings = Table(r.Setting, self._log)
        self.people = Table(r.Person, self._log)
        self.channels = Table(r.Channel, self._log)
        self.groups = Table(r.Group, self._log)
        self.messages = Messages(self._log)
        self.ephemerals = Table(r.Ephemeral, self._log)
        self.views = Table(r.View, self._log)
        self.choices = Table(pending.Choices, self._log)
        self.files = Table(r.File, self._log)
        self.apps = Table(r.App, self._log)
        self.scheduled = Table(pending.Scheduled, self._log)
        self.sessions = Table(pending.Session, self._log)
        self.response_urls = Table(pending.ResponseUrl, self._log)
        self.toasts = Table(r.Toast, self._log)
        self.undelivered = Table(pending.Undelivered, self._log)
        self._journal = Journal(journal) if journal is not None else None
        if self._journal is not None:
            with ExitStack() as undo:
                undo.callback(self._journal.close)
                self._open(self._journal)
                undo.pop_all()

    @property
    def tables(self) -> list[Table[Any]]:
        """Every table."""
        return [table for table in vars(self).values() if isinstance(table, Table)]

    @contextmanager
    def change(self) -> Iterator[None]:
        """Everything changed inside becomes visible together, after it is journalled."""
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._commit()

    def afterwards(self, action: Callable[[], None]) -> None:
        """Do something once the change under way, if any, is journalled."""
        with self.change():
            self._afterwards.append(action)

    def next_number(self, counter: str) -> int:
        """1, 2, 3... for each counter, across restarts."""
        with self.change():
            setting = self.settings.get(f"counter:{counter}") or r.Setting(f"counter:{counter}", 0)
            setting.value += 1
            self.settings.save(setting)
            return int(setting.value)

    def close(self) -> None:
        """Release the journal."""
        if self._journal is not None:
            self._journal.close()

    def _open(self, journal: Journal) -> None:
        by_kind = {table.record_type.kind: table for table in self.tables}
        for kind, key, fields in journal.read():
            by_kind[kind].load(key, fields)
        journal.compact(
            (row.kind, row.key, asdict(row)) for table in self.tables for row in table.all()
        )

    def _log(self, change: Change) -> None:
        with self.change():
            self._pending.append(change)

    def _commit(self) -> None:
        changes, self._pending = self._pending, []
        actions, self._afterwards = self._afterwards, []
        if changes and self._journal is not None:
            self._journal.append(changes)
        for listener in list(self.listeners) if changes else []:
            listener(changes)
        for action in actions:
            action()

"""Where a bot can be killed: its boundaries with the database, Slack, the mail and the disk.

A boundary is named by what is about to happen and by who does it, for example

    UPDATE outbox @ post_office._end < sending.keep:notice
    commit @ unit.commit < decisions.decide:approve < actions._do
    POST chat.postMessage @ errors.answered < sending.post_once < notices.tell < sending.keep:notice
    heard POST v1/invoices @ line._asked < making.make < invoices._made < invoices._prepare

What happens: a statement (verb and table), a commit and the return of its connection, an HTTP
request (the method of Slack's Web API, or a partner's path, ``_`` where it names something), what a
partner answered, a command to a mail server, a file that is written, renamed or removed, and an
answer to an HTTP request (Slack's, a client's or a partner's): before and after it leaves.
Who does it: the innermost function of ours, and from there outward the innermost three functions of
the use cases (``bot``, ``handlers``, ``scheduler``, ``web``). With ``keep``, which delivers every
parcel, stands the parcel's kind, and with ``decide`` the transition: what is done differs there.

The state of the world after a boundary is the state before the next one of the same thread. So to
be killed before each is to be killed after each, too; the last of a thread is the end of its work,
the answer that has left or the connection that is returned.
"""

import logging
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry, Pool

_OURS = ("bot", "handlers", "integrations", "messages", "scheduler", "storage", "web", "workflows")
_USE_CASES = ("bot", "handlers", "scheduler", "web")
_DEPTH = 3
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+\"?(\w+)", re.IGNORECASE)
_REQUEST = re.compile(rb"(GET|POST|PUT) (?:https?://[^/ ]+)?/([\w./-]*)")
_PARTNERS = ("oauth", "restapi", "v1", "i")
"""With what the paths of the partners' doubles begin."""
_PARTNERS_CALL = re.compile(rf"(?:heard )?[A-Z]+ (?:{'|'.join(_PARTNERS)})/")
_NAMED = re.compile(r"\w*\d[^/]*")
_SENT, _HEARD = "send_request_headers.started", "receive_response_body.complete"
"""What httpcore tells its log (www.python-httpx.org/logging) of a request and its answer."""
_HEARD_TOO = re.compile(r'"(\w+) /((?:oauth|restapi)/\S*) HTTP/\S+" \d')
"""What urllib3 tells its log of an answer of DocuSign's."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_FILES = frozenset({"os.rename", "os.remove"})


class Boundaries:
    """The boundaries that this process comes to; at the one it is told it kills itself.

    Every boundary is written to ``log``, one a line, when it is come to for the first time.
    ``folder``: where the bot's files are.
    """

    def __init__(self, log: Path, folder: Path) -> None:
        self._log = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._folder = f"{folder}{os.sep}"
        self._known: set[str] = set()
        self._lock = threading.Lock()
        self._fatal = ""
        self._left = 0
        self._delay = 0.0

    def kill_at(self, boundary: str) -> None:
        """Die by SIGKILL at this boundary, from now on."""
        self._fatal = boundary

    def kill_after(self, count: int, delay: float) -> None:
        """Die by SIGKILL ``delay`` seconds after so many boundaries from now on; 0: just there."""
        self._delay = delay
        self._left = count

    def reached(self, what: str, who: str = "") -> None:
        """Come to a boundary."""
        name = f"{what} @ {who or _who(sys._getframe(1))}"  # noqa: SLF001 - its documented name
        with self._lock:
            if name not in self._known:
                self._known.add(name)
                os.write(self._log, f"{name}\n".encode())
            if name == self._fatal:
                _die()
            if self._left > 0:
                self._left -= 1
                if self._left == 0:
                    self._die_soon()

    def _die_soon(self) -> None:
        if self._delay == 0:
            _die()
        threading.Timer(self._delay, _die).start()

    def watch(self) -> None:
        """Come to boundaries from now on."""
        event.listen(Engine, "before_cursor_execute", self._statement)
        event.listen(Engine, "commit", self._commit)
        event.listen(Pool, "checkin", self._returned)
        sys.addaudithook(self._audited)
        for name in ("httpcore.http11", "urllib3.connectionpool"):
            logger = logging.getLogger(name)
            logger.setLevel(logging.DEBUG)
            logger.propagate = False
            logger.addHandler(_Listening(self))

    def _statement(self, *heard: Any) -> None:
        statement = str(heard[2]).lstrip()
        verb = statement.split(None, 1)[0].upper()
        table = _TABLE.search(statement)
        self.reached(f"{verb} {table[1] if table else ''}".rstrip())

    def _commit(self, connection: Connection) -> None:
        connection.info["committed"] = True
        self.reached("commit")

    def _returned(self, _connection: object, record: ConnectionPoolEntry) -> None:
        if record.info.pop("committed", False):
            self.reached("committed")

    def _audited(self, name: str, given: tuple[Any, ...]) -> None:
        if name == "http.client.send":
            self._sent(given[1])
        elif name == "smtplib.send":
            self.reached(f"SMTP {bytes(given[1]).split(None, 1)[0].decode(errors='replace')[:8]}")
        elif name == "open" and str(given[0]).startswith(self._folder) and given[2] & _WRITES:
            self.reached("write a file")
        elif name in _FILES and str(given[0]).startswith(self._folder):
            self.reached(f"{name.removeprefix('os.')} a file")

    def _sent(self, data: object) -> None:
        found = _REQUEST.match(data) if isinstance(data, bytes) else None
        if found is not None and found[2] != b"api/sandbox.clock":  # Slack has no such thing
            self.reached(f"{found[1].decode()} {_asked(found[2].decode())}")


class _Listening(logging.Handler):
    """Comes to boundaries of which the libraries that speak to partners tell their logs.

    Python's own audit tells of no request by httpx, and of no answer at all.
    """

    def __init__(self, boundaries: Boundaries) -> None:
        super().__init__(logging.DEBUG)
        self._boundaries = boundaries

    def emit(self, record: logging.LogRecord) -> None:
        """Come to a boundary, if the line is about one."""
        said = record.getMessage()
        if said.startswith((_SENT, _HEARD)):
            request = _request(sys._getframe(1))  # noqa: SLF001 - its documented name
            what = f"{request.method.decode()} {_asked(request.url.target.decode()[1:])}"
            self._boundaries.reached(what if said.startswith(_SENT) else f"heard {what}")
        elif found := _HEARD_TOO.search(said):
            self._boundaries.reached(f"heard {found[1]} {_asked(found[2])}")


def is_partners(name: str) -> bool:
    """Whether a boundary is one with a partner: a call, or what was answered."""
    return _PARTNERS_CALL.match(name) is not None


def _request(frame: FrameType) -> Any:  # noqa: ANN401 - httpcore's request, found in its frame
    return next(
        each.f_locals["kwargs"]["request"]
        for each in _outward(frame)
        if each.f_globals["__name__"] == "httpcore._sync.http11"
    )


def _asked(path: str) -> str:
    """Return the method of Slack's, or the path at a partner with nothing in it that has a name."""
    first, *others = path.partition("?")[0].removeprefix("api/").split("/")
    if first not in _PARTNERS:
        return first
    return "/".join([first, *(_NAMED.sub("_", each) for each in others)])


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _who(frame: FrameType) -> str:
    ours = [each for each in _outward(frame) if _package(each) in _OURS]
    if not ours:
        return "elsewhere"
    use_cases = [_name(each) for each in ours[1:] if _package(each) in _USE_CASES][:_DEPTH]
    return " < ".join([_name(ours[0]), *use_cases])


def _outward(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _name(frame: FrameType) -> str:
    module = str(frame.f_globals["__name__"]).rpartition(".")[2]
    function = frame.f_code.co_name
    name = f"{module}.{function}"
    if name == "sending.keep":
        return f"{name}:{frame.f_locals['claimed'].parcel.kind}"
    if name == "decisions.decide":
        return f"{name}:{frame.f_locals['name']}"
    return name

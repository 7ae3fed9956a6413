"""The running bot, put together from its settings: the composition root."""

import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from starlette.applications import Starlette

from bot import doctor, roles
from bot.desk import Desk
from bot.errors import SlackError, Unavailable
from bot.ports import Clock
from handlers.registration import build
from handlers.socket_mode import SocketMode
from integrations.clock import SystemClock
from integrations.slack.client import web_client
from integrations.slack.clock import FollowedClock
from integrations.slack.workspace import SlackWorkspace
from modals.registry import find_forms
from scheduler.jobs import Jobs
from scheduler.worker import Bell, Worker
from settings import Mode, Settings
from storage.database import Database
from storage.revision import is_current
from web.health import Check
from web.server import Server, doors
from web.slack_door import slack_door
from workflows.registry import find_workflows

log = logging.getLogger("frontdesk")

_DOOR_THREADS = 10
_HANDS = 8
_OTHERS = 4
"""Threads that may want a database connection: Slack's door, the worker, and the rest."""


class Frontdesk:
    """The whole bot, put together from its settings; :meth:`start` and :meth:`stop` run it.

    ``pace`` is the time between two messages to one channel and ``settle`` the wait before an
    attempt of unknown outcome is looked up, both in real seconds.
    """

    def __init__(self, settings: Settings, *, pace: float = 1.0, settle: float = 60.0) -> None:
        """Connect the parts; nothing runs yet. Needs a bot token and the address of Slack's API."""
        self.settings = settings
        token, api_url = settings.bot_token or "", settings.api_url or ""
        self.database = Database(
            settings.database_url,
            audit_key=settings.audit_key,
            pace=pace,
            connections=_DOOR_THREADS + _HANDS + _OTHERS,
        )
        self.bell = Bell()
        self.clock = _clock(settings)
        self.desk = Desk(
            company=settings.company,
            workflows=find_workflows(),
            forms=find_forms(),
            store=self.database,
            post_office=self.database.post_office,
            slack=SlackWorkspace(token, api_url),
            clock=self.clock,
            wake=self.bell.ring,
            settle=settle,
        )
        self._words = ThreadPoolExecutor(2, thread_name_prefix="words")
        self._pool = ThreadPoolExecutor(_DOOR_THREADS, thread_name_prefix="slack")
        self.bolt = build(self.desk, token, web_client(None, api_url), self._words)
        self.worker = Worker(self.desk, self.bell, hands=_HANDS)
        self.jobs = Jobs(self.desk)
        self.server = Server(self._doors(), settings.host, settings.port)
        self._socket: SocketMode | None = None
        self._settled = threading.Event()
        self._stopping = threading.Event()
        self._settling = threading.Thread(target=self._settle_in, name="settling-in", daemon=True)

    def start(self) -> None:
        """Serve, connect to Slack, and learn who is who in the background."""
        self.server.start()
        self.worker.start()
        self.jobs.start()
        self._settling.start()
        if self.settings.mode is not Mode.HTTP:
            self._socket = SocketMode(self.bolt, self.settings.app_token or "")
            self._socket.open()

    def stop(self) -> None:
        """Finish what is in hand and stop. What is promised waits in the database."""
        self._stopping.set()
        if self._socket is not None:
            self._socket.close()
        self.server.stop()
        self.jobs.stop()
        self.worker.stop()
        self._words.shutdown()
        self._pool.shutdown()
        if isinstance(self.clock, FollowedClock):
            self.clock.close()
        self.database.close()

    def wait_until_settled(self, timeout: float) -> bool:
        """Return whether the members and roles were learned within ``timeout`` seconds."""
        return self._settled.wait(timeout)

    def _settle_in(self) -> None:
        while not self._stopping.is_set():
            try:
                roles.learn_members(self.desk)
                unheld = roles.refresh(self.desk)
            except (SlackError, Unavailable) as error:
                log.warning("Slack or the database does not answer yet: %s", error)
                self._stopping.wait(2)
                continue
            if unheld:
                names = ", ".join(role.label for role in unheld)
                log.warning("Nobody holds these roles: %s. See frontdesk.toml.", names)
            self._settled.set()
            return

    def _doors(self) -> Starlette:
        door = None
        if self.settings.mode is Mode.HTTP:
            door = slack_door(self.bolt, self.settings.signing_secrets, self._pool, SystemClock())
        checks = (
            Check("database", self._database_problem),
            Check(
                "slack", lambda: None if self._settled.is_set() else "Slack has not answered yet."
            ),
        )
        return doors(self.desk, checks, self.settings.metrics_token, door)

    def examine_settings(self) -> Iterator[doctor.Finding]:
        """Yield what the doctor finds beside Slack: the database and the public address."""
        problem = self._database_problem()
        yield doctor.Finding("Database", problem or "answers, and is current", problem or "")
        if self.settings.mode is Mode.HTTP:
            url = self.settings.public_url
            fix = "" if url else "Set FRONTDESK_PUBLIC_URL to the https address Slack calls."
            yield doctor.Finding("Public address", url or "is not set", fix)

    def _database_problem(self) -> str | None:
        if not self.database.alive():
            return "The database does not answer."
        if not is_current(self.settings.database_url):
            return "The schema is not current: run `python app.py migrate`."
        return None


def _clock(settings: Settings) -> Clock:
    if settings.clock == "sandbox":
        return FollowedClock(settings.bot_token or "", settings.api_url or "")
    return SystemClock()

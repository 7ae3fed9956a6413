"""The running bot, put together from its settings: the composition root."""

import hmac
import logging
import platform
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import TypeVar

from starlette.applications import Starlette

from bot import settling
from bot.desk import Desk
from bot.errors import Unavailable
from bot.ports import Billing, Clock, Crm, Interpreter
from bot.rulebook import Attentive, Rulebook
from handlers.flooding import GESTURES
from handlers.registration import build
from handlers.shapes import is_sound
from handlers.socket_mode import SocketMode
from integrations.clock import SystemClock
from integrations.crm.embedded import EmbeddedCrm
from integrations.documents.renderer import TypstRenderer
from integrations.slack.client import web_client
from integrations.slack.clock import FollowedClock
from integrations.slack.workspace import SlackWorkspace
from integrations.webhooks import HttpWebhooks
from modals.registry import find_forms
from partners import connecting
from scheduler.jobs import Jobs
from scheduler.precedence import Precedence
from scheduler.worker import Bell, Worker
from settings import Mode, Settings
from stopping import end_all
from storage import revision
from storage.database import Database
from web import api, requests, review, shelf, webhooks
from web.health import Check
from web.metering import PrometheusMeter
from web.server import Server, doors
from web.slack_door import slack_door
from workflows.registry import find_workflows

log = logging.getLogger("frontdesk")

Closed = TypeVar("Closed", Interpreter | None, Billing | None)
"""What is connected, and closed at the end."""

_DOOR_THREADS = 10
_HANDS = 8
_VISITS = 4
_FETCHES = 4
_CALLS = 2
_OTHERS = 4
"""Threads that may want a database connection: Slack's door, worker, clients' page, assets' files,
the API, the rest."""
_LOOKS = 0.05
"""The share of the pace that the worker pauses after a look that found nothing."""
_LONGEST_WAY = 0.1
"""Seconds for which a delivery lets gestures go first."""
_PAUSE = 2.0
"""Seconds until Slack and the database are asked again."""
_LONGEST_WAIT = 14.0
"""Seconds that a stop waits for what is in hand; what takes longer is left to its lease."""
_LAST_CALLS = 6.0
"""Seconds after which a delivery that is in hand begins no further call to Slack."""


class Frontdesk:
    """The whole bot, put together from its settings; :meth:`start` and :meth:`stop` run it.

    What was started is stopped in reverse: the database is closed when nothing uses it any more.
    ``pace`` is the time between two messages to one channel, ``settle`` the wait before an attempt
    of unknown outcome is looked up (for half of it a silent CRM is left alone), ``lease`` how long
    a process that died can hold up what it had in hand, and ``patience`` the silence after which a
    part counts as dead, all in real seconds.
    ``leaps``: jobs run at once when the sandbox's clock is moved. ``gestures``: how many a minute
    of one person are taken. ``interpreter`` reads messages in the place of the model that is set.
    """

    def __init__(  # noqa: PLR0913 - the settings, and what tests and the sandbox have otherwise
        self,
        settings: Settings,
        *,
        pace: float = 1.0,
        settle: float = 60.0,
        lease: float = 120.0,
        leaps: bool = False,
        gestures: int = GESTURES,
        patience: float = 60.0,
        interpreter: Interpreter | None = None,
    ) -> None:
        """Connect the parts; nothing runs yet but the sandbox's clock. :meth:`stop` lets go of all.

        Needs a bot token and the address of Slack's API. Raises CannotGoOn when a system that is
        chosen needs what is not installed.
        """
        self.settings, library = settings, connecting.library(settings)
        signatures, billing = connecting.signatures(settings), connecting.billing(settings)
        self._opened = ExitStack()
        token, api_url = settings.bot_token or "", settings.api_url or ""
        meter = PrometheusMeter({"schema": revision.NEWEST, "python": platform.python_version()})
        self.database = Database(
            settings.database_url,
            audit_key=settings.audit_key,
            pace=pace,
            lease=lease,
            meter=meter,
            connections=_DOOR_THREADS + _HANDS + _VISITS + _FETCHES + _CALLS + _OTHERS,
        )
        self._opened.callback(self.database.close)
        self._slack = SlackWorkspace(token, api_url, meter)
        self.bell = Bell()
        self.clock = _clock(settings)
        if isinstance(self.clock, FollowedClock):
            self._opened.callback(self.clock.close)
        rulebook = Rulebook(settings.company, settings.handbook)
        self.desk = Desk(
            rulebook=rulebook,
            workflows=find_workflows(),
            forms=find_forms(),
            store=Attentive(self.database, rulebook),
            post_office=self.database.post_office,
            slack=self._slack,
            clock=self.clock,
            renderer=TypstRenderer(templates=settings.templates, fonts=settings.fonts),
            mailer=connecting.mailer(settings, self.clock),
            crm=self._crm(settle / 2),
            library=library,
            public_url=settings.public_url or f"http://{settings.host}:{settings.port}",
            link_key=link_key_of(settings),
            wake=self.bell.ring,
            settle=settle,
            meter=meter,
            webhooks=HttpWebhooks(settings.webhooks, SystemClock(), authorities=settings.ca_file),
            interpreter=self._let_go(interpreter or connecting.interpreter(settings)),
            signatures=signatures,
            billing=self._let_go(billing),
            seal=connecting.seal_or_wait(settings),
        )
        self._words, self._pool, self._visits, self._fetches = (
            self._threads(most, name)
            for most, name in (
                *((2, "words"), (_DOOR_THREADS, "slack")),
                *((_VISITS, "client"), (_FETCHES, "files")),
            )
        )
        first = Precedence()
        self.bolt = build(
            *(self.desk, token, web_client(None, api_url), self._words, gestures, first.answering)
        )
        self.worker = Worker(
            self.desk,
            self.bell,
            hands=_HANDS,
            breath=pace * _LOOKS,
            patience=patience,
            give_way=partial(first.give_way, _LONGEST_WAY),
        )
        self.jobs = Jobs(self.desk, SystemClock(), leaps=leaps, patience=patience)
        self.socket_mode = None
        if settings.mode is not Mode.HTTP:
            self.socket_mode = SocketMode(self.bolt, settings.app_token or "", self._pool)
        self.server = Server(self._doors(), settings.host, settings.port)
        self._running: list[Callable[[], None]] = []
        self._settled = threading.Event()
        self._waits_for = settling.NOT_YET
        self._stopping = threading.Event()
        self._settling = threading.Thread(target=self._settle_in, name="settling-in")

    def start(self) -> None:
        """Serve, connect to Slack, and learn who is who in the background.

        While Slack or the database is down it starts all the same, and tries again. Raises
        CannotListen when the address is taken; whatever had begun is stopped then.
        """
        try:
            self._running.append(self._close_doors)
            self.server.start()
            for part in (self.worker, self.jobs):
                part.start()
                self._running.append(part.stop)
            self._settling.start()
            self._running.append(self._settling.join)
            if self.socket_mode is not None:
                self.socket_mode.open()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Take nothing more, finish what is in hand, and stop; takes some 15 s at most.

        What is promised waits in the database, and what a Slack or a mail server that hangs kept
        us from finishing is done again when its lease has ended.
        """
        self._stopping.set()
        self._slack.close(_LAST_CALLS)
        running, self._running = self._running, []
        end_all(running, _LONGEST_WAIT)
        self._opened.close()

    def _close_doors(self) -> None:
        """Answer what has come in, and take nothing more."""
        if self.socket_mode is not None:
            self.socket_mode.close()
        self.server.stop()
        self._words.shutdown()

    def _let_go(self, found: Closed) -> Closed:
        """Return what was connected; it is let go of at the end."""
        if found is not None:
            self._opened.callback(found.close)
        return found

    def _crm(self, rest: float) -> Crm:
        found = connecting.crm(self.settings, rest) or EmbeddedCrm(self.database)
        self._opened.callback(found.close)
        return found

    def _threads(self, most: int, name: str) -> ThreadPoolExecutor:
        threads = ThreadPoolExecutor(most, thread_name_prefix=name)
        self._opened.callback(threads.shutdown, wait=False, cancel_futures=True)
        return threads

    def wait_until_settled(self, timeout: float) -> bool:
        """Return whether the members and roles were learned within ``timeout`` seconds."""
        return self._settled.wait(timeout)

    def _settle_in(self) -> None:
        while not self._stopping.is_set():
            problem = self._database_problem()
            if problem is None:
                problem = settling.settle_in(self.desk)
                if problem is None:
                    self._settled.set()
                    return
                self._waits_for = problem
            log.warning("Not ready yet: %s", problem)
            self._stopping.wait(_PAUSE)

    def _doors(self) -> Starlette:
        door = None
        if self.settings.mode is Mode.HTTP:
            secrets = self.settings.signing_secrets
            door = slack_door(self.bolt, secrets, self._pool, SystemClock(), is_sound=is_sound)
        checks = (
            Check("database", self._database_problem),
            Check("slack", self._slack_problem),
            *((Check("socket mode", self.socket_mode.problem),) if self.socket_mode else ()),
        )
        signs = tuple(
            Check(pulse.name, pulse.problem) for pulse in (*self.worker.pulses, self.jobs.pulse)
        )
        proxies, calls = self.settings.trusted_proxies, self._threads(_CALLS, "calls")
        pages = [
            *review.routes(self.desk, self._visits, proxies),
            *shelf.routes(self.desk, self._fetches, proxies),
            *requests.routes(self.desk, self._visits, proxies),
            *webhooks.routes(self.desk, calls, proxies),
            *api.routes(self.desk, calls, proxies),
        ]
        token = self.settings.metrics_token
        return doors(self.desk, checks, token, door, pages, signs)

    def _slack_problem(self) -> str | None:
        return settling.problem(self.desk) if self._settled.is_set() else self._waits_for

    def _database_problem(self) -> str | None:
        try:
            return self.database.schema_problem()
        except Unavailable:
            return "The database does not answer."


def link_key_of(settings: Settings) -> bytes:
    """Return what clients' links, and the proofs of tokens, are made of."""
    return hmac.digest(settings.audit_key, b"clients' links", "sha256")


def _clock(settings: Settings) -> Clock:
    if settings.clock == "sandbox":
        return FollowedClock(settings.bot_token or "", settings.api_url or "")
    return SystemClock()

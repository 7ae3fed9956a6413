"""What is done at intervals: a table of jobs, each a use case. APScheduler only ticks."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot import audit_head, fallback_mail, follow_up, housekeeping, quarterly, report, roles
from bot.billing import hearing as invoices
from bot.desk import Desk
from bot.ports import Clock, Count, Span
from bot.ports.haste import patiently
from bot.ports.meter import timed
from bot.ports.occasion import occasion
from bot.reports import on_home
from bot.shelf import misuse, reviewing
from bot.signing import hearing
from bot.triage import agenda, ranking
from scheduler.pulse import Pulse

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """A use case that runs ``first`` seconds after the start and then every so many ``seconds``.

    It is called with the business time.
    """

    name: str
    first: int
    seconds: int
    run: Callable[[Desk, datetime], object]


JOBS = (
    Job("roles", 15 * 60, 15 * 60, lambda desk, _now: roles.refresh(desk)),
    Job("waiting", 5 * 60, 5 * 60, lambda desk, _now: roles.look_after_waiting(desk)),
    Job("outstanding", 10 * 60, 15 * 60, follow_up.list_weekly),
    Job("report", 10 * 60, 15 * 60, report.post_monthly),
    Job("triage", 4 * 60, 5 * 60, agenda.post_weekly),
    Job("misuses", 10 * 60, 15 * 60, misuse.list_weekly),
    Job("ranks", 3 * 60, 15 * 60, ranking.reckon_due),
    Job("deals", 7 * 60, 60 * 60, ranking.look_at_deals),
    Job("ownerless", 20 * 60, 60 * 60, reviewing.find_ownerless),
    Job("home_charts", 10 * 60, 15 * 60, on_home.make_monthly),
    Job("quarterly", 10 * 60, 15 * 60, quarterly.post_quarterly),
    Job("signatures", 2 * 60, 15 * 60, hearing.catch_up),
    Job("invoices", 3 * 60, 15 * 60, invoices.catch_up),
    Job("audit", 10 * 60, 15 * 60, audit_head.post_daily),
    Job("fallback_mail", 5 * 60, 5 * 60, fallback_mail.write),
    Job("forget", 60, 24 * 60 * 60, housekeeping.forget),
)
"""Every job there is."""

_BEAT = 5.0
"""Seconds between two signs of life."""
_LOOK = 1
"""Seconds between two looks at whether the business time has leapt."""
_LEAP = timedelta(minutes=1)


class Jobs:
    """The running table of jobs. Jobs are not stored: each asks the database what is due."""

    def __init__(
        self, desk: Desk, real_time: Clock, *, leaps: bool = False, patience: float = 60.0
    ) -> None:
        """Prepare; :meth:`start` begins. The first runs are reckoned from ``real_time`` then.

        ``leaps``: whenever the business time leaps ahead, as it does in the sandbox when somebody
        moves its clock, every job runs at once and nobody has to wait for its turn. ``patience``:
        seconds until its silence is a sign that nothing ticks any more.
        """
        self.pulse, self._beats = Pulse("clock", patience), min(_BEAT, patience / 4)
        self._desk, self._real_time = desk, real_time
        self._ahead = desk.clock.now() - real_time.now() if leaps else None
        self._scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Begin to tick."""
        now = self._real_time.now()
        for job in JOBS:
            self._scheduler.add_job(
                _isolated(job, self._desk),
                "interval",
                seconds=job.seconds,
                next_run_time=now + timedelta(seconds=job.first),
                id=job.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,
            )
        if self._ahead is not None:
            self._scheduler.add_job(self._leap, "interval", seconds=_LOOK, max_instances=1)
        self._scheduler.add_job(
            self.pulse.beat,
            "interval",
            seconds=self._beats,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
        self.pulse.beat()
        self._scheduler.start()

    def _leap(self) -> None:
        """Run every job if the business time has leapt since the last look."""
        ahead = self._desk.clock.now() - self._real_time.now()
        if self._ahead is not None and abs(ahead - self._ahead) > _LEAP:
            self._ahead = ahead
            for job in JOBS:
                self.run_now(job)

    def run_now(self, job: Job) -> None:
        """Run a job at once, in this thread."""
        _isolated(job, self._desk)()

    def stop(self) -> None:
        """Stop ticking; a running job is finished first."""
        self._scheduler.shutdown()


def _isolated(job: Job, desk: Desk) -> Callable[[], None]:
    def run() -> None:
        with patiently(), occasion(job=job.name), timed(desk.meter, Span.JOB, job=job.name):
            try:
                job.run(desk, desk.clock.now())
            except Exception:
                desk.meter.count(Count.JOB_FAILURES, job=job.name)
                log.exception("The job %s failed; it runs again at its next time.", job.name)
            else:
                desk.meter.job_done(job.name)

    return run

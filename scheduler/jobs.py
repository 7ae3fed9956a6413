"""What is done at intervals: a table of jobs, each a use case. APScheduler only ticks."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from bot import follow_up, housekeeping, report, roles
from bot.desk import Desk
from bot.ports import Clock

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
    Job("forget", 60, 24 * 60 * 60, housekeeping.forget),
)
"""Every job there is."""


class Jobs:
    """The running table of jobs. Jobs are not stored: each asks the database what is due."""

    def __init__(self, desk: Desk, real_time: Clock) -> None:
        """Prepare; :meth:`start` begins. The first runs are reckoned from ``real_time`` then."""
        self._desk, self._real_time = desk, real_time
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
        self._scheduler.start()

    def stop(self) -> None:
        """Stop ticking; a running job is finished first."""
        self._scheduler.shutdown()


def _isolated(job: Job, desk: Desk) -> Callable[[], None]:
    def run() -> None:
        try:
            job.run(desk, desk.clock.now())
        except Exception:
            log.exception("The job %s failed; it runs again at its next time.", job.name)

    return run

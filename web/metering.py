"""Measurements as Prometheus wants them."""

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from bot.desk import Desk
from bot.errors import Unavailable
from bot.ports import Backlog, Count, Place, Span
from bot.ports.post_office import OTHER, TOLD_APART

_QUICK = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 3.0, 5.0, 10.0)
_SLOW = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0)

_COUNTS: Mapping[Count, tuple[str, tuple[str, ...]]] = {
    Count.ERRORS: ("Errors that nobody expected, by where and of what kind", ("where", "kind")),
    Count.DELIVERIES: ("Attempts to deliver a parcel, by kind and outcome", ("kind", "outcome")),
    Count.SLACK_FAILURES: ("Calls that Slack did not answer with ok", ("method", "kind")),
    Count.JOB_FAILURES: ("Runs of a job that failed", ("job",)),
    Count.INTERPRETATIONS: ("Messages that the language model was to read", ("outcome",)),
    Count.UNAVAILABLE: ("Transactions for which the database was not available", ()),
}
_SPANS: Mapping[Span, tuple[str, tuple[str, ...], tuple[float, ...]]] = {
    Span.ACKNOWLEDGEMENT: ("From a gesture to its answer", ("gesture", "outcome"), _QUICK),
    Span.DELIVERY: ("One attempt to deliver a parcel", ("outcome",), _SLOW),
    Span.SLACK_CALL: ("One call of Slack's Web API", ("method",), _QUICK),
    Span.TRANSACTION: ("One transaction, with the wait for it", (), _QUICK),
    Span.JOB: ("One run of a job", ("job",), _SLOW),
}


class PrometheusMeter:
    """:class:`bot.ports.Meter` in a registry of its own; ``build`` says what is running."""

    def __init__(self, build: Mapping[str, str]) -> None:
        """Name every measurement, so that each is there before anything happens."""
        self.registry = CollectorRegistry()
        Info("frontdesk_build", "What is running", registry=self.registry).info(dict(build))
        self._counts = {
            what: Counter(f"frontdesk_{what}", text, labels, registry=self.registry)
            for what, (text, labels) in _COUNTS.items()
        }
        self._spans = {
            what: Histogram(
                f"frontdesk_{what}_seconds", text, labels, buckets=buckets, registry=self.registry
            )
            for what, (text, labels, buckets) in _SPANS.items()
        }
        self._done = Gauge(
            "frontdesk_job_last_success_timestamp_seconds",
            "When a job last ran to its end",
            ("job",),
            registry=self.registry,
        )

    def count(self, what: Count, **labels: str) -> None:
        """Count one."""
        counter = self._counts[what]
        (counter.labels(**labels) if labels else counter).inc()

    def took(self, what: Span, seconds: float, **labels: str) -> None:
        """Note how long something took."""
        histogram = self._spans[what]
        (histogram.labels(**labels) if labels else histogram).observe(seconds)

    def job_done(self, job: str) -> None:
        """Note that the job has run to its end just now."""
        self._done.labels(job=job).set_to_current_time()


def standing_of(desk: Desk) -> CollectorRegistry:
    """Return how things stand in the database now; while it is not available, just that."""
    registry = CollectorRegistry()
    up = Gauge("frontdesk_database_up", "Whether the database answers", registry=registry)
    try:
        backlog = desk.post_office.backlog(desk.clock.now())
        with desk.store.unit() as unit:
            census = unit.requests.census()
    except Unavailable:
        up.set(0)
        return registry
    up.set(1)
    _outbox(registry, backlog)
    _requests(registry, census)
    return registry


def _outbox(registry: CollectorRegistry, backlog: Backlog) -> None:
    due = Gauge("frontdesk_outbox_due", "Parcels due, by address", ("to",), registry=registry)
    oldest = Gauge(
        "frontdesk_outbox_oldest_seconds", "How long the oldest is due", ("to",), registry=registry
    )
    dead = Gauge("frontdesk_outbox_dead", "Parcels that were given up", registry=registry)
    for kind in (*TOLD_APART, OTHER):
        number, age = backlog.by_kind.get(kind, (0, 0.0))
        due.labels(to=kind).set(number)
        oldest.labels(to=kind).set(age)
    dead.set(backlog.dead)


def _requests(registry: CollectorRegistry, census: Mapping[Place, int]) -> None:
    requests = Gauge(
        "frontdesk_requests", "Open requests", ("workflow", "stage"), registry=registry
    )
    for (workflow, stage), number in census.items():
        requests.labels(workflow=workflow, stage=stage).set(number)

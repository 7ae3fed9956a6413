"""What is measured while the bot works. Every label has few values, and none is personal."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from time import monotonic
from typing import Protocol


class Count(StrEnum):
    """What is counted."""

    ERRORS = "errors"
    """By ``where`` (``gesture``, ``parcel``, ``page``) and ``kind`` (``unexpected``, ``database``,
    ``slack``); those of jobs are counted by job."""
    DELIVERIES = "deliveries"
    """Attempts, by ``kind`` of the parcel and ``outcome``: ``sent``, ``again``, ``unsure``,
    ``dead``, ``dropped``, ``put_off``, ``unsettled``."""
    SLACK_FAILURES = "slack_failures"
    """By ``method`` and ``kind``: ``rate_limited``, ``locked_out``, ``refused``, ``unsure``."""
    JOB_FAILURES = "job_failures"
    """By ``job``."""
    INTERPRETATIONS = "interpretations"
    """Messages given to the language model, by ``outcome``: ``guessed``, ``nothing``,
    ``unavailable``."""
    UNAVAILABLE = "database_unavailable"
    """Transactions that ended because the database was gone, locked, full or slow."""


class Span(StrEnum):
    """What takes time."""

    ACKNOWLEDGEMENT = "acknowledgement"
    """From a gesture's arrival to its answer, by ``gesture`` and ``outcome``: ``ok``, ``refused``,
    ``not_saved``, ``slack``, ``old``, ``error``."""
    DELIVERY = "delivery"
    """One attempt at a parcel, by ``outcome``."""
    SLACK_CALL = "slack_call"
    """By ``method``."""
    TRANSACTION = "transaction"
    """From asking for a connection to the end of the unit."""
    JOB = "job"
    """By ``job``."""


class Meter(Protocol):
    """Takes measurements; safe to use from many threads, and never in the way."""

    def count(self, what: Count, **labels: str) -> None:
        """Count one."""

    def took(self, what: Span, seconds: float, **labels: str) -> None:
        """Note how long something took."""

    def job_done(self, job: str) -> None:
        """Note that the job has run to its end just now."""


class NoMeter:
    """Measures nothing."""

    def count(self, what: Count, **labels: str) -> None:
        """Count nothing."""

    def took(self, what: Span, seconds: float, **labels: str) -> None:
        """Note nothing."""

    def job_done(self, job: str) -> None:
        """Note nothing."""


@contextmanager
def timed(meter: Meter, what: Span, **labels: str) -> Iterator[None]:
    """Note how long the block takes, however it ends."""
    begun = monotonic()
    try:
        yield
    finally:
        meter.took(what, monotonic() - begun, **labels)

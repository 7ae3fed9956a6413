"""How much is measured: a quick look, or figures to quote."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """Rounds are interleaved, floor and product in turn, and the median over rounds counts."""

    rounds: int
    requests: int
    """One after the other, each round; as many as a tenth of them before it, to warm up."""
    steady_seconds: int
    """At 100 requests a second."""
    crowds: int
    """How often 200 come in one instant."""
    starts: int
    served: int
    """Requests before the memory is read."""
    busy: int
    """Requests of 32 connections to each HTTP server, each round; 0: servers are not compared."""
    documents: int
    """Rendered by each way of rendering; the worst of them counts, too."""
    reminders: int
    """Due payment reminders, on each database."""
    due: int
    """Due rows of the outbox from which is claimed."""
    batches: int
    """Claimed one after the other, each of 100 rows, and completed row by row."""
    writing: float
    """Seconds that entries are put on record, each round."""
    forms: int
    """Handed in to all replicas together, each round."""
    mail: int
    """Messages that leave while forms are handed in."""
    readers: int
    """Those whom they go to."""
    asks: int
    """Open requests for assets; as many as a tenth of them before it, to compare."""
    assets: int
    """On the shelf, likewise."""
    looked_up: int
    """Requests of all times; a hundredth of them before it, to compare."""
    answers: int
    """Lists of triage, and searches of each kind, at either size."""
    everywhere: bool
    """Whether everything is measured on PostgreSQL too, not submissions and warm crowds alone."""


QUICK = Size(
    rounds=2,
    requests=40,
    steady_seconds=2,
    crowds=1,
    starts=1,
    served=100,
    busy=0,
    documents=5,
    reminders=200,
    due=20_000,
    batches=12,
    writing=0.5,
    forms=100,
    mail=200,
    readers=100,
    asks=2_000,
    assets=1_000,
    looked_up=100_000,
    answers=10,
    everywhere=False,
)
FULL = Size(
    rounds=5,
    requests=150,
    steady_seconds=15,
    crowds=3,
    starts=3,
    served=1000,
    busy=500,
    documents=20,
    reminders=1000,
    due=100_000,
    batches=100,
    writing=2.0,
    forms=1_000,
    mail=10_000,
    readers=500,
    asks=100_000,
    assets=50_000,
    looked_up=1_000_000,
    answers=40,
    everywhere=True,
)

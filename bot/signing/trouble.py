"""The partner refuses what it is asked: the rest is done all the same, and the admins are told."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from bot import parcels
from bot.desk import Desk
from bot.ports import Claimed, SignaturesRefused
from bot.sending import post_once
from messages.cleaning import one_line
from messages.markup import escape
from messages.problem import whisper
from workflows.roles import Role

_LONGEST = 500
_MOST_DEAD = 200
"""Parcels given up lately, among which another look at the same envelope is sought."""


@contextmanager
def later(refused: list[SignaturesRefused]) -> Iterator[None]:
    """Keep in ``refused`` that the partner refuses something, so that the rest is done first."""
    try:
        yield
    except SignaturesRefused as why:
        refused.append(why)


def is_known(desk: Desk, claimed: Claimed, why: str) -> bool:
    """Whether the admins were told of this by another parcel, and can send that one again."""
    mine = claimed.parcel
    return any(
        (each.parcel.kind, each.parcel.address, each.error) == (mine.kind, mine.address, why)
        for each in desk.post_office.dead_letters(_MOST_DEAD)
    )


def promise(desk: Desk, partner: str, why: str) -> None:
    """Promise every admin a word that it does not say what changed.

    That is once for each reason, for as long as the promise is known (``promises_days``).
    """
    now, reason = desk.clock.now(), sha256(why.encode(errors="replace")).hexdigest()[:16]
    what = {"partner": partner, "why": one_line(why)[:_LONGEST]}
    with desk.store.unit() as unit:
        for admin in sorted(unit.people.holders().get(Role.ADMIN, frozenset())):
            occasion = f"{reason}:{admin}"
            unit.outbox.add(parcels.aside("signing_trouble", occasion, f"user:{admin}", what, now))
        unit.commit()
    desk.wake()


def tell(desk: Desk, claimed: Claimed) -> None:
    """Tell an admin why nothing is found that no call of the partner's told of."""
    what = claimed.parcel.payload
    partner, why = str(what["partner"]), escape(str(what["why"]))
    post_once(
        desk,
        claimed,
        whisper(
            f"{partner} refuses to say which documents were signed or declined lately: {why}. What "
            f"its own calls tell of is done all the same; the rest is found only when a client is "
            "to be reminded. Give the user of FRONTDESK_DOCUSIGN what it lacks: it is asked again "
            "every 15 minutes."
        ),
    )

"""The private offer to record what somebody wrote below a card as their decision."""

from dataclasses import replace

from messages import limits, rows
from messages.buttons import JustTalking, Record, encode
from messages.message import Message
from messages.templates import render
from workflows.definition import Transition
from workflows.verdict import Verdict


def offer(transition: Transition, verdict: Verdict, written: str, meant: Record) -> Message:
    """Return the offer to do ``transition`` as ``meant``, below what was ``written``.

    A reason that is too long for a button is left out, and its form asks for it.
    """
    if len(encode(meant)[1]) > limits.VALUE:
        meant = replace(meant, words="")
    said = render("desk/verdict_offered", ref=meant.ref, written=written, verdict=verdict.label)
    record = rows.button(transition.label, meant, transition.style, transition.confirm or "")
    return rows.message(said, rows.row(record, rows.button("No, just talking", JustTalking())))


def withdrawn(ref: str) -> Message:
    """Return what stands in the place of an offer that does not hold any more."""
    return rows.message(render("desk/verdict_withdrawn", ref=ref))

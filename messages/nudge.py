"""What is said to the sales assistant when the client owes something: money, or gets no answer."""

from collections.abc import Sequence
from datetime import date

from messages import rows
from messages.facts import CardFacts
from messages.message import Message
from messages.occasions import steps
from messages.templates import about, render
from workflows.deal import ClientQuestion
from workflows.definition import Transition
from workflows.invoice import FollowUp, Invoice, Kind, Payment

_FOLLOW_UP = ("remind_client", "talked", "promised", "dispute", "snooze")
_ANSWER = ("answer_client",)
_SHOWN = 8
"""How many steps of the follow-up a message tells; the page tells all."""


def payment_nudge(
    facts: CardFacts, invoice: Invoice, nth: int, today: date, buttons: Sequence[Transition]
) -> Message:
    """Return the ``nth`` message (from 1) to whoever follows up the payment of ``invoice``.

    The balance, the due day, what was done so far, and those of ``buttons`` that go on from there.
    """
    done = [step for step in steps(invoice) if not _is_nudge(step)]
    said = render(
        "desk/payment_nudge",
        **about(facts) | {"today": today},
        invoice=invoice,
        nth=nth,
        done_so_far=done[-_SHOWN:],
        earlier=len(done[:-_SHOWN]),
    )
    return rows.message(
        said, rows.on_card(facts.request, _in_order(buttons, _FOLLOW_UP), invoice.number)
    )


def question_waits(
    facts: CardFacts, question: ClientQuestion, nth: int, buttons: Sequence[Transition]
) -> Message:
    """Return the ``nth`` message (from 1) to whoever has to answer the client's ``question``."""
    said = render("desk/question_waits", **about(facts), question=question, nth=nth)
    return rows.message(
        said, rows.on_card(facts.request, _in_order(buttons, _ANSWER), str(question.id))
    )


def _in_order(buttons: Sequence[Transition], names: Sequence[str]) -> list[Transition]:
    """Return those of ``buttons`` that are called one of ``names``, in the order of the names."""
    offered = {each.name: each for each in buttons}
    return [offered[name] for name in names if name in offered]


def _is_nudge(step: Payment | FollowUp) -> bool:
    return isinstance(step, FollowUp) and step.kind is Kind.NUDGE

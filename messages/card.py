"""The card: a request as it stands, for those who decide it, the one who asked, and the channel."""

from collections.abc import Sequence
from typing import Literal

from messages import rows
from messages.facts import CardFacts
from messages.message import Message
from messages.templates import about, render
from workflows.definition import Transition
from workflows.roles import Seat

Reader = Literal["decider", "asker", "channel"]


def card(
    facts: CardFacts, buttons: Sequence[Transition], *, reader: Reader, to: str = ""
) -> Message:
    """Return the card with those of ``buttons`` that belong on it, and always "Details".

    ``buttons`` are what the reader may do now (:func:`workflows.engine.available`); ``to`` is the
    reader's user id, where it is one person's copy. An ended request offers none; who decided it,
    when and why stands in their place.
    """
    stage = facts.workflow.stage(facts.request.stage)
    offered = () if stage.final else tuple(buttons)
    turn = my_turn(facts, offered, reader, to)
    said = render("desk/card", **about(facts), reader=reader, my_turn=turn, to=to)
    reminds = turn and reader != "channel" and bool(stage.reminders)
    return rows.message(said, rows.on_card(facts.request, offered, reminds=reminds))


def my_turn(facts: CardFacts, buttons: Sequence[Transition], reader: Reader, to: str = "") -> bool:
    """Whether the request waits for the reader: one who may decide it, or the one who asked.

    Without the id of the reader it is told by what they may do.
    """
    stage = facts.workflow.stage(facts.request.stage)
    if reader == "asker":
        return facts.request.asker in facts.waiting_for or bool(facts.request.questions)
    if reader == "channel" or not facts.waiting_for or stage.holder is Seat.ASKER:
        return False
    if to:
        return to in facts.waiting_for
    mine = {Seat.DECIDER, stage.holder}
    return any(each.vote if stage.lanes else mine & {*each.by} for each in buttons)

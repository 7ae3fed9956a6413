"""What a conversation shows: what was understood, from which words, what is still to be said."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import rows
from messages.buttons import Details, Discard, Pick, Resume, Submit
from messages.message import Json, Message
from messages.talk_wire import answering
from messages.templates import render
from workflows.definition import Style, Transition, Workflow
from workflows.money import Money
from workflows.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An answer that is there: its question, the answer in words, the words it was taken from.

    ``by_model``: the guess is a language model's.
    """

    label: str
    shown: str
    words: str = ""
    guess: bool = False
    by_model: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question that is asked now. ``readings``: what the words can mean, to choose from.

    ``control``: the element by which it is answered; None where the answer is written.
    """

    field: str
    label: str
    hint: str = ""
    problem: str = ""
    readings: tuple[str, ...] = ()
    control: Json | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkFacts:
    """An unfinished form that is filled in by talking. ``shown``: as of when (an instant, ISO).

    ``lost``: the message it came from has been deleted. ``note``: what just went wrong, if so.
    """

    draft: str
    shown: str
    workflow: Workflow
    lines: Sequence[Line]
    asked: Asked | None
    lost: bool = False
    note: str = ""


def card(facts: TalkFacts) -> Message:
    """Return the card: nothing is handed in before somebody presses "Submit" on it."""
    said = render("talk/card", talk=facts, asked=facts.asked)
    below = [*_controls(facts)]
    pressed = [
        rows.button("Open as form", Resume(facts.draft)),
        rows.button("Discard", Discard(facts.draft)),
    ]
    if facts.asked is None:
        pressed.insert(0, rows.button("Submit", Submit(facts.draft, facts.shown), Style.PRIMARY))
    return rows.message(said, *below, rows.row(*pressed))


def below() -> Message:
    """Return what stands in the place of a card that has moved down."""
    return rows.message(render("talk/below"))


def discarded(workflow: Workflow) -> Message:
    """Return what stands in the place of a card that was given up."""
    return rows.message(render("talk/discarded", workflow=workflow))


def sent(workflow: Workflow, ref: str) -> Message:
    """Return what stands in the place of a card that was handed in as the request ``ref``."""
    said = render("talk/sent", workflow=workflow, ref=ref)
    return rows.message(said, rows.row(rows.button("Details", Details(ref))))


def elsewhere(workflow: Workflow) -> Message:
    """Return what stands in a channel in the place of a card that goes on in the DM."""
    return rows.message(render("talk/elsewhere", workflow=workflow))


def gone(workflow: Workflow) -> Message:
    """Return what stands in the place of a card whose form was sent or discarded meanwhile."""
    return rows.message(render("talk/gone", workflow=workflow))


def unclear(workflows: Sequence[Workflow], *, unread: bool = False) -> Message:
    """Return that it was not understood, with three things that would be.

    ``unread``: there was nothing to read in it, as in a voice clip.
    """
    said = render("talk/unclear", workflows=tuple(workflows), unread=unread)
    return rows.message(said, *rows.ask(workflows))


def _controls(facts: TalkFacts) -> Sequence[Json]:
    asked = facts.asked
    if asked is None:
        return []
    choices = [
        rows.button(each, Pick(facts.draft, facts.shown, asked.field, nth))
        for nth, each in enumerate(asked.readings)
    ]
    controls = [rows.row(*choices)] if choices else []
    if asked.control is not None:
        controls.append(answering(asked.control, facts.draft, asked.field))
    return controls


def no_such() -> Message:
    """Return that nothing of what the reader may see is meant, and how to be clearer."""
    return rows.message(render("talk/no_such"))


def by_button(workflow: Workflow, request: Request, buttons: Sequence[Transition]) -> Message:
    """Return that decisions are made by button, with those that the reader has."""
    can = any(each.on_card for each in buttons)
    said = render("talk/by_button", workflow=workflow, request=request, can=can)
    return rows.message(said, rows.on_card(request, buttons))


def who_decides(
    amount: Money | None,
    threshold: Money | None,
    *,
    large: bool,
    executives: Sequence[str],
    assistants: Sequence[str],
) -> Message:
    """Return who decides about ``amount``, else from which one on the executive does.

    ``threshold`` is that of its currency, None where there is none: then the executive always does.
    """
    said = render(
        "talk/who_decides",
        amount=amount,
        threshold=threshold,
        large=large,
        executives=tuple(executives),
        assistants=tuple(assistants),
    )
    return rows.message(said)

"""A decision by a click: done at once, or by the form that it needs."""

from bot import confirming, decisions, form_opening
from bot.desk import Desk, Gesture
from messages.buttons import Button
from workflows.definition import Given
from workflows.refusals import Unconfirmed


def do(desk: Desk, gesture: Gesture, button: Button, words: str = "") -> bool:
    """Do what the button means; return whether it is done, and no form was opened for it.

    ``words``: with which the form gives the reason.
    """
    name, ref, step = button.action, button.ref, button.step
    if decisions.form_of(desk, ref, name) is not None:
        form_opening.open_transition(desk, gesture, ref, step, name, button.about, words)
        return False
    try:
        decisions.decide(desk, gesture, ref, step, name, Given())
    except Unconfirmed:
        confirming.open_confirmation(desk, gesture, ref, step, name)
        return False
    return True

"""Clicks: buttons on cards, pages and the Home tab, and fields that report what is typed."""

import re
from dataclasses import replace

from slack_bolt import Ack, App

from bot import (
    admin,
    drafts,
    evidence,
    form_opening,
    notifications,
    opinions,
    overview,
)
from bot.desk import Desk, Gesture
from bot.lookups import answering
from handlers import absence, bank, conversation, deciding, home, reports, settings, shelf
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction
from handlers.submissions import typed
from messages import buttons
from messages.buttons import (
    Button,
    Details,
    Export,
    FindRequests,
    New,
    Rate,
    Replay,
    Resume,
    Settings,
    ShowAll,
    Word,
)
from modals import wire


def register(app: App, desk: Desk) -> None:
    """Listen to every field and every button, whichever workflow it belongs to."""

    @app.action(wire.FIELD_ACTIONS)
    @admits(Who.MEMBERS)
    def filled_in(ack: Ack, body: Body) -> None:
        drafts.save_typed(desk, _gesture(body), typed(body))
        ack()

    @app.action(wire.RESUME_ACTION)
    @admits(Who.MEMBERS)
    def resumed(ack: Ack, body: Body) -> None:
        view, draft = body["view"], str(body["actions"][0]["value"])
        drafts.resume_here(desk, _gesture(body), draft, view["id"], view["hash"])
        ack()

    @app.action(re.compile(".*"))
    @admits(Who.MEMBERS)
    def pressed(ack: Ack, body: Body) -> None:
        action = body["actions"][0]
        meant = buttons.decode(action["action_id"], action.get("value", ""))
        _press(desk, _gesture(body), meant, str(action["action_ts"]))
        ack()


def _press(desk: Desk, gesture: Gesture, meant: buttons.Gesture, occasion: str) -> None:
    """Do what a button means; ``occasion`` is the time of the click."""
    if isinstance(meant, buttons.PutOff | buttons.Verdicts):
        raise buttons.NotOurs  # they have listeners of their own
    if isinstance(meant, buttons.Shelf):
        shelf.press(desk, gesture, meant, occasion)
    elif isinstance(meant, buttons.Absence):
        absence.press(desk, gesture, meant)
    elif isinstance(meant, buttons.Reports):
        reports.press(desk, gesture, meant)
    elif isinstance(meant, buttons.Talk):
        conversation.press(desk, gesture, meant)
    elif isinstance(meant, buttons.HomeTab):
        home.press(desk, gesture, meant)
    elif isinstance(meant, buttons.Bank):
        bank.press(desk, gesture, meant)
    elif isinstance(meant, buttons.Company):
        settings.press(desk, gesture, meant)
    else:
        _press_plain(desk, gesture, meant)


def _press_plain(desk: Desk, gesture: Gesture, meant: buttons.Plain) -> None:
    match meant:
        case Button():
            deciding.do(desk, gesture, meant)
        case New(key) if key not in desk.workflows:
            raise buttons.NotOurs
        case New(key):
            form_opening.open_new(desk, gesture, desk.workflows[key])
        case Resume(draft):
            drafts.resume(desk, gesture, draft)
        case Replay(parcel):
            admin.replay(desk, gesture, parcel)
        case _:
            _look(desk, gesture, meant)


def _look(desk: Desk, gesture: Gesture, meant: buttons.Look) -> None:
    """Show what there is to see, and take what people think of it."""
    match meant:
        case Details(ref):
            overview.show_page(desk, gesture, ref)
        case ShowAll():
            overview.show_all(desk, gesture)
        case FindRequests():
            answering.show_more(desk, gesture, meant)
        case Settings():
            notifications.open_form(desk, gesture)
        case Rate(ref, score):
            opinions.rate(desk, gesture, ref, score)
        case Word(ref):
            opinions.open_word(desk, gesture, ref)
        case Export(ref):
            evidence.export(desk, gesture, ref)


def _gesture(body: Body) -> Gesture:
    view = body.get("view") or {}
    if view.get("type") == "modal":
        return replace(of_interaction(body, "modal"), view_id=str(view["id"]))
    return of_interaction(body, "home" if view else "button")

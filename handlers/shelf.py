"""Buttons and forms about assets: opened, used, reported, found, taken instead of asking."""

from collections.abc import Mapping

from slack_bolt import Ack, App

from bot import form_opening, intake, keeping
from bot.desk import Desk, Gesture
from bot.intake import Alike, Refused
from bot.shelf import finding, look_alikes, opening, refreshing, tagging, using
from bot.triage import agenda
from handlers.admission import Who, admits
from handlers.gestures import Body, of_submission
from messages.buttons import (
    AddTag,
    FindMore,
    Follow,
    NotOurs,
    Open,
    Report,
    Shelf,
    StartRefresh,
    ThisOne,
    TriageMore,
    Use,
)
from modals.keeping import LISTS, WEIGHTS
from modals.metadata import Metadata
from modals.usage import USE_IN_DEAL
from workflows.priority import Standing


def register(app: App, desk: Desk) -> None:
    """Listen to the forms that are no transition's; before the listener for every other form."""

    @app.view(USE_IN_DEAL.key)
    @admits(Who.MEMBERS)
    def used(ack: Ack, body: Body) -> None:
        ref = _metadata(body).ref or ""
        _taken(ack, using.use(desk, of_submission(body), ref, _values(body)))

    @app.view(LISTS.key)
    @admits(Who.MEMBERS)
    def lists(ack: Ack, body: Body) -> None:
        seen = _metadata(body).ref or ""
        _taken(ack, keeping.keep_lists(desk, of_submission(body), seen, _values(body)))

    @app.view(WEIGHTS.key)
    @admits(Who.MEMBERS)
    def weights(ack: Ack, body: Body) -> None:
        _taken(ack, keeping.keep_weights(desk, of_submission(body), _values(body)))

    @app.view(look_alikes.FORM)
    @admits(Who.MEMBERS)
    def sent_anyway(ack: Ack, body: Body) -> None:
        draft, view = _metadata(body).draft, str(body["view"]["id"])
        match intake.send_anyway(desk, of_submission(body), draft, view):
            case Refused() | Alike():
                ack(response_action="update", view=form_opening.drawn_again(desk, draft))
            case _:
                ack(response_action="clear")

    @app.view_closed(look_alikes.FORM)
    @admits(Who.WRITER)
    def looked(ack: Ack) -> None:
        ack()


def press(desk: Desk, gesture: Gesture, meant: Shelf, occasion: str) -> None:
    """Do what a button about assets means; ``occasion`` is the time of the click."""
    match meant:
        case Open(ref):
            opening.open_asset(desk, gesture, ref, occasion)
        case Use(ref):
            using.open_use(desk, gesture, ref)
        case Report(ref):
            form_opening.open_at_once(desk, gesture, ref, "report_outdated")
        case ThisOne(ref, draft):
            look_alikes.take(desk, gesture, ref, draft)
        case Follow(ref, draft):
            look_alikes.follow(desk, gesture, ref, draft)
        case FindMore(text, skip):
            finding.show_more(desk, gesture, text, skip)
        case _:
            _oversee(desk, gesture, meant)


def _oversee(desk: Desk, gesture: Gesture, meant: TriageMore | AddTag | StartRefresh) -> None:
    match meant:
        case TriageMore(standing, skip):
            if standing not in {each.value for each in Standing}:
                raise NotOurs
            agenda.show_more(desk, gesture, Standing(standing), skip)
        case AddTag(key):
            tagging.add(desk, gesture, key)
        case StartRefresh(period):
            refreshing.start_all(desk, gesture, period)


def _taken(ack: Ack, errors: Mapping[str, str]) -> None:
    if errors:
        ack(response_action="errors", errors=dict(errors))
    else:
        ack(response_action="clear")


def _metadata(body: Body) -> Metadata:
    return Metadata.decode(body["view"]["private_metadata"])


def _values(body: Body) -> Body:
    values: Body = body["view"]["state"]["values"]
    return values

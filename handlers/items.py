"""The editor of a list in a form: its buttons and menus, and the form for one entry."""

from dataclasses import replace

from slack_bolt import Ack, App

from bot import drafts, items
from bot.desk import Desk, Gesture
from bot.intake import Refused
from bot.items import Shown
from handlers.admission import Who, admits
from handlers.gestures import Body, of_interaction, of_submission
from handlers.submissions import typed
from modals import item_wire
from modals.item_wire import Place, Press, Verb
from modals.metadata import NotOurs


def register(app: App, desk: Desk) -> None:
    """Listen to every list of every form; before what listens to anything."""

    @app.action(item_wire.ACTIONS)
    @admits(Who.MEMBERS)
    def pressed(ack: Ack, body: Body) -> None:
        press = _press(body)
        if press.verb is Verb.OPEN:
            room = _has_room(body["view"]) if body.get("view") else False
            items.open_list(desk, _gesture(body), typed(body), press.field, has_room=room)
        else:
            items.press(desk, _gesture(body), _shown(body, _occasion(body)), press)
        ack()

    @app.view(item_wire.ENTRY)
    @admits(Who.MEMBERS)
    def saved(ack: Ack, body: Body) -> None:
        view = body["view"]
        shown = _shown(body, Place.decode(view["private_metadata"]).token)
        match items.save_entry(desk, of_submission(body), shown, view["state"]["values"]):
            case Refused(errors):
                ack(response_action="errors", errors=dict(errors))
            case items.Saved(None):
                ack()
            case items.Saved(view=view):
                ack(response_action="update", view=view)

    @app.view_closed(item_wire.LIST)
    @admits(Who.WRITER)
    def list_closed(ack: Ack, body: Body) -> None:
        _closed(desk, body)
        ack()

    @app.view_closed(item_wire.ENTRY)
    @admits(Who.WRITER)
    def entry_closed(ack: Ack, body: Body) -> None:
        _closed(desk, body)
        ack()


def _closed(desk: Desk, body: Body) -> None:
    """The view had taken the place of the form, which is now closed with it."""
    view = body["view"]
    place = Place.decode(view["private_metadata"])
    drafts.closed(desk, of_interaction(body, "modal"), place.form, view["id"])


def _press(body: Body) -> Press:
    action = body["actions"][0]
    chosen = action.get("selected_option") or action
    return item_wire.press_of(str(chosen.get("value", "")))


def _shown(body: Body, occasion: str) -> Shown:
    if not body.get("view"):
        raise NotOurs
    view = body["view"]
    return Shown(
        view_id=view["id"],
        place=Place.decode(view["private_metadata"]),
        has_room=_has_room(view),
        occasion=occasion,
    )


def _has_room(view: Body) -> bool:
    """Whether another view fits on this one: Slack stacks three of them."""
    return view.get("previous_view_id") in (None, view.get("root_view_id"))


def _occasion(body: Body) -> str:
    return str(body["actions"][0]["action_ts"])


def _gesture(body: Body) -> Gesture:
    return replace(of_interaction(body, "modal"), view_id=str((body.get("view") or {}).get("id")))

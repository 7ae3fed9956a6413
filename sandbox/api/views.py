"""The views.* methods."""

from sandbox import windows
from sandbox.api.call import Call, method
from sandbox.codes import SlackError
from sandbox.events import home_id
from sandbox.shapes import views
from sandbox.state.records import JSON, View
from sandbox.triggers import Trigger


def _trigger(call: Call) -> Trigger:
    """The trigger of the call, spent only once the view is accepted."""
    trigger_id = call.text("trigger_id") or call.text("interactivity_pointer")
    if code := call.slack.triggers.problem(trigger_id, call.app.id):
        raise SlackError(code)
    return call.slack.triggers.peek(trigger_id)


def _answer(call: Call, view: View) -> JSON:
    return {"view": views.view(view, call.app, call.slack.team_id)}


def _check_hash(call: Call, view: View) -> None:
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")


@method("views.open")
def views_open(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/views.open."""
    trigger = _trigger(call)
    view = windows.open_modal(call.slack, call.app, trigger, call.arguments["view"])
    call.slack.triggers.use(trigger.id)
    return _answer(call, view)


@method("views.push")
def views_push(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/views.push; the trigger must come from an open modal."""
    trigger = _trigger(call)
    onto = call.slack.store.views.get(trigger.view)
    if onto is None or onto.form != "modal":
        raise SlackError("not_found")
    view = windows.push(call.slack, onto, call.arguments["view"], trigger.id)
    call.slack.triggers.use(trigger.id)
    return _answer(call, view)


@method("views.update")
def views_update(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/views.update."""
    view = _named(call)
    _check_hash(call, view)
    return _answer(call, windows.replace(call.slack, view, call.arguments["view"]))


def _named(call: Call) -> View:
    for view in call.slack.store.views.all():
        known = {view.id: "view_id", view.body.get("external_id"): "external_id"}
        if view.app_id == call.app.id and any(
            call.text(name) == key for key, name in known.items() if key
        ):
            return view
    raise SlackError("not_found")


@method("views.publish")
def views_publish(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/views.publish."""
    home = call.app.feature("app_home") or {}
    if not home.get("home_tab_enabled"):
        raise SlackError("not_enabled")
    person = call.person("user_id", code="invalid_arguments")
    present = call.slack.store.views.get(home_id(call.app, person.id))
    if present is not None:
        _check_hash(call, present)
    return _answer(call, windows.publish(call.slack, call.app, person.id, call.arguments["view"]))

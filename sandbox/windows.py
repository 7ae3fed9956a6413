"""Modals on people's screens and Home tabs: opening, stacking, replacing, closing."""

from sandbox import pictures
from sandbox.blocks.elements import completed, surviving
from sandbox.blocks.validation import is_too_large, view_problems
from sandbox.codes import SlackError, explained
from sandbox.events import home_id
from sandbox.facts import limit
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, View
from sandbox.triggers import Trigger


def stack(slack: Slack, root: str) -> list[View]:
    """The open views of one modal, the lowest first."""
    return [view for view in slack.store.views.all() if view.form == "modal" and view.root == root]


def top(slack: Slack, root: str) -> View | None:
    """The view in front, or None when the modal is closed."""
    views = stack(slack, root)
    return views[-1] if views else None


def accepted(slack: Slack, app: App, body: object, form: str, replacing: str = "") -> JSON:
    """An app's view as it is stored; raises SlackError when Slack would refuse it."""
    problems = view_problems(body)
    if problems or not isinstance(body, dict) or body["type"] != form:
        raise SlackError("invalid_arguments", **explained(problems))
    if problems := pictures.problems(slack, app, body["blocks"], "/view/blocks"):
        raise SlackError("invalid_arguments", **explained(problems))
    if is_too_large(body):
        raise SlackError("view_too_large")
    external = body.get("external_id")
    for view in slack.store.views.all():
        if external and view.body.get("external_id") == external and view.id != replacing:
            raise SlackError("duplicate_external_id")
    return body | {"blocks": completed(body["blocks"])}


def open_modal(slack: Slack, app: App, trigger: Trigger, body: object) -> View:
    """A modal of its own in front of the person who caused the trigger."""
    accepted_body = accepted(slack, app, body, "modal")
    view_id = slack.new_id("V")
    view = View(
        view_id,
        form="modal",
        app_id=app.id,
        viewer=trigger.viewer,
        body=accepted_body,
        root=view_id,
        hash=slack.hash(),
        trigger=trigger.id,
        channel=trigger.channel,
    )
    return slack.store.views.save(view)


def push(slack: Slack, onto: View, body: object, trigger: str = "") -> View:
    """A view on top of another one."""
    front = top(slack, onto.root)
    if front is None:
        raise SlackError("not_found")
    if len(stack(slack, onto.root)) >= limit("view.stack.max"):
        raise SlackError("push_limit_reached")
    view = View(
        slack.new_id("V"),
        form="modal",
        app_id=onto.app_id,
        viewer=onto.viewer,
        body=accepted(slack, slack.store.apps[onto.app_id], body, "modal"),
        root=onto.root,
        hash=slack.hash(),
        previous=front.id,
        trigger=trigger,
        channel=onto.channel,
    )
    return slack.store.views.save(view)


def replace(slack: Slack, view: View, body: object) -> View:
    """New content for a view.

    What is typed survives where block_id, action_id and type are the same.
    """
    app = slack.store.apps[view.app_id]
    new = accepted(slack, app, body, view.form, replacing=view.id)
    view.inputs = surviving(view.blocks, new["blocks"], view.inputs)
    view.body = new
    view.hash = slack.hash()
    view.errors = {}
    view.trouble = ""
    return slack.store.views.save(view)


def publish(slack: Slack, app: App, user: str, body: object) -> View:
    """The whole Home tab of one person."""
    key = home_id(app, user)
    present = slack.store.views.get(key)
    if present is not None:
        return replace(slack, present, body)
    new = accepted(slack, app, body, "home")
    return slack.store.views.save(View(key, "home", app.id, user, new, root=key, hash=slack.hash()))


def close(slack: Slack, view: View) -> None:
    """Take one view off its stack."""
    slack.store.views.drop(view.id)


def clear(slack: Slack, root: str) -> None:
    """Take the whole modal off the screen."""
    with slack.store.change():
        for view in stack(slack, root):
            slack.store.views.drop(view.id)

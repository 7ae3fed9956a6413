"""Views in Slack's JSON."""

from sandbox.blocks.elements import state
from sandbox.state.records import JSON, App, View


def view(record: View, app: App, team: str, *, with_values: bool = True) -> JSON:
    """A view object (docs.slack.dev/reference/views); `view_closed` shows it without values."""
    body = record.body
    return {
        "id": record.id,
        "team_id": team,
        "type": record.form,
        "blocks": record.blocks,
        "private_metadata": body.get("private_metadata") or "",
        "callback_id": body.get("callback_id") or "",
        "state": {"values": state(record.blocks, record.inputs) if with_values else {}},
        "hash": record.hash,
        "title": body.get("title"),
        "clear_on_close": bool(body.get("clear_on_close")),
        "notify_on_close": bool(body.get("notify_on_close")),
        "close": body.get("close"),
        "submit": body.get("submit"),
        "previous_view_id": record.previous or None,
        "root_view_id": record.root,
        "app_id": app.id,
        "external_id": body.get("external_id") or "",
        "app_installed_team_id": team,
        "bot_id": app.bot_id,
    }

"""A small real bot with every kind of surface, for the page to show."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

JSON = dict[str, Any]
GALLERY: JSON = json.loads(Path(__file__).with_name("gallery.json").read_text())
DUE = 1_796_313_600  # 2026-12-03T16:00:00Z

COMMANDS = [
    {
        "command": "/sow",
        "description": "Ask for a Statement of Work",
        "usage_hint": "[list | help]",
    },
    {"command": "/gallery", "description": "Every element there is"},
    {"command": "/hush", "description": "A word for you alone"},
    {"command": "/broken", "description": "Nobody answers this"},
]
SHORTCUTS = [
    {"name": "New request", "type": "global", "callback_id": "new_request"},
    {"name": "Make a request of it", "type": "message", "callback_id": "from_message"},
]


def text(words: str) -> JSON:
    return {"type": "plain_text", "text": words}


def mrkdwn(words: str) -> JSON:
    return {"type": "mrkdwn", "text": words}


def option(words: str, remark: str = "") -> JSON:
    shape: JSON = {"text": text(words), "value": words.lower().replace(" ", "_")}
    return shape | ({"description": text(remark)} if remark else {})


def field(name: str, label: str, element: JSON, **more: Any) -> JSON:
    element = {"action_id": "value"} | element
    return {"type": "input", "block_id": name, "label": text(label), "element": element} | more


def form(*, existing: bool = False) -> JSON:
    kinds = [option("New client"), option("Existing client")]
    blocks = [
        field("client", "Client", {"type": "plain_text_input", "min_length": 3}),
        field(
            "kind",
            "Client type",
            {"type": "static_select", "options": kinds, "placeholder": text("Choose a type")},
            dispatch_action=True,
        ),
        field("amount", "Amount", {"type": "number_input", "is_decimal_allowed": False},
              hint=text("In whole dollars")),
        field("approver", "Approver", {"type": "users_select"}),
    ]  # fmt: skip
    if existing:
        project = field("project", "Project", {"type": "plain_text_input"}, optional=True)
        blocks.insert(2, project)
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text("New request"),
        "submit": text("Send"),
        "close": text("Not now"),
        "blocks": blocks,
    }


def button(words: str, style: str, **more: Any) -> JSON:
    shape = {"type": "button", "action_id": words.lower(), "text": text(words), "style": style}
    return shape | {"value": "1"} | more


def card(summary: str, decided: str = "") -> list[JSON]:
    confirm = {
        "title": text("Reject?"),
        "text": mrkdwn("The rep is told *at once*."),
        "confirm": text("Reject it"),
        "deny": text("Keep it"),
        "style": "danger",
    }
    buttons = [button("Approve", "primary"), button("Reject", "danger", confirm=confirm)]
    due = f"*When*\nDue <!date^{DUE}^{{date_short}} at {{time}}|3 December>"
    status = f"*Status*\n{decided or 'Waits for approval'}"
    actions = {"type": "actions", "block_id": "decision", "elements": buttons}
    return [
        {"type": "header", "text": text("SOW-1")},
        {"type": "section", "text": mrkdwn(summary), "fields": [mrkdwn(due), mrkdwn(status)]},
        *([] if decided else [actions]),
        {"type": "context", "elements": [mrkdwn(decided or "Nobody has decided yet")]},
    ]


def home(count: int) -> JSON:
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": text("Your requests")},
            {"type": "section", "text": mrkdwn(f"Opened {count} times"),
             "accessory": {"type": "button", "action_id": "start", "text": text("Start one")}},
        ],
    }  # fmt: skip


def serve(app: App) -> None:
    """Register everything."""
    _commands(app)
    _gallery(app)
    _form(app)
    _card(app)
    opened: dict[str, int] = {}

    @app.event("app_home_opened")
    def came(event: JSON, client: WebClient) -> None:
        if event["tab"] == "home":
            opened[event["user"]] = opened.get(event["user"], 0) + 1
            client.views_publish(user_id=event["user"], view=home(opened[event["user"]]))

    @app.event("message")
    @app.event("member_joined_channel")
    def heard() -> None:
        pass


def _commands(app: App) -> None:
    def ask(ack: Ack, body: JSON, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()

    app.command("/sow")(ask)
    app.action("start")(ask)
    app.shortcut("new_request")(ask)
    app.shortcut("from_message")(ask)

    @app.command("/hush")
    def hush(ack: Ack) -> None:
        ack(":eyes: Between *us*.")


def _gallery(app: App) -> None:
    @app.command("/gallery")
    def show(ack: Ack, body: JSON, client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=GALLERY)
        ack()

    @app.action("deeper")
    def deeper(ack: Ack, body: JSON, client: WebClient) -> None:
        blocks = [field("reason", "Reason", {"type": "plain_text_input"})]
        view = {"type": "modal", "title": text("Deeper"), "submit": text("Done"), "blocks": blocks}
        client.views_push(trigger_id=body["trigger_id"], view=view)
        ack()

    @app.action({"block_id": re.compile("search|code"), "action_id": "value"})
    @app.action("day")
    def typed(ack: Ack) -> None:
        ack()

    @app.options("value")
    def offer(ack: Ack, payload: JSON) -> None:
        found = [
            name
            for name in ("Mia Tanaka", "Hana Kim", "Milan Works")
            if payload["value"].lower() in name.lower()
        ]
        ack(options=[option(name) for name in found])


def _form(app: App) -> None:
    @app.action({"block_id": "kind", "action_id": "value"})
    def chosen(ack: Ack, body: JSON, client: WebClient) -> None:
        value = body["actions"][0]["selected_option"]["value"]
        view = body["view"]
        fresh = form(existing=value == "existing_client")
        client.views_update(view_id=view["id"], hash=view["hash"], view=fresh)
        ack()

    @app.view("form")
    def sent(ack: Ack, view: JSON, body: JSON, client: WebClient) -> None:
        values = view["state"]["values"]
        if int(values["amount"]["value"]["value"]) > 100_000:
            ack(response_action="errors", errors={"amount": "At most 100,000 without a contract."})
            return
        who = values["approver"]["value"]["selected_user"]
        summary = f"*{values['client']['value']['value']}* for <@{body['user']['id']}>"
        client.chat_postMessage(channel=who, text="A request", blocks=card(summary))
        ack()


def _card(app: App) -> None:
    def decide(words: str) -> Callable[..., None]:
        def decided(ack: Ack, body: JSON, client: WebClient) -> None:
            summary = body["message"]["blocks"][1]["text"]["text"]
            said = f"{words} by <@{body['user']['id']}>"
            where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
            client.chat_update(**where, text=said, blocks=card(summary, said))
            client.chat_postMessage(channel=where["channel"], thread_ts=where["ts"], text="Noted.")
            ack()

        return decided

    app.action("approve")(decide("Approved"))
    app.action("reject")(decide("Rejected"))

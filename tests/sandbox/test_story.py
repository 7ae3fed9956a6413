"""A request from command to approval, by a real Bolt app over both transports."""

from typing import Any

import pytest
from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from sandbox import Person, Workspace, errors
from tests.sandbox.conftest import Bot


def text(words: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": words}


def form() -> dict[str, Any]:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": text("New request"),
        "submit": text("Send"),
        "blocks": [
            {
                "type": "input",
                "block_id": "client",
                "label": text("Client"),
                "element": {"type": "plain_text_input", "action_id": "value", "min_length": 3},
            },
            {
                "type": "input",
                "block_id": "kind",
                "label": text("Client type"),
                "element": {
                    "type": "static_select",
                    "action_id": "value",
                    "options": [{"text": text(t), "value": t.lower()} for t in ("10x", "Standard")],
                },
            },
        ],
    }


def card(summary: str) -> list[dict[str, Any]]:
    button = {"type": "button", "action_id": "approve", "text": text("Approve"), "value": "1"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*SOW-1* {summary}"}},
        {"type": "actions", "block_id": "decision", "elements": [button]},
    ]


def serve_requests(bot: Bot) -> None:
    """The smallest bot with a form, an error, a card and a button."""

    @bot.app.command("/sow")
    def asked(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form())
        ack()

    @bot.app.view("form")
    def sent(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        values = body["view"]["state"]["values"]
        name = values["client"]["value"]["value"]
        if name == "Initech":
            ack(response_action="errors", errors={"client": "Initech does not pay."})
            return
        kind = values["kind"]["value"]["selected_option"]["value"]
        channel = client.conversations_open(users=body["user"]["id"])["channel"]["id"]
        client.chat_postMessage(
            channel=channel, text=f"SOW-1 {name}", blocks=card(f"{name} ({kind})")
        )
        ack()

    @bot.app.action("approve")
    def approved(ack: Ack, body: dict[str, Any], client: WebClient, respond: Respond) -> None:
        channel, ts = body["channel"]["id"], body["message"]["ts"]
        client.chat_update(channel=channel, ts=ts, text="SOW-1 approved", blocks=[])
        respond("Thank you.")
        ack()


async def test_a_request_from_command_to_approval(bot: Bot, ana: Person) -> None:
    serve_requests(bot)
    asked = await ana.command("/sow", channel="sales")
    assert asked.modal is not None
    assert asked.modal.title == "New request"
    await asked.modal.fill(client="Globex", client_type="10x")
    submitted = await asked.modal.submit()
    assert submitted.closed
    posted = await ana.dm_with_bot().wait_for("SOW-1")
    assert posted.text == "SOW-1 Globex (10x)\n[Approve]"
    pressed = await posted.click("Approve")
    assert pressed.reply is not None
    assert pressed.reply.text == "Thank you."
    assert (posted.text, posted.buttons) == ("SOW-1 approved", [])
    with pytest.raises(errors.ButtonGone):
        await posted.click("Approve")


async def test_the_client_refuses_before_anything_is_sent(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    serve_requests(bot)
    modal = (await ana.command("/sow")).modal
    assert modal is not None
    with pytest.raises(errors.NotOffered, match="Standard"):
        await modal.fill(kind="Huge")
    with pytest.raises(errors.FieldRequired, match="Client"):
        await modal.submit()
    await modal.fill(client="ab", kind="standard")
    with pytest.raises(errors.TooShort):
        await modal.submit()
    assert modal.errors == {"Client": "“Client” needs at least 3 characters."}
    assert workspace.deliveries.of("view_submission") == []


async def test_the_apps_errors_keep_the_form_open_with_what_is_typed(bot: Bot, ana: Person) -> None:
    serve_requests(bot)
    modal = (await ana.command("/sow")).modal
    assert modal is not None
    await modal.fill(client="Initech", client_type="10x")
    submitted = await modal.submit()
    assert submitted.errors == {"Client": "Initech does not pay."}
    assert modal.fields == {"Client": "Initech", "Client type": "10x"}
    await modal.fill(client="Globex")
    assert (await modal.submit()).closed


async def test_a_click_that_comes_too_late_still_reaches_the_bot(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    serve_requests(bot)
    modal = (await ana.command("/sow")).modal
    assert modal is not None
    await modal.fill(client="Globex", client_type="10x")
    await modal.submit()
    posted = await ana.dm_with_bot().wait_for("SOW-1")
    slow = posted.as_seen_now()
    await posted.click("Approve")
    late = await slow.click("Approve")
    assert late.acknowledged
    assert len(workspace.deliveries.of("block_actions")) == 2


async def test_commands_answer_in_their_ack(bot: Bot, ana: Person) -> None:
    bot.app.command("/sow")(lambda ack: ack("Try `/sow help`."))
    answered = await ana.command("/sow", "what?")
    assert answered.reply is not None
    assert answered.reply.text == "Try /sow help."
    assert answered.modal is None


async def test_a_command_nobody_answers_shows_slacks_sentence(bot: Bot, ana: Person) -> None:
    answered = await ana.command("/sow")
    expected = "operation_timeout" if bot.installed.transport == "socket" else "http_service_error"
    assert answered.toast == f"/sow failed with the error “{expected}”."


@pytest.mark.usefixtures("bot")
async def test_commands_are_not_for_threads(ana: Person) -> None:
    with pytest.raises(errors.CommandInThread):
        await ana.command("/sow", thread=True)
    with pytest.raises(errors.NoSuchCommand):
        await ana.command("/nothing")

"""Modals: stacks, hashes, what survives an update, what the app hears and when."""

from functools import partial
from threading import Timer
from typing import Any

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Modal, Person, Workspace, errors
from tests.sandbox.conftest import Bot
from tests.sandbox.test_block_kit import actions, button, entry, modal, option, select, text


def named(block_id: str, element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return entry(element) | {"block_id": block_id, "label": text(block_id.title())} | more


def plain(action_id: str = "v", **more: Any) -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": action_id} | more


def form(*blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    return modal(blocks=list(blocks), submit=text("Send"), callback_id="form", **more)


class Opener:
    """A bot whose /sow opens a view and which remembers the payloads it gets."""

    def __init__(self, bot: Bot, workspace: Workspace) -> None:
        self.bot = bot
        self.ana = workspace.person("ana")
        self.heard: list[dict[str, Any]] = []
        self.view: dict[str, Any] = {}

        def opened(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=self.view)
            ack()

        bot.app.command("/sow")(opened)

    async def open(self, view: dict[str, Any]) -> Modal:
        self.view = view
        found = (await self.ana.command("/sow")).modal
        assert found is not None
        return found

    def on_submit(self, **answer: Any) -> None:
        def sent(ack: Ack, body: dict[str, Any]) -> None:
            self.heard.append(body)
            ack(**answer)

        self.bot.app.view("form")(sent)

    def on_action(self, action_id: str, **view: Any) -> None:
        def acted(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
            self.heard.append(body)
            if view:
                client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], **view)
            ack()

        self.bot.app.action(action_id)(acted)


@pytest.fixture
def opener(bot: Bot, workspace: Workspace) -> Opener:
    return Opener(bot, workspace)


async def test_every_kind_of_field_is_filled_and_sent(opener: Opener) -> None:
    opener.on_submit()
    fields = [
        named("name", plain()),
        named("kind", select()),
        named("date", {"type": "datepicker", "action_id": "v"}),
        named("time", {"type": "timepicker", "action_id": "v"}),
        named(
            "boxes", {"type": "checkboxes", "action_id": "v", "options": [option("a"), option("b")]}
        ),
        named(
            "radio",
            {"type": "radio_buttons", "action_id": "v", "options": [option("a"), option("b")]},
        ),
        named("who", {"type": "users_select", "action_id": "v"}),
        named("team", {"type": "multi_users_select", "action_id": "v"}),
        named("where", {"type": "conversations_select", "action_id": "v"}),
        named("mail", {"type": "email_text_input", "action_id": "v"}),
        named("amount", {"type": "number_input", "action_id": "v", "is_decimal_allowed": True}),
        named("files", {"type": "file_input", "action_id": "v"}, optional=True),
    ]
    shown = await opener.open(form(*fields))
    await shown.fill(
        name="Globex",
        kind="x",
        date="2026-12-01",
        time="09:30",
        boxes=["a", "b"],
        radio="b",
        who="mia",
    )
    await shown.fill(team=["mia", "sol"], where="sales", mail="ana@globex.example", amount="12.5")
    await shown.attach("files", await opener.ana.upload("brief.pdf", b"%PDF"))
    assert shown.fields["Team"] == "Mia Tanaka, Sol Haddad"
    assert (await shown.submit()).closed
    values = {
        block: next(iter(found.values()))
        for block, found in opener.heard[0]["view"]["state"]["values"].items()
    }
    assert values["name"] == {"type": "plain_text_input", "value": "Globex"}
    assert values["kind"]["selected_option"]["value"] == "x"
    assert (values["date"]["selected_date"], values["time"]["selected_time"]) == (
        "2026-12-01",
        "09:30",
    )
    assert [o["value"] for o in values["boxes"]["selected_options"]] == ["a", "b"]
    assert values["team"]["selected_users"][1] == values["who"]["selected_user"].replace(
        "MIA", "SOL"
    )
    assert values["files"]["files"][0]["name"] == "brief.pdf"
    assert values["amount"]["value"] == "12.5"


async def test_what_the_client_checks_by_itself(opener: Opener) -> None:
    shown = await opener.open(
        form(
            named("mail", {"type": "email_text_input", "action_id": "v"}),
            named(
                "count",
                {
                    "type": "number_input",
                    "action_id": "v",
                    "is_decimal_allowed": False,
                    "max_value": "9",
                },
            ),
            named("note", plain(max_length=5), optional=True),
        )
    )
    await shown.fill(mail="nobody", count="10")
    with pytest.raises(errors.BadValue, match="e-mail"):
        await shown.submit()
    assert set(shown.errors) == {"Mail", "Count"}
    with pytest.raises(errors.TooLong):
        await shown.fill(note="longer")
    with pytest.raises(errors.NoSuchField, match="Mail, Count, Note"):
        await shown.fill(colour="red")


async def test_typed_values_survive_only_under_the_same_ids(opener: Opener) -> None:
    opener.on_action(
        "more",
        view=form(named("name", plain()), named("note", plain("other", initial_value="new"))),
    )
    shown = await opener.open(
        form(named("name", plain()), named("note", plain()), actions(button(action_id="more")))
    )
    await shown.fill(name="Globex", note="typed")
    await shown.click("Go")
    assert shown.fields == {"Name": "Globex", "Note": "new"}
    assert opener.heard[0]["view"]["state"]["values"]["note"]["v"]["value"] == "typed"


async def test_fields_speak_up_only_where_asked_to(opener: Opener) -> None:
    for action in ("pick", "quiet", "enter", "keys"):
        opener.on_action(action)
    keys = {"trigger_actions_on": ["on_character_entered"]}
    shown = await opener.open(
        form(
            named("quiet", select(action_id="quiet")),
            named("pick", select(action_id="pick"), dispatch_action=True),
            named("enter", plain("enter"), dispatch_action=True),
            named("keys", plain("keys", dispatch_action_config=keys), dispatch_action=True),
        )
    )
    await shown.fill(quiet="x", pick="y", enter="no Enter yet")
    assert [body["actions"][0]["action_id"] for body in opener.heard] == ["pick"]
    await shown.type("enter", "now", enter=True)
    await shown.type("keys", "abc")
    said = [
        (body["actions"][0]["action_id"], body["actions"][0].get("value"))
        for body in opener.heard[1:]
    ]
    assert said == [("enter", "now"), ("keys", "a"), ("keys", "ab"), ("keys", "abc")]
    state = opener.heard[-1]["view"]["state"]["values"]
    assert state["quiet"]["quiet"]["selected_option"]["value"] == "x"
    assert opener.heard[0]["container"] == {"type": "view", "view_id": shown.view.id}


async def test_three_views_and_no_more(opener: Opener) -> None:
    pushed: list[str] = []

    def push(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        try:
            view = form(actions(button(action_id="push"))) | {
                "title": text(f"View {len(pushed) + 2}")
            }
            pushed.append(
                client.views_push(trigger_id=body["trigger_id"], view=view)["view"][
                    "previous_view_id"
                ]
            )
        except SlackApiError as error:
            pushed.append(error.response["error"])
        ack()

    opener.bot.app.action("push")(push)
    shown = await opener.open(form(actions(button(action_id="push"))))
    first = shown.view.id
    for _ in range(3):
        await shown.click("Go")
    assert (pushed[0], pushed[2], shown.depth) == (first, "push_limit_reached", 3)
    await shown.close()
    assert (shown.depth, shown.title) == (2, "View 2")


async def test_answers_to_a_submission(opener: Opener) -> None:
    opener.on_submit(
        response_action="push", view=form(named("more", plain())) | {"title": text("Second")}
    )
    shown = await opener.open(form(named("name", plain())))
    await shown.fill(name="x")
    assert not (await shown.submit()).closed
    assert (shown.title, shown.depth) == ("Second", 2)


async def test_an_answer_slack_cannot_use_shows_trouble(opener: Opener) -> None:
    opener.on_submit(response_action="errors", errors={"nowhere": "wrong"})
    shown = await opener.open(form(named("name", plain())))
    await shown.fill(name="x")
    submitted = await shown.submit()
    assert submitted.trouble.startswith("We had some trouble connecting.")
    assert (shown.is_open, shown.fields) == (True, {"Name": "x"})


async def test_closing_is_told_only_on_request_and_without_values(
    opener: Opener, workspace: Workspace
) -> None:
    closed: list[dict[str, Any]] = []

    def heard(ack: Ack, body: dict[str, Any]) -> None:
        closed.append(body)
        ack()

    opener.bot.app.view_closed("form")(heard)
    silent = await opener.open(form(named("name", plain())))
    await silent.close()
    assert workspace.deliveries.of("view_closed") == []
    loud = await opener.open(form(named("name", plain()), notify_on_close=True))
    await loud.fill(name="typed")
    await loud.close_all()
    assert closed[0]["is_cleared"] is True
    assert closed[0]["view"]["state"]["values"] == {}
    with pytest.raises(errors.NothingOpen):
        await loud.submit()


async def test_a_stale_hash_is_refused(opener: Opener) -> None:
    shown = await opener.open(form(named("name", plain())))
    client = opener.bot.app.client
    stale = shown.view.hash
    client.views_update(view_id=shown.view.id, hash=stale, view=form(named("name", plain())))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=shown.view.id, hash=stale, view=form(named("name", plain())))
    view_id = shown.view.id
    await shown.close()
    with pytest.raises(SlackApiError, match="not_found"):
        client.views_update(view_id=view_id, view=form(named("name", plain())))


async def test_triggers_work_once_and_for_three_seconds(
    opener: Opener, workspace: Workspace
) -> None:
    codes: list[str] = []

    def twice(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        for trigger in (body["trigger_id"], body["trigger_id"], "1.2.3"):
            try:
                client.views_open(trigger_id=trigger, view=form(external_id="one"))
                codes.append("ok")
            except SlackApiError as error:
                codes.append(error.response["error"])
        ack()

    opener.bot.app.command("/escaped")(twice)
    await opener.ana.command("/escaped")
    workspace.faults.expire_triggers()
    await opener.ana.command("/escaped")
    await opener.ana.command("/escaped")
    assert codes == [
        "ok", "exchanged_trigger_id", "invalid_trigger_id",
        "expired_trigger_id", "expired_trigger_id", "invalid_trigger_id",
        "duplicate_external_id", "duplicate_external_id", "invalid_trigger_id",
    ]  # fmt: skip


async def test_type_ahead(opener: Opener) -> None:
    def offer(ack: Ack, payload: dict[str, Any]) -> None:
        assert payload["action_id"] == "who"
        names = ["Globex", "Globus", "Initech"]
        ack(options=[option(n) for n in names if n.lower().startswith(payload["value"].lower())])

    opener.bot.app.options("who")(offer)
    opener.on_submit()
    shown = await opener.open(
        form(
            named("account", {"type": "external_select", "action_id": "who", "min_query_length": 2})
        )
    )
    assert await shown.suggestions("account", "gl") == ["Globex", "Globus"]
    assert await shown.suggestions("account", "g") == []
    with pytest.raises(errors.NotOffered):
        await shown.fill(account="Hooli")
    await shown.fill(account="Globex")
    await shown.submit()
    assert (
        opener.heard[0]["view"]["state"]["values"]["account"]["who"]["selected_option"]["value"]
        == "Globex"
    )


async def test_a_covered_view_cannot_be_submitted(opener: Opener, ana: Person) -> None:
    opener.on_submit(
        response_action="update", view=form(named("name", plain())) | {"title": text("Updated")}
    )
    shown = await opener.open(form(named("name", plain(initial_value="x"))))
    await shown.submit()
    assert (shown.title, shown.depth, ana.modal is not None) == ("Updated", 1, True)
    with pytest.raises(errors.FieldRequired):
        await shown.submit()


async def test_chosen_conversations_may_be_answered(opener: Opener, workspace: Workspace) -> None:
    opener.on_submit()
    where = {"type": "conversations_select", "action_id": "v", "response_url_enabled": True}
    shown = await opener.open(form(named("where", where)))
    await shown.fill(where="sales")
    await shown.submit()
    (offer,) = opener.heard[0]["response_urls"]
    assert offer["channel_id"] == workspace.slack.channel("sales").id
    async with httpx.AsyncClient() as http:
        told = await http.post(offer["response_url"], json={"text": "done"})
    assert told.text == "ok"
    assert [card.text for card in opener.ana.channel("sales").ephemerals] == ["done"]


async def test_a_modal_that_opens_after_the_ack(opener: Opener) -> None:
    def later(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        view = form(named("name", plain()))
        work = partial(client.views_open, trigger_id=body["trigger_id"], view=view)
        Timer(0.1, work).start()

    opener.bot.app.command("/escaped")(later)
    asked = await opener.ana.command("/escaped")
    assert asked.modal is None
    assert (await asked.modal_opened()).labels == ["Name"]

"""A day in the house in which Slack sends one of everything: what fuzzing starts from."""

from bot.ports import Deal
from sandbox.delivery.outcome import COMMANDS, EVENTS, INTERACTIONS, Parcel
from tests.journeys.assets import accept
from tests.journeys.deals import COMPLETE, MONDAY, form, press
from tests.journeys.house import House, ask_for_asset, ask_for_sow, sow_form
from tests.journeys.planted import planted
from tests.journeys.shelf import shelved
from workflows.money import Money

DEAL = Deal(
    ref="D-7", name="Rollout", account="Globex", amount=Money(900_000, "USD"), updated_at=MONDAY
)


async def day(house: House) -> list[Parcel]:
    """Let people use everything once, and return what Slack sent, each kind of it once."""
    await house.set_clock(MONDAY)
    with house.frontdesk.database.unit() as unit:
        unit.deals.put([DEAL])
        unit.commit()
    await _asks(house)
    await _work(house)
    await _looks(house)
    await _talk(house)
    await house.quiet()
    return _each_kind(house)


async def _asks(house: House) -> None:
    ana, ben = house.person("ana"), house.person("ben")
    first = await sow_form(ana)
    await first.suggestions("Linked opportunity", "glo")
    await first.fill(opportunity="D-7", client="Globex")
    await first.close()
    await ask_for_sow(ana, "250,000", **COMPLETE)
    await ask_for_sow(ana, "8,000", **COMPLETE)
    await ask_for_asset(ben)
    await house.quiet()
    await press(house, ana, "Details")
    for text in ("list", "status SOW-2", "help", "nonsense"):
        await ana.command("/sow", text, channel="sales")
    await (await ana.global_shortcut("ask_sow")).modal_opened()
    said = await ben.say("sales", "Could somebody make us a case study about Initech?")
    for shortcut in ("from_message_sow", "offer_the_form"):
        await ana.message_shortcut(shortcut, said)


async def _work(house: House) -> None:
    dian = house.person("dian")
    await press(house, house.person("ryan"), "Approve")
    await press(house, dian, "Accept")
    draft = await form(house, dian, "Draft")
    await draft.click("open:deliverables")
    await draft.click("Add a deliverable")
    await draft.fill(**{"What does the client get?": "Training"})
    await draft.submit()
    await draft.choose("entry_0", "Move down")
    await draft.close_all()
    await accept(house, "AST-1")
    await shelved(house)


async def _looks(house: House) -> None:
    adam, ana, sol = house.person("adam"), house.person("ana"), house.person("sol")
    await ana.command("/requests", channel="sales")
    await ana.global_shortcut("my_requests")
    for text in ("find pricing", "triage", "why AST-1", "usage SHELF-1", "review", "lists"):
        await sol.command("/asset", text, channel="sales")
    await adam.command("/sow", "report", channel="sales")
    await adam.command("/sow", "deals", channel="sales")
    await adam.command("/sow", "bank", channel="sales")
    for nth, (action, value) in enumerate(OLD):
        card = await planted(house, "ana", action, value, channel="sales" if nth % 2 else "billing")
        await card.click("Press")
        await ana.open_home()


async def _talk(house: House) -> None:
    ben = house.person("ben")
    await ben.dm("Hello?")
    await ben.say("sales", f"<@{house.frontdesk.desk.slack.identity().bot_user}> help")
    await ben.say("sales", f"See {house.frontdesk.desk.public_url}/requests/SOW-1")
    house.workspace.change_user("leo", name="Leo M. Martin")


OLD = (
    ("open", '{"v":1,"ref":"SHELF-1"}'),
    ("use", '{"v":1,"ref":"SHELF-1"}'),
    ("report", '{"v":1,"ref":"SHELF-1"}'),
    ("this_one", '{"v":1,"ref":"SHELF-1","draft":"d"}'),
    ("follow", '{"v":1,"ref":"AST-1","draft":"d"}'),
    ("find_more", '{"v":1,"text":"pricing","skip":1}'),
    ("triage_more", '{"v":1,"standing":"new","skip":1}'),
    ("add_tag", '{"v":1,"key":"k"}'),
    ("start_refresh", '{"v":1,"period":"2026-Q4"}'),
    ("replay", '{"v":1,"parcel":1}'),
    ("rate:5", '{"v":1,"ref":"SOW-1","score":5}'),
    ("word", '{"v":1,"ref":"SOW-1"}'),
    ("export", '{"v":1,"ref":"SOW-1"}'),
    ("resume", '{"v":1,"draft":"d"}'),
    ("show_all", '{"v":1}'),
    ("new:sow", '{"v":1}'),
    ("do:withdraw", '{"v":1,"ref":"SOW-2","step":1}'),
)
"""Buttons that the day's cards do not show: as another day would have posted them."""


def _each_kind(house: House) -> list[Parcel]:
    found: dict[object, Parcel] = {}
    for each in house.workspace.deliveries:
        kind, payload = _kind(each.payload)
        found.setdefault(kind, Parcel(payload, each.payload))
    return list(found.values())


def _kind(payload: dict[str, object]) -> tuple[object, str]:
    """Return what makes a payload another one than the rest, and how it is sent."""
    match payload:
        case {"command": command, "text": text}:
            return (command, text), COMMANDS
        case {"event": {"type": type_, **event}}:
            return (
                type_,
                event.get("channel_type"),
                event.get("subtype"),
                "bot_id" in event,
            ), EVENTS
        case {"type": type_, "actions": [{"action_id": str(action), "type": element}, *_]}:
            name = ":".join(action.split(":")[:2])
            return (type_, name, element), INTERACTIONS
        case {"type": type_, "view": {"callback_id": form}, **rest}:
            return (type_, form, rest.get("action_id", "")), INTERACTIONS
        case {"type": type_, "callback_id": callback}:
            return (type_, callback), INTERACTIONS
        case _:
            return payload.get("type"), INTERACTIONS

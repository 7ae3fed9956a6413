"""Who writes "LGTM" below a card is offered to record it; nothing is ever decided by words."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from sandbox import Card
from sandbox.errors import FieldRequired
from storage.columns import metadata
from storage.outbox import outbox
from tests.bot.understanding.verdict_phrases import later, phrases
from tests.faults.memory import rows
from tests.journeys.assets import hand_in, say, under_way
from tests.journeys.house import ROOT, House, ask_for_sow, open_house
from tests.journeys.test_deal_template import good, handed_in

LARGE = "250,000"
BATCH = 56
QUICK = 4_000
"""Gestures a minute: nobody is told that they write too fast."""
JUST_TALKING = "No, just talking"


async def large(house: House, ref: str = "SOW-1") -> None:
    """Ask for a Statement of Work that the executive approves."""
    await ask_for_sow(house.person("ana"), LARGE)
    await house.quiet()
    assert house.request(ref).stage == "executive_approval"


def copy(house: House, handle: str, ref: str = "SOW-1") -> Card:
    """Return the newest copy of a card in somebody's DM."""
    return house.person(handle).dm_with_bot().cards(f"{ref}: ")[-1]


def in_channel(house: House, ref: str = "SOW-1", channel: str = "sow-requests") -> Card:
    """Return the card in the channel."""
    return house.workspace.channel(channel).cards(f"{ref}: ")[0]


async def write(house: House, handle: str, text: str, below: Card) -> Card:
    """Write below a card, wherever it stands."""
    return await say(house, handle, below.channel, text, thread=below)


def whispered(house: House, handle: str) -> list[Card]:
    """Return what only this person was offered in channels, oldest first."""
    return [each for each in house.person(handle).ephemerals if JUST_TALKING in each.text]


def offered(card: Card) -> list[Card]:
    """Return what was offered below a card in a DM, oldest first."""
    return [each for each in card.thread if JUST_TALKING in each.text]


def is_as_before(house: House, ref: str = "SOW-1") -> bool:
    return house.audited(ref) == ["submit"]


async def change(house: House, handle: str, message: Card, text: str | None) -> None:
    """Edit a message, or delete it, and wait until the bot has seen to it."""
    heard = house.workspace.deliveries
    before = len(heard.of("message"))
    person, ts = house.person(handle), message.ts
    await (person.delete(message) if text is None else person.edit(message, text))

    def is_heard() -> bool:
        events = [each for each in heard.of("message")[before:] if each.acknowledged]
        told = [each.payload["event"] for each in events]
        return any(ts in (e.get("deleted_ts"), e.get("message", {}).get("ts")) for e in told)

    await house.until(is_heard, "the bot has heard of it")
    await house.quiet()


async def test_lgtm_below_the_card_in_a_dm_is_offered_and_recorded_by_a_click_once(
    house: House,
) -> None:
    await large(house)
    house.workspace.faults.redeliver("message", times=2)
    card = copy(house, "ryan")

    await write(house, "ryan", "LGTM", card)

    [offer] = offered(card)
    assert 'You wrote "LGTM" below SOW-1. Record this as your approval?' in offer.text
    assert "nothing is recorded without your click" in offer.text
    assert offer.buttons == ["Approve", JUST_TALKING]
    assert is_as_before(house)
    await offer.click("Approve")
    await house.until(lambda: not offer.exists, "the offer is taken away")
    await house.quiet()
    assert (house.request("SOW-1").stage, house.audited("SOW-1")) == (
        "acceptance",
        ["submit", "approve"],
    )


async def test_below_the_card_in_the_channel_only_the_approver_sees_the_offer(
    house: House,
) -> None:
    await large(house)
    house.workspace.join("ryan", "sow-requests")
    card = in_channel(house)
    before = len(card.thread)

    await write(house, "ryan", "Looks good to me, go ahead", card)

    [offer] = whispered(house, "ryan")
    assert "Looks good to me, go ahead" in offer.text
    assert offer.record.thread_ts == card.ts
    assert len(card.thread) == before + 1, "his own words"
    assert [each.handle for each in house.workspace.people if each.ephemerals] == ["ryan"]
    await offer.click("Approve")
    await house.until(lambda: not offer.exists, "the offer is taken away")
    assert house.audited("SOW-1") == ["submit", "approve"]


async def test_no_too_expensive_opens_the_form_with_these_words_as_the_reason(
    small_house: House,
) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "No, too expensive for <them> & us", card)
    [offer] = offered(card)
    assert "Record this as your rejection?" in offer.text

    modal = await (await offer.click("Reject")).modal_opened()

    assert modal.value("reason") == "No, too expensive for <them> & us"
    assert is_as_before(house)
    assert (await modal.submit()).closed
    await house.quiet()
    assert house.request("SOW-1").stage == "rejected"
    with house.frontdesk.database.unit() as unit:
        entry = unit.requests.timeline("SOW-1")[-1]
    assert (entry.action, entry.detail["reason"]) == ("reject", "No, too expensive for <them> & us")


async def test_who_gives_no_reason_is_asked_for_one(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "rejected", card)
    modal = await (await offered(card)[0].click("Reject")).modal_opened()
    assert not modal.value("reason")
    with pytest.raises(FieldRequired):
        await modal.submit()
    assert is_as_before(house)


async def test_a_wish_for_changes_is_offered_as_one(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "please change the price to net", card)
    [offer] = offered(card)
    assert "Record this as your request for changes?" in offer.text
    modal = await (await offer.click("Request changes")).modal_opened()
    assert modal.value("reason") == "please change the price to net"
    assert (await modal.submit()).closed
    assert house.request("SOW-1").stage == "changes_requested"


async def test_who_may_not_decide_is_told_nothing(small_house: House) -> None:
    house = small_house
    await large(house)
    for handle in ("ben", "dian", "gus"):
        house.workspace.join(handle, "sow-requests")
    card, own = in_channel(house), copy(house, "ana")
    thread = len(card.thread)

    for handle in ("ana", "ben", "dian", "gus"):
        await write(house, handle, "LGTM", card)
        await write(house, handle, "no, too expensive", card)
    await write(house, "ana", "LGTM", own)

    assert [each.handle for each in house.workspace.people if each.ephemerals] == []
    assert [each.text for each in own.thread] == ["LGTM"]
    with house.frontdesk.database._connections.begin() as connection:  # noqa: SLF001
        assert connection.execute(select(outbox).where(outbox.c.kind == "verdict")).all() == []
    assert len(card.thread) == thread + 8
    assert is_as_before(house)
    assert house.backlog.dead == 0


async def test_just_talking_takes_the_offer_away_and_nothing_else(small_house: House) -> None:
    house = small_house
    await large(house)
    house.workspace.join("ryan", "sow-requests")
    below = [copy(house, "ryan"), in_channel(house)]
    for card in below:
        await write(house, "ryan", "ok for me", card)
    for offer in (*offered(below[0]), *whispered(house, "ryan")):
        await offer.click(JUST_TALKING)
        await house.until(lambda offer=offer: not offer.exists, "the offer is taken away")  # type: ignore[misc]
    assert (offered(below[0]), whispered(house, "ryan")) == ([], [])
    assert is_as_before(house)


async def test_what_was_written_is_kept_nowhere(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "no, too expensive for quokkas", card)
    assert "quokkas" in offered(card)[0].text
    with house.frontdesk.database._connections.begin() as connection:  # noqa: SLF001
        for table in metadata.sorted_tables:
            rows = connection.execute(select(table)).all()
            assert [row for row in rows if "quokkas" in str(row)] == [], table.name


async def test_nothing_is_offered_when_the_request_has_moved_on(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    written = await write(house, "ryan", "LGTM", card)
    offer = offered(card)[0].as_seen_now()
    await copy(house, "ryan").click("Approve")
    await house.quiet()

    said = await (await offer.click("Approve")).replied()
    assert "already approved" in said.text
    await write(house, "ryan", "ship it", card)
    assert len(offered(card)) == 1
    await change(house, "ryan", written, "LGTM!")
    assert offered(card) == []
    assert "SOW-1 has moved on" in card.thread[1].text
    assert house.audited("SOW-1") == ["submit", "approve"]


async def test_an_edited_message_changes_its_offer(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    written = await write(house, "ryan", "LGTM", card)
    first = offered(card)[0].as_seen_now()

    await change(house, "ryan", written, "no, too expensive")
    [offer] = offered(card)
    assert (offer.ts, offer.buttons) == (first.ts, ["Reject", JUST_TALKING])
    assert "You changed what you wrote" in (await (await first.click("Approve")).replied()).text

    await change(house, "ryan", written, "let me think about it")
    assert offered(card) == []
    assert "Nothing was recorded" in card.thread[1].text
    await change(house, "ryan", written, "approved")
    assert offered(card)[0].buttons == ["Approve", JUST_TALKING]
    await change(house, "ryan", written, None)
    assert offered(card) == []
    assert len(card.thread) == 1
    assert is_as_before(house)


async def test_an_edited_message_in_a_channel_makes_its_old_offer_void(small_house: House) -> None:
    house = small_house
    await large(house)
    house.workspace.join("ryan", "sow-requests")
    written = await write(house, "ryan", "LGTM", in_channel(house))
    await change(house, "ryan", written, "not before Friday")
    [offer] = whispered(house, "ryan")
    assert "You changed what you wrote" in (await (await offer.click("Approve")).replied()).text
    await change(house, "ryan", written, "LGTM!")
    assert len(whispered(house, "ryan")) == 2
    assert is_as_before(house)
    await whispered(house, "ryan")[-1].click("Approve")
    await house.quiet()
    assert house.audited("SOW-1") == ["submit", "approve"]


async def test_said_twice_is_offered_twice_and_recorded_once(small_house: House) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "LGTM", card)
    await write(house, "ryan", "I approve this", card)
    first, second = offered(card)
    await first.click("Approve")
    await house.quiet()
    assert "already approved" in (await (await second.click("Approve")).replied()).text
    assert house.audited("SOW-1") == ["submit", "approve"]


async def test_a_review_counts_for_the_lane_of_whoever_wrote_it(small_house: House) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", link="https://drive.example/initech")
    await house.quiet()
    card = copy(house, "priya", "AST-1")
    await write(house, "priya", "ok for me", card)
    await write(house, "mia", "LGTM", copy(house, "mia", "AST-1"))
    assert house.request("AST-1").votes == ()
    assert offered(copy(house, "mia", "AST-1")) == []

    modal = await (await offered(card)[0].click("Approve")).modal_opened()
    await modal.fill(points=modal.options("Your checklist"))
    assert (await modal.submit()).closed
    await house.quiet()
    request = house.request("AST-1")
    assert ([vote.lane for vote in request.votes], request.stage) == (["pre_sales"], "in_review")

    theirs = copy(house, "greta", "AST-1")
    await write(house, "greta", "no, too long", theirs)
    [offer] = offered(theirs)
    assert "Record this as your request for changes?" in offer.text, "a lane rejects nothing"
    modal = await (await offer.click("Request changes")).modal_opened()
    assert modal.value("reason") == "no, too long"
    await write(house, "priya", "ok for me", card)
    assert len(offered(card)) == 1, "who has answered is not asked again"


async def test_a_template_is_approved_below_its_card(small_house: House) -> None:
    house = small_house
    await handed_in(house, good(1))
    await house.quiet()
    card = copy(house, "hugo", "TPL-1")
    await write(house, "hugo", "Fine by me", card)
    await offered(card)[0].click("Approve")
    await house.quiet()
    assert house.request("TPL-1").stage == "approved"


def careful(folder: Path) -> str:
    """Write settings by which large approvals are confirmed; return the file's path."""
    text = (ROOT / "frontdesk.example.toml").read_text(encoding="utf-8")
    limit = '\nconfirm_from = { USD = "50000" }\nlink_days = 30'
    assert "\nlink_days = 30" in text
    file = folder / "careful.toml"
    file.write_text(text.replace("\nlink_days = 30", limit), encoding="utf-8")
    return str(file)


async def test_a_large_approval_is_confirmed_all_the_same(tmp_path: Path) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=careful(tmp_path)) as house:
        await large(house)
        card = copy(house, "ryan")
        await write(house, "ryan", "LGTM", card)
        modal = await (await offered(card)[0].click("Approve...")).modal_opened()
        assert is_as_before(house)
        assert (await modal.submit()).closed
        await house.quiet()
        assert house.audited("SOW-1") == ["submit", "approve"]


async def test_below_a_card_nothing_new_is_begun_and_in_a_conversation_nothing_is_decided(
    small_house: House,
) -> None:
    house, ryan = small_house, small_house.person("ryan")
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "I need a case study for Globex", card)
    assert house.drafts("ryan") == []

    begun = await house.person("ana").dm("I need a case study for Globex")
    await house.until(lambda: begun.thread, "it is answered")
    await house.quiet()
    await write(house, "ana", "LGTM", begun)
    assert offered(begun) == []
    assert len(house.drafts("ana")) == 1

    await ryan.dm("LGTM")
    await house.quiet()
    assert is_as_before(house)
    assert ryan.dm_with_bot().cards(JUST_TALKING) == []


@pytest.mark.prove
@pytest.mark.parametrize("where", [pytest.param(True, id="dm"), pytest.param(False, id="channel")])
async def test_no_phrase_decides_anything_without_a_click(
    tmp_path: Path,
    where: bool,  # noqa: FBT001
) -> None:
    async with open_house(tmp_path, "http", gestures=QUICK) as house:
        await no_phrase_decides(house, in_dm=where)


async def no_phrase_decides(house: House, *, in_dm: bool) -> None:
    ryan = house.person("ryan")
    await large(house)
    house.workspace.join("ryan", "sow-requests")
    request, card = house.request("SOW-1"), copy(house, "ryan") if in_dm else in_channel(house)
    said = [text for text, _ in (*phrases(), *later())]

    for begin in range(0, len(said), BATCH):
        for text in said[begin : begin + BATCH]:
            await ryan.say(card.channel, text, thread=card)
        await heard(house, "ryan", len(said[: begin + BATCH]))

    assert len(heard_of(house, "ryan")) == len(said)
    offers = offered(card) if in_dm else whispered(house, "ryan")
    assert len(said) / 3 < len(offers) < len(said) * 2 / 3
    assert (house.request("SOW-1"), house.backlog.dead) == (request, 0)
    assert is_as_before(house)


async def heard(house: House, handle: str, count: int) -> None:
    """Wait until the bot has heard so many of somebody's messages, and seen to them."""
    await house.until(lambda: len(heard_of(house, handle)) >= count, "all are heard")
    await house.quiet()


def heard_of(house: House, handle: str) -> set[str]:
    """Return which of somebody's messages the bot has heard."""
    user = house.person(handle).id
    told = [each for each in house.workspace.deliveries.of("message") if each.acknowledged]
    events = [each.payload["event"] for each in told]
    return {str(each["ts"]) for each in events if each.get("user") == user}


@pytest.mark.parametrize("button", ["Approve", JUST_TALKING])
async def test_an_offer_in_a_dm_goes_whatever_happens_after_the_click(
    small_house: House, button: str
) -> None:
    house = small_house
    await large(house)
    card = copy(house, "ryan")
    await write(house, "ryan", "LGTM", card)
    [offer] = offered(card)
    house.workspace.faults.ratelimit("chat.delete")
    house.workspace.faults.store_then_reset("chat.delete")
    await asyncio.to_thread(house.frontdesk.worker.stop)

    assert not (await offer.click(button)).toast

    due = rows(house.settings.database_url, "SELECT kind FROM outbox WHERE state = 'due'")
    assert ("offer_over",) in due
    await house.restart()

    await house.until(lambda: not offer.exists, "the offer is taken away")
    await house.quiet()
    assert house.backlog.dead == 0

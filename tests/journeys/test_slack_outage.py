"""Slack says wait, refuses our token, or is gone for an hour: all leaves afterwards, in order.

What was promised meanwhile leaves at Slack's pace, and of a card only what it shows in the end.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from bot import parcels
from bot.errors import Unavailable
from bot.sending import opaque
from frontdesk import Frontdesk
from sandbox.log import ApiCall
from tests.faults.memory import end_waits, open_parcels, rows
from tests.journeys.house import (
    SETTLE,
    House,
    ask_for_sow,
    decide,
    fill_sow,
    open_house,
    sow_form,
    started,
)
from tests.proof import Proof

LONG = 600
"""Seconds that Slack asks us to wait."""
WORDS = "This did not open in time."
PEOPLE = ("ben", "dian", "ryan", "greta", "hugo", "priya", "leo", "mia", "sol", "bea")


def waiting(house: House) -> set[str]:
    """The addresses for which something is due that is no reminder."""
    query = (
        "SELECT DISTINCT address FROM outbox WHERE state = 'due'"
        " AND kind NOT IN ('remind', 'escalate', 'offer_stand_in')"
    )
    return {str(address) for (address,) in rows(house.settings.database_url, query)}


def under_way(house: House) -> int:
    """How many parcels somebody is delivering now."""
    _due, in_hand = open_parcels(house.settings.database_url, house.clock.now())
    return in_hand


def attempts(house: House) -> int:
    """How often the parcel that was tried most has been tried."""
    [(most,)] = rows(house.settings.database_url, "SELECT max(attempts) FROM outbox")
    assert isinstance(most, int)
    return most


def calls(house: House, method: str) -> list[ApiCall]:
    return house.workspace.calls.of(method)


def statuses(house: House, method: str) -> Counter[int]:
    return Counter(each.status for each in calls(house, method))


async def test_a_channel_that_has_to_wait_long_makes_nobody_else_wait(
    small_house: House,
) -> None:
    faults = small_house.workspace.faults
    faults.ratelimit("chat.postMessage", channel="sow-requests", retry_after=LONG, times=None)

    await ask_for_sow(small_house.person("ana"))
    await decide(await small_house.person("dian").dm_with_bot().wait_for("SOW-1: "), "Accept")
    await small_house.person("ana").dm_with_bot().wait_for("accepted SOW-1")
    channel = {"channel:sow-requests"}
    await small_house.until(lambda: waiting(small_house) == channel, "only the channel's is left")

    assert statuses(small_house, "chat.postMessage")[429] == 1
    assert not small_house.workspace.channel("sow-requests").messages
    faults.clear()
    await small_house.restart()  # which forgets what this process knew, not what the gates know
    assert waiting(small_house) == channel
    end_waits(small_house.settings.database_url)
    await small_house.quiet()
    [card] = small_house.workspace.channel("sow-requests").messages
    assert "Drafting." in card.text
    assert len(card.thread) == 2
    assert attempts(small_house) == 1


async def test_a_method_that_has_to_wait_is_asked_once(small_house: House) -> None:
    faults = small_house.workspace.faults
    faults.ratelimit("chat.update", retry_after=LONG, times=None)
    for amount in ("8,000", "9,000", "7,000"):
        await ask_for_sow(small_house.person("ana"), amount)
    await small_house.quiet()
    dian = small_house.person("dian").dm_with_bot()

    for card in dian.cards("SOW-"):
        await decide(card, "Accept")

    for ref in ("SOW-1", "SOW-2", "SOW-3"):
        await small_house.person("ben").open_home()
        assert small_house.request(ref).stage == "drafting"
    await small_house.until(lambda: statuses(small_house, "chat.update")[429], "it was asked")
    await small_house.until(
        lambda: all(each.ok for each in calls(small_house, "views.publish")), "Home tabs are shown"
    )
    assert statuses(small_house, "chat.update") == {429: 1}


async def test_a_workspace_that_has_to_wait_is_not_asked_for_each_channel(
    small_house: House,
) -> None:
    faults = small_house.workspace.faults
    faults.ratelimit("chat.postMessage", retry_after=LONG, times=None)
    promise(small_house, 40)

    await small_house.until(
        lambda: statuses(small_house, "chat.postMessage")[429] >= 3, "three channels were refused"
    )
    await small_house.until(lambda: not in_hand(small_house), "nothing is under way")

    # At most the eight that the worker had in hand at that moment.
    assert statuses(small_house, "chat.postMessage")[429] <= 8


def in_hand(house: House) -> bool:
    claimable = house.frontdesk.database.post_office.claim(house.clock.now())
    return bool(claimable)


async def test_a_token_that_is_refused_makes_everything_wait_and_is_said(
    small_house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house = small_house
    forms = [await sow_form(house.person("ana")) for _ in range(2)]
    for form in forms:
        await fill_sow(form)
    [app] = house.workspace.slack.store.apps.all()
    app.bot_token = "xoxb-sandbox-the-new-one"
    house.workspace.slack.store.apps.save(app)

    for form in forms:
        assert (await form.submit()).closed

    await house.until(lambda: problems(house), "readyz says it")
    assert problems(house) == {
        "slack": "Slack does not accept our token. Set a new SLACK_BOT_TOKEN, and start again."
    }
    assert "does not accept our token (invalid_auth)" in caplog.text
    assert not house.person("dian").dm_with_bot().messages
    await asyncio.to_thread(house.frontdesk.stop)
    house.settings = replace(house.settings, bot_token="xoxb-sandbox-the-new-one")
    house.frontdesk = await asyncio.to_thread(started, house.settings)

    assert problems(house) == {}
    await house.quiet()
    assert house.backlog.dead == 0
    cards = house.person("dian").dm_with_bot().cards("SOW-")
    assert [each.text[:5] for each in cards] == ["SOW-1", "SOW-2"]


def problems(house: House) -> dict[str, str]:
    found: dict[str, str] = httpx.get(f"{house.frontdesk.server.url}/readyz").json()["problems"]
    return found


def promise(house: House, count: int) -> list[tuple[str, str]]:
    """Promise so many messages to ten people in turn; return each one's person and key."""
    now, promised = house.clock.now(), []
    with house.frontdesk.database.unit() as unit:
        for number in range(count):
            handle = PEOPLE[number % len(PEOPLE)]
            parcel = parcels.not_opened(f"wave-{number}", house.person(handle).id, WORDS, {}, now)
            unit.outbox.add(parcel)
            promised.append((handle, opaque(parcel.key)))
        unit.commit()
    house.frontdesk.bell.ring()
    return promised


def received(house: House) -> dict[str, list[str]]:
    """The keys of the greetings that everybody got, in the order in which they stand there."""
    return {
        handle: [_key(each.metadata) for each in house.person(handle).dm_with_bot().messages]
        for handle in PEOPLE
    }


def _key(metadata: object) -> str:
    found: dict[str, dict[str, str]] = json.loads(json.dumps(metadata or {}))
    return found.get("event_payload", {}).get("key", "")


@pytest.mark.parametrize(
    "count",
    [
        100,
        pytest.param(
            5000, marks=[pytest.mark.prove, pytest.mark.at_length, pytest.mark.timeout(900)]
        ),
    ],
)
async def test_what_waited_for_an_hour_leaves_in_order(
    tmp_path: Path, count: int, proof: Proof
) -> None:
    async with open_house(tmp_path, "http") as house:
        await ask_for_sow(house.person("ana"))
        await house.quiet()
        faults = house.workspace.faults
        for method in ("chat.postMessage", "chat.update", "conversations.open"):
            faults.break_(method, status=503, times=None)
        faults.break_("conversations.history", status=503, times=None)
        promised = promise(house, count)
        await an_hour_passes(house)
        before = len(calls(house, "chat.update"))

        faults.clear()
        await house.until(lambda: not under_way(house), "the last that failed is put off")
        end_waits(house.settings.database_url)
        begun = time.monotonic()
        await drained(house)
        took = time.monotonic() - begun

        expected = defaultdict(list)
        for handle, key in promised:
            expected[handle].append(key)
        ours = {key for _, key in promised}
        got = {
            handle: [each for each in keys if each in ours]
            for handle, keys in received(house).items()
        }
        assert got == dict(expected)
        assert house.backlog.dead == 0
        redrawn = Counter(
            (each.arguments["channel"], each.arguments["ts"])
            for each in calls(house, "chat.update")[before:]
        )
        assert set(redrawn.values()) == {1}, "every copy is redrawn once, to what it shows now"
        assert_newest(house)
        proof(
            "an hour without Slack",
            messages=count,
            lost=0,
            duplicated=0,
            wrong=0,
            drained=f"{count:,} in {took:.0f} s",
        )


@pytest.mark.prove
@pytest.mark.timeout(600)
async def test_every_fault_there_is_while_much_is_delivered(
    small_house: House, proof: Proof
) -> None:
    house, count = small_house, 400
    faults = house.workspace.faults
    troubles: list[Callable[..., object]] = [
        *(partial(faults.break_, status=each) for each in (500, 502, 503)),
        *(partial(faults.fail, code=each) for each in ("fatal_error", "internal_error")),
        partial(faults.ratelimit, retry_after=1),
        partial(faults.store_late, seconds=0.1),
        partial(faults.store_then_hang, seconds=0.3),
        partial(faults.slow, seconds=0.2),
        *(faults.reset, faults.store_then_reset),
    ]
    ordered: list[object] = []

    def every_third_call_has_trouble(call: ApiCall) -> None:
        if call.method == "chat.postMessage" and len(calls(house, call.method)) % 3 == 0:
            ordered.append(troubles[len(ordered) % len(troubles)]("chat.postMessage"))

    house.workspace.calls.listeners.append(every_third_call_has_trouble)
    promised = promise(house, count)
    await drained(house)

    got = received(house)
    expected = defaultdict(list)
    for handle, key in promised:
        expected[handle].append(key)
    ours = {key for _, key in promised}
    keys = [key for found in got.values() for key in found if key in ours]
    proof(
        "Slack misbehaving",
        found=len(troubles),
        tried=len(ordered),
        messages=count,
        lost=count - len(set(keys)),
        duplicated=len(keys) - len(set(keys)),
        wrong=sum(got[handle] != expected[handle] for handle in PEOPLE),
    )
    assert got == dict(expected)
    assert house.backlog.dead == 0
    assert len(ordered) > count / 4


async def an_hour_passes(house: House) -> None:
    """Thirteen rounds of attempts, and a request that moves on three times meanwhile."""
    dian = house.person("dian")
    card = dian.dm_with_bot().cards("SOW-1: ")[-1]
    deeds = [
        lambda: decide(card, "Ask", "Which region is it for?"),
        lambda: decide(card, "Accept"),
    ]
    for number in range(13):
        seen = _tried(house)
        end_waits(house.settings.database_url)
        house.frontdesk.bell.ring()
        if number % 4 == 1 and deeds:
            await deeds.pop(0)()
        await house.until(partial(_tried_since, house, seen), "Slack was tried again")


def _tried_since(house: House, seen: int) -> bool:
    return _tried(house) > seen + 3


def _tried(house: House) -> int:
    methods = ("conversations.open", "conversations.history", "chat.postMessage")
    return sum(len(calls(house, each)) for each in methods)


async def drained(house: House) -> None:
    for _ in range(25):
        try:
            await house.quiet()
        except (AssertionError, Unavailable):
            continue
        return
    raise AssertionError("it is not drained yet")


def assert_newest(house: House) -> None:
    request = house.request("SOW-1")
    with house.frontdesk.database.unit() as unit:
        copies = unit.cards.of("SOW-1")
    assert {each.shown for each in copies if each.ts} == {request.version}


async def test_it_leaves_at_slacks_pace(tmp_path: Path) -> None:
    pace = 0.2
    async with open_house(tmp_path, "http") as house:
        await asyncio.to_thread(house.frontdesk.stop)
        promise(house, 30)
        house.frontdesk = Frontdesk(house.settings, pace=pace, settle=SETTLE)
        await asyncio.to_thread(house.frontdesk.start)
        await house.quiet()

        at = defaultdict(list)
        for each in calls(house, "chat.postMessage"):
            at[each.arguments["channel"]].append(each.at)
        gaps = [
            (later - earlier).total_seconds()
            for times in at.values()
            for earlier, later in pairwise(times)
        ]
        assert len(gaps) == 20
        assert min(gaps) >= pace - 0.001, "the database's clock counts milliseconds"

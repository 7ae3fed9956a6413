"""Every fact reaches the endpoints of others: in order, once or again, and no more than granted."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

import neighbours
from bot import doctor, parcels, webhooks
from bot.sending import MOST_REFUSALS
from modals.fields import TICKED
from tests.faults.memory import end_waits
from tests.integrations.webhooks.receiver import Receiver, receiving
from tests.journeys.house import House, ask_for_sow, decide, open_house

pytestmark = pytest.mark.prove

ALL = [
    ("SOW-1", "sow.submit"),
    ("SOW-1", "sow.accept"),
    ("SOW-2", "sow.submit"),
    ("SOW-2", "sow.reject"),
]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def crm() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def data() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


async def two_requests(house: House) -> None:
    """SOW-1 is accepted, SOW-2 rejected."""
    for ref, button, reason in (("SOW-1", "Accept", ""), ("SOW-2", "Reject", "Not for $4,321.")):
        await ask_for_sow(house.person("ana"))
        await decide(await house.person("dian").dm_with_bot().wait_for(ref), button, reason)


async def told(house: House, receiver: Receiver, count: int) -> list[tuple[str, str]]:
    """Return what an endpoint has taken, once that is so many facts."""
    await house.until(lambda: len(receiver.taken) >= count, f"{count} facts are taken")
    return receiver.facts()


async def test_each_endpoint_is_told_every_fact_in_order(
    tmp_path: Path, url: str, crm: Receiver, data: Receiver
) -> None:
    setting = f"crm={crm.setting} data+amounts={data.setting}"
    async with open_house(tmp_path, database_url=url, FRONTDESK_WEBHOOKS=setting) as house:
        await two_requests(house)
        assert await told(house, crm, 4) == ALL
        assert await told(house, data, 4) == ALL

    assert all(each.is_signed() for each in [*crm.taken, *data.taken])
    assert len({each.id for each in [*crm.taken, *data.taken]}) == 8
    little, whole = (each.taken[-1].said["data"] for each in (crm, data))
    assert little["fact"]["reason"] == "Not for [amount not shown]."
    assert whole["fact"]["reason"] == "Not for $4,321."
    assert little["request"]["details"]["amount"] is None
    assert whole["request"]["details"]["amount"] == {"amount": "8000.00", "currency": "USD"}
    assert "contact_email" not in little["request"]["details"]
    assert [each.said["data"]["fact"]["version"] for each in crm.taken] == [1, 2, 1, 2]


async def test_one_under_an_authority_of_the_companys_own_is_told(tmp_path: Path) -> None:
    authority, served = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(served)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with receiving(served) as crm:
        crm_alone, trusted = f"crm={crm.setting}", str(tmp_path / "ca.pem")
        async with open_house(
            tmp_path, FRONTDESK_WEBHOOKS=crm_alone, FRONTDESK_CA_FILE=trusted
        ) as house:
            await ask_for_sow(house.person("ana"))
            assert await told(house, crm, 1) == [("SOW-1", "sow.submit")]


async def test_one_that_is_down_holds_up_nothing_and_misses_nothing(
    tmp_path: Path, crm: Receiver, data: Receiver
) -> None:
    crm.hangs = threading.Event()
    setting = f"crm={crm.setting} data={data.setting}"
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=setting) as house:
        await two_requests(house)  # people are told while the endpoint hangs
        assert await told(house, data, 4) == ALL
        crm.statuses = [500, 503]
        crm.hangs.set()
        assert await told(house, crm, 4) == ALL

    first = [each for each in crm.told if each.id == crm.taken[0].id]
    assert len(first) >= 3
    assert {each.body for each in first if each in crm.taken} == {crm.taken[0].body}


async def test_a_fact_that_is_not_wanted_is_given_up_and_the_next_one_told(
    tmp_path: Path, crm: Receiver
) -> None:
    crm.statuses = [422] * MOST_REFUSALS
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=f"crm={crm.setting}") as house:
        await ask_for_sow(house.person("ana"))
        letters = house.person("adam").dm_with_bot()
        letter = await letters.wait_for("could not be delivered", timeout=40)
        await decide(await house.person("dian").dm_with_bot().wait_for("SOW-1"), "Accept")
        assert await told(house, crm, 1) == [("SOW-1", "sow.accept")]
        assert "crm" in letter.text
    assert len(crm.told) == MOST_REFUSALS + 1


async def test_private_requests_leave_for_nobody_who_was_not_granted_them(
    tmp_path: Path, crm: Receiver, data: Receiver
) -> None:
    setting = f"crm+amounts={crm.setting} data+private={data.setting}"
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=setting) as house:
        await ask_for_sow(house.person("ana"), private=[TICKED], client="Initech")
        await ask_for_sow(house.person("ana"))
        await told(house, data, 2)
        await told(house, crm, 1)
        await house.quiet()

    assert data.facts() == [("SOW-1", "sow.submit"), ("SOW-2", "sow.submit")]
    assert crm.facts() == [("SOW-2", "sow.submit")]
    assert not any(b"Initech" in each.body or b"SOW-1" in each.body for each in crm.told)


async def test_what_waits_for_an_endpoint_that_is_gone_is_dropped(
    tmp_path: Path, crm: Receiver
) -> None:
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=f"crm={crm.setting}") as house:
        await ask_for_sow(house.person("ana"))
        await told(house, crm, 1)
        desk, now = house.frontdesk.desk, house.clock.now()
        with desk.store.unit() as unit:
            [entry] = unit.requests.timeline("SOW-1")
            unit.outbox.add(parcels.webhook("gone", entry, now))
            unit.commit()
        desk.wake()
        await house.until(lambda: waits(house, "webhook:gone") == "It is not set here.", "it waits")
        await house.until(lambda: not waits(house, "webhook:gone"), "and is dropped")
        sent = {each.parcel.address: each.state for each in desk.post_office.about("SOW-1")}

    assert sent["webhook:crm"] == "sent"
    assert sent["webhook:gone"] != "due"
    assert len(crm.told) == 1


def waits(house: House, address: str) -> str:
    """Why what is for an address waits, "" where nothing does; it is tried again at once."""
    end_waits(house.settings.database_url)
    found = house.frontdesk.desk.post_office.about("SOW-1")
    return next((e.error for e in found if (e.parcel.address, e.state) == (address, "due")), "")


async def test_a_replay_tells_the_same_facts_by_their_own_ids(
    tmp_path: Path, crm: Receiver
) -> None:
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=f"crm={crm.setting}") as house:
        begun = house.clock.now()
        await two_requests(house)
        before = {each.id for each in crm.taken} if await told(house, crm, 4) else set()
        desk, now = house.frontdesk.desk, house.clock.now()
        count = await asyncio.to_thread(
            webhooks.replay, desk.store, desk.workflows, ["crm"], begun, now
        )
        desk.wake()
        assert await told(house, crm, 8) == [*ALL, *ALL]

    assert count == 4
    assert [each.id for each in crm.taken[4:]] == [each.id for each in crm.taken[:4]]
    assert len(before) == 4


async def test_an_endpoint_that_takes_nothing_is_no_fault_of_the_outbox(
    tmp_path: Path, crm: Receiver
) -> None:
    crm.status = 503
    async with open_house(tmp_path, FRONTDESK_WEBHOOKS=f"crm={crm.setting}") as house:
        await ask_for_sow(house.person("ana"))
        await house.until(lambda: crm.told, "it is tried")
        await house.move_clock(timedelta(hours=1))
        desk = house.frontdesk.desk
        await house.until(
            lambda: set(house.backlog.by_kind) == {"webhook"}, "only the endpoint waits"
        )
        found = {each.subject: each for each in doctor.examine_outbox(desk)}
        [told_of] = [
            each
            for each in neighbours.findings(house.settings, house.frontdesk.database)
            if each.subject == "Webhook crm"
        ]

    assert found["Outbox"].fix == ""
    assert "due, the oldest since" in found["Outbox"].seen
    assert "It has taken none since" in told_of.seen
    assert told_of.fix

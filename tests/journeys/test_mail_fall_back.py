"""While Slack fails for long, a mail says what waits; the message in Slack follows."""

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import policy
from pathlib import Path

from bot import fallback_mail, parcels
from tests.integrations.mail.servers import Postman, serving
from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.reaching import at, heard, quiet_house

DIAN, CARD = "dian@harborlight.example", "SOW-1: "


@asynccontextmanager
async def mail_house(
    folder: Path, lines: str = "", **roles: list[str]
) -> AsyncIterator[tuple[House, Postman]]:
    """A house with a mail server of its own."""
    postman = Postman()
    with serving(postman) as port:
        mail = {
            "FRONTDESK_SMTP_URL": f"smtp+plain://127.0.0.1:{port}",
            "FRONTDESK_MAIL_FROM": "frontdesk@harborlight.example",
        }
        async with quiet_house(folder, lines, environ=mail, **roles) as house:
            yield house, postman


def break_slack(house: House, handle: str) -> None:
    """Whatever is posted to somebody fails from now on."""
    house.workspace.faults.break_("chat.postMessage", channel=handle, status=503, times=None)


async def tried(house: House, handle: str) -> None:
    """Wait until something for somebody has been tried in vain, and all others have theirs."""
    address = f"user:{house.person(handle).id}"

    def has_failed() -> bool:
        with house.frontdesk.database.unit() as unit:
            return unit.outbox.stuck(f"card:SOW-1:{address}:") is not None

    await house.until(has_failed, f"what is for {handle} has been tried")
    await house.until(lambda: undelivered(house) <= {address}, "all others have theirs")


def undelivered(house: House) -> set[str]:
    """To whom something about SOW-1 is due now."""
    now, sent = house.clock.now(), house.frontdesk.database.post_office.about("SOW-1")
    waits = [each.parcel for each in sent if each.state == "due"]
    return {each.address for each in waits if each.due <= now}


async def look(house: House) -> None:
    """Let the job run, twice as two replicas would."""
    for _ in range(2):
        await asyncio.to_thread(fallback_mail.write, house.frontdesk.desk, house.clock.now())
    await house.until(lambda: not _mails_wait(house), "mails have left")


def _mails_wait(house: House) -> bool:
    sent = house.frontdesk.database.post_office.about("SOW-1")
    return any(each.state == "due" and each.parcel.kind == "stand_in" for each in sent)


def is_active(house: House, handle: str) -> bool:
    """Whether the bot knows somebody as a member."""
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return person is not None and person.active


async def test_what_waits_is_said_once_by_mail_and_follows_in_slack(tmp_path: Path) -> None:
    async with mail_house(tmp_path) as (house, postman):
        await house.set_clock(at(23, 10))
        break_slack(house, "dian")
        await ask_for_sow(house.person("ana"))
        await tried(house, "dian")
        await house.set_clock(at(23, 10, 59))
        await look(house)
        assert postman.taken == []

        await house.set_clock(at(23, 11, 2))
        await look(house)
        await house.set_clock(at(23, 11, 30))
        await look(house)

        assert postman.recipients == [[DIAN]]
        mail = email.message_from_bytes(postman.taken[0], policy=policy.default)
        assert mail["Subject"] == "SOW-1 (Statement of Work) waits for you"
        body = mail.get_body(("plain",))
        assert body is not None
        text = " ".join(body.get_content().split())
        assert "has been waiting for you since Mon 23 Nov 2026, 10:00 EST" in text
        assert "https://app.slack.com/client/" in text
        assert "Globex" not in text
        assert "8,000" not in text

        house.workspace.faults.clear()
        assert len(await heard(house, "dian", CARD)) == 1
        assert house.backlog.dead == 0
        await house.set_clock(at(23, 14))
        await look(house)
        assert len(postman.taken) == 1


async def test_what_was_decided_meanwhile_does_not_follow(tmp_path: Path) -> None:
    async with mail_house(tmp_path, executive=["ryan", "greta"]) as (house, postman):
        await house.set_clock(at(23, 12))
        greta = f"user:{house.person('greta').id}"
        break_slack(house, "greta")
        await ask_for_sow(house.person("ana"), "250,000")
        await tried(house, "greta")
        [card] = house.person("ryan").dm_with_bot().cards(CARD)
        await decide(card, "Approve")
        await house.until(lambda: undelivered(house) == {greta}, "all others have theirs")
        await house.set_clock(at(23, 13, 2))
        await look(house)
        assert postman.taken == []

        house.workspace.faults.clear()
        assert await heard(house, "greta") == []
        assert house.backlog.dead == 0


async def test_no_mail_comes_in_quiet_hours_nor_where_none_is_wanted(tmp_path: Path) -> None:
    async with mail_house(tmp_path) as (house, postman):
        await house.set_clock(at(23, 19, 30))
        break_slack(house, "dian")
        await ask_for_sow(house.person("ana"))
        await tried(house, "dian")
        await house.set_clock(at(23, 20, 35))
        await look(house)
        assert postman.taken == []
        await house.set_clock(at(24, 8, 1))
        await look(house)
        assert postman.recipients == [[DIAN]]

    (tmp_path / "never").mkdir()
    async with mail_house(tmp_path / "never", "mail_after = 0") as (house, postman):
        await house.set_clock(at(23, 10))
        break_slack(house, "dian")
        await ask_for_sow(house.person("ana"))
        await tried(house, "dian")
        await house.set_clock(at(23, 15))
        await look(house)
        assert postman.taken == []


async def test_what_waits_behind_hundreds_of_others_has_its_mail_too(tmp_path: Path) -> None:
    async with mail_house(tmp_path) as (house, _postman):
        await house.set_clock(at(23, 13))
        break_slack(house, "dian")
        await ask_for_sow(house.person("ana"))
        await tried(house, "dian")
        await asyncio.to_thread(house.frontdesk.worker.stop)
        dian, now = house.person("dian").id, house.clock.now()
        with house.frontdesk.database.unit() as unit:
            for nth in range(450):
                news = {"name": "hold"}
                unit.outbox.add(parcels.word("notice", "SOW-1", str(nth), dian, news, now))
            unit.commit()
        await ask_for_sow(house.person("ana"), "250,000")

        await house.set_clock(at(23, 14, 2))
        await asyncio.to_thread(fallback_mail.write, house.frontdesk.desk, house.clock.now())

        sent = house.frontdesk.database.post_office.about("SOW-2")
        mails = {each.parcel.address for each in sent if each.parcel.kind == "stand_in"}
        assert mails == {f"mail:{each}@harborlight.example" for each in ("ana", "ryan")}


async def test_who_has_left_meanwhile_gets_no_mail(tmp_path: Path) -> None:
    async with mail_house(tmp_path, executive=["ryan", "greta"]) as (house, postman):
        await house.set_clock(at(23, 12))
        break_slack(house, "greta")
        await ask_for_sow(house.person("ana"), "250,000")
        await tried(house, "greta")
        postman.data = ["451 Later"] * 100
        await house.set_clock(at(23, 13, 2))
        await asyncio.to_thread(fallback_mail.write, house.frontdesk.desk, house.clock.now())
        await house.until(lambda: len(postman.data) < 100, "a mail was promised, and tried")

        house.workspace.deactivate("greta")
        await house.until(lambda: not is_active(house, "greta"), "Greta has left")
        await house.until(lambda: not _mails_wait(house), "it is not tried again")

        assert postman.taken == []
        assert house.backlog.dead == 0

"""A person is erased: nothing of them is left that need not be, and everything still works."""

import asyncio
import io
import json
import subprocess
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Text, cast, create_engine, select
from sqlalchemy.pool import NullPool

from bot import erasing, evidence, roles
from bot.parcels import mail, post
from bot.ports import KnownDeal, Observation, Opinion, Seen
from sandbox import Card
from sandbox import Person as Member
from storage.schema import metadata
from tests.commandline.test_app import app
from tests.journeys.company import company
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide, open_house
from tests.journeys.test_housekeeping import end
from tests.storage.examples import draft, entry
from tests.storage.test_deals import ROLLOUT
from tests.storage.test_links import KAI

pytestmark = pytest.mark.prove

BEN_SAYS = "Ben Okafor wants it, says ben@harborlight.example."


async def command(house: House, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(app, folder, "erase", *arguments, **house.environ)


def erase(house: House, who: str, *, rehearsed: bool = False) -> erasing.Erased:
    desk = house.frontdesk.desk
    now = house.clock.now()
    return erasing.erase(desk.store, desk.company, desk.workflows, who, now, rehearsed=rehearsed)


def tables_with(house: House, *words: str) -> set[str]:
    """Return the tables in which any of the words still stands."""
    engine = create_engine(house.settings.database_url, poolclass=NullPool)
    found: set[str] = set()
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            texts = [cast(column, Text) for column in table.c if column.name != "content"]
            for row in connection.execute(select(*texts)):
                said = json.dumps(list(row), ensure_ascii=False).casefold()
                if any(word.casefold() in said for word in words):
                    found.add(table.name)
    engine.dispose()
    return found


async def left(house: House, handle: str) -> Member:
    """Let somebody leave the company; the bot hears of it."""
    person = house.person(handle)
    house.workspace.change_user(handle, restricted=True)
    await asyncio.to_thread(roles.learn_members, house.frontdesk.desk)
    await asyncio.to_thread(roles.refresh, house.frontdesk.desk)
    await house.quiet()
    return person


async def worked_here(house: House) -> str:
    """Ben asks for an asset and a Statement of Work, has opinions, and leaves; return his id."""
    ben = house.person("ben")
    await ask_for_asset(ben, purpose=BEN_SAYS)
    await decide(
        await house.person("sol").dm_with_bot().wait_for(text="AST-1"), "Decline", BEN_SAYS
    )
    await ask_for_sow(ben, "9,000")
    await decide(await house.person("dian").dm_with_bot().wait_for(text="SOW-1"), "Reject", "No.")
    await house.quiet()
    now = house.clock.now()
    with house.frontdesk.database.unit() as unit:
        unit.opinions.put(Opinion(ref="AST-1", user=ben.id, score=2, word="Slow", at=now))
        opened = Observation(key=f"o:{ben.id}", what=Seen.OPENED, user=ben.id, at=now, ref="S-1")
        unit.observations.add(opened)
        unit.preferences.put(ben.id, "mail", "yes")
        unit.commit()
    await left(house, "ben")
    return ben.id


async def test_a_member_who_left_is_erased_and_everything_still_works(small_house: House) -> None:
    house, database = small_house, small_house.frontdesk.database
    user = await worked_here(house)
    known = {"Ben Okafor", "ben@harborlight.example"}
    assert tables_with(house, *known) >= {"people", "requests", "audit_values", "outbox"}

    told = erase(house, "ben@harborlight.example")

    assert told.counts["requests"] == 1
    assert any("SOW-1: the record of a Statement of Work is kept for 10" in e for e in told.kept)
    assert tables_with(house, *known) <= {"requests", "audit_values", "outbox"}
    only_sow(house, *known)
    assert database.verify_audit() == []
    with database.unit() as unit:
        person = unit.people.get(user)
        assert person is not None
        assert (person.name, person.email, person.active) == ("(erased)", "", False)
        assert unit.preferences.get(user, "mail") == ""
        [opinion] = unit.opinions.of("AST-1")
        assert opinion.word == "Slow"
        assert opinion.user.startswith("erased-")
        assert unit.observations.count(user, Seen.OPENED) == 0
        assert unit.requests.timeline("")[-1].action == erasing.ERASE
        declined = unit.requests.timeline("AST-1")
        assert [each.detail.get("reason", "") for each in declined] == ["", "(erased)", ""]
    await works(house, user)


def only_sow(house: House, *known: str) -> None:
    """Nothing but the record of the Statement of Work names them still."""
    with house.frontdesk.database.unit() as unit:
        asset = unit.requests.get("AST-1")
        said = [str(each.detail) for each in unit.requests.timeline("AST-1")]
        said += [str(each.detail) for each in unit.requests.timeline("")]
    said += [str(each) for each in house.frontdesk.database.post_office.about("AST-1")]
    assert asset is not None
    assert not [word for word in known if word in str([asset.details, said])]


async def works(house: House, user: str) -> None:
    """What Slack says later brings nothing back; exports, lists and pages stand."""
    desk, database = house.frontdesk.desk, house.frontdesk.database
    await asyncio.to_thread(roles.learn_members, desk)
    with database.unit() as unit:
        person = unit.people.get(user)
        assert person is not None
        assert person.name == "(erased)"
    content = await asyncio.to_thread(evidence.bundle, desk, "AST-1")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        request = json.loads(file.read("request.json"))
        assert request["people"][user] == "(erased)"
        assert "Ben Okafor" not in file.read("audit.json").decode()
        assert "Ben Okafor" not in file.read("request.json").decode()
    audra = house.person("audra")
    for words in ("status AST-1", "list"):
        said = await audra.command("/asset", words, channel="general")
        assert "went wrong" not in (await said.replied()).text
    page = await (await said_of(audra, "status AST-1")).click("Details")
    text = (await page.modal_opened()).text
    assert "AST-1 was cleared of names" in text
    assert "ben@harborlight.example" not in text
    assert "Ben Okafor wants it" not in text
    assert database.verify_audit() == []


async def said_of(person: Member, words: str) -> Card:
    return await (await person.command("/asset", words, channel="general")).replied()


async def test_nobody_is_erased_who_is_here_or_has_something_in_hand(tmp_path: Path) -> None:
    config = company(tmp_path, sales_assistant=["dian", "ben"])
    async with open_house(tmp_path, "http", FRONTDESK_CONFIG=config) as house:
        ben, dian = house.person("ben"), house.person("dian")
        await ask_for_sow(ben, "9,000")
        await ask_for_sow(house.person("ana"), "9,000")
        await decide(await ben.dm_with_bot().wait_for(text="SOW-2"), "Accept")
        await house.quiet()
        before = house.frontdesk.database.head()

        with pytest.raises(erasing.NotYet) as refused:
            erase(house, ben.id)

        active, named, asked, given = str(refused.value).splitlines()
        assert active.startswith("They are an active member of the workspace: deactivate them in")
        assert named == "The settings name them under roles.sales_assistant: take them out."
        assert asked.startswith("SOW-1 is open, and they asked for it: cancel it (an admin can)")
        assert given == "SOW-2 is open, and it is theirs to do: reassign it on its page."
        assert house.frontdesk.database.head() == before
        with pytest.raises(erasing.NobodyKnown):
            erase(house, "U0NOBODY")
        with pytest.raises(erasing.NobodyKnown):
            erase(house, "nobody@globex.example")
        with house.frontdesk.database.unit() as unit:
            assert unit.people.get(dian.id) is not None


async def test_a_clients_contact_is_erased_where_no_record_needs_them(
    small_house: House,
) -> None:
    house, database = small_house, small_house.frontdesk.database
    await ask_for_sow(house.person("ana"), "9,000")
    await house.quiet()
    with pytest.raises(erasing.NotYet, match="SOW-1 is open, and they are its contact"):
        erase(house, "hank@globex.example")
    end(house, "SOW-1")
    hank_is_known(house)
    await house.quiet()

    told = erase(house, "HANK@globex.example")

    assert [each for each in told.kept if each.startswith("SOW-1: the record")]
    assert house.request("SOW-1").details.contact_email == "hank@globex.example"
    known = ("hank@globex.example", "Hank Scorpio")
    assert tables_with(house, *known) == {"requests", "links", "outbox"}
    with database.unit() as unit:
        stored = unit.deals.get("D-7")
        assert stored is not None
        assert (stored.contact_name, stored.name) == ("(erased)", ROLLOUT.name)
        assert [each.ref for each in unit.links.of("AST-9")] == []
        kept = unit.drafts.get("D1")
        assert kept is not None
        assert kept.state == {"who": "Mail (erased) at (erased)."}
        assert unit.requests.timeline("")[-2].detail == {"first": "(erased)"}
    assert database.verify_audit() == []


def hank_is_known(house: House) -> None:
    """Keep whatever can name a client's contact beside requests."""
    in_a_year = house.clock.now() + timedelta(days=365)
    deal = replace(ROLLOUT, contact_name="Hank Scorpio", contact_email="hank@globex.example")
    with house.frontdesk.database.unit() as unit:
        unit.deals.put([deal])
        unit.known_deals.put(KnownDeal(ref="D-7", deal=deal, read_at=house.clock.now()))
        unit.drafts.save(draft(state={"who": "Mail Hank Scorpio at hank@globex.example."}))
        for ref in ("SOW-1", "AST-9"):
            unit.links.add(
                replace(
                    KAI, token_hash=ref, ref=ref, name="Hank Scorpio", email="hank@globex.example"
                )
            )
            unit.outbox.add(
                mail(ref, "sent", "hank@globex.example", {"to": "Hank Scorpio"}, in_a_year)
            )
        unit.outbox.add(post("minutes", "x", "sales", {"said": "Hank Scorpio called"}, in_a_year))
        unit.audit.append(entry("", action="import", detail={"first": "hank@globex.example"}))
        unit.commit()


async def test_somebody_who_comes_back_is_known_again(small_house: House) -> None:
    house = small_house
    ben = await left(house, "ben")
    erase(house, ben.id)

    house.workspace.change_user("ben", restricted=False)
    await asyncio.to_thread(roles.learn_members, house.frontdesk.desk)

    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(ben.id)
    assert person is not None
    assert (person.name, person.active) == ("Ben Okafor", True)


async def test_a_name_that_is_a_companys_stays_where_others_wrote_it(
    small_house: House, tmp_path: Path
) -> None:
    house = small_house
    await ask_for_asset(house.person("ana"), purpose="A deck for Globex Corporation.")
    await decide(
        await house.person("sol").dm_with_bot().wait_for(text="AST-1"), "Decline", "Not now."
    )
    house.workspace.change_user("ben", name="Globex Corporation")
    await asyncio.to_thread(roles.learn_members, house.frontdesk.desk)
    await left(house, "ben")

    dry = await command(house, tmp_path, "ben@harborlight.example", "--dry-run")
    assert "Looked for everywhere: " in dry.stdout
    assert "Globex Corporation" in dry.stdout
    assert "- requests: 1 to be erased" in dry.stdout
    done = await command(house, tmp_path, "ben@harborlight.example", "--address-only", "--yes")

    assert done.returncode == 0
    assert "Globex" not in done.stdout
    assert "Globex Corporation" in str(house.request("AST-1").details)


async def test_the_command_says_what_it_does_and_asks(small_house: House, tmp_path: Path) -> None:
    house = small_house
    await worked_here(house)
    before = house.frontdesk.database.head()

    dry = await command(house, tmp_path, "ben@harborlight.example", "--dry-run")
    assert (dry.returncode, dry.stdout.splitlines()[-1]) == (0, "Nothing was changed.")
    assert "- requests: 1 to be erased" in dry.stdout
    assert "= SOW-1: the record of a Statement of Work is kept for 10 years" in dry.stdout
    asked = await command(house, tmp_path, "ben@harborlight.example")
    assert asked.returncode == 1
    assert "without a terminal add --yes" in asked.stderr
    assert house.frontdesk.database.head() == before

    done = await command(house, tmp_path, "ben@harborlight.example", "--yes")

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "✓ Erased, on record.")
    assert house.frontdesk.database.verify_audit() == []

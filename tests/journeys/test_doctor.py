"""The doctor names what is wrong, with the fix for each, and changes nothing."""

import asyncio
import json
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from checkup import see_doctor
from integrations.clock import SystemClock
from integrations.reach import door_trouble, page_trouble
from sandbox.log import ApiCall
from settings import Settings, load
from settings.mail import MailServer, Security
from tests.commandline.test_app import app, environment
from tests.integrations.mail.samples import SENDER
from tests.integrations.mail.servers import SECRET, Authority, Postman, locked, serving
from tests.journeys.house import ROOT, House, ask_for_sow, open_house

EXAMPLE = ROOT / "frontdesk.example.toml"
TABLES = ("outbox", "cards", "people", "role_holders", "bindings", "audit", "deliveries")


Finding = tuple[str, str, str]
"""The state, what was seen and the fix."""


@dataclass
class Diagnosis:
    """What the doctor said of a house."""

    code: int
    findings: dict[str, Finding]

    def of(self, subject: str) -> Finding:
        return self.findings[subject]

    def wrong(self) -> set[str]:
        return {subject for subject, (state, _, _) in self.findings.items() if state != "well"}


async def diagnosis(
    house: House, capsys: pytest.CaptureFixture[str], settings: Settings | None = None
) -> Diagnosis:
    return await examined(capsys, replace(settings or house.settings, public_url=NOBODY_THERE))


async def examined(capsys: pytest.CaptureFixture[str], chosen: Settings) -> Diagnosis:
    capsys.readouterr()
    code = await asyncio.to_thread(lambda: see_doctor(chosen, as_json=True))
    said = json.loads(capsys.readouterr().out)
    return Diagnosis(
        code, {each["subject"]: (each["state"], each["seen"], each["fix"]) for each in said}
    )


def held(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that a database of a house holds."""
    with sqlite3.connect(folder / "frontdesk.db") as connection:
        found = {each: connection.execute(f"SELECT * FROM {each}").fetchall() for each in TABLES}  # noqa: S608 - names of our own
    connection.close()
    return found


LOOKING = {
    *("auth.test", "apps.connections.open", "conversations.list", "conversations.info"),
    *("users.info", "users.lookupByEmail", "usergroups.list", "usergroups.users.list"),
    "sandbox.clock",  # of the house itself
}
NOBODY_THERE = "https://127.0.0.1:9"
UNREACHABLE = {"Public address", "Mail"}
"""What a house on loopback cannot have: an https address, and a mail server."""


@pytest.mark.parametrize("transport", ["socket", "http"])
async def test_a_sound_installation_is_found_to_be_sound_and_nothing_is_changed(
    tmp_path: Path, transport: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_house(tmp_path, transport) as house:
        await house.person("ana").dm("hello")
        await house.person("ana").dm_with_bot().wait_for("I keep requests")
        await house.quiet()
        slack = house.workspace.slack
        before = held(tmp_path)
        called: list[ApiCall] = []
        slack.calls.listeners.append(called.append)

        found = await diagnosis(house, capsys)

        doors = {"Slack's door"} if transport == "http" else set[str]()
        assert found.wrong() == UNREACHABLE | doors, found
        assert found.code == 1
        assert found.of("Role sales assistant") == ("well", "is held", "")
        assert found.of("Channel for Statement of Work")[1] == "#sow-requests, and the bot is in it"
        assert found.of("Events")[1].startswith("the last one came in at ")
        assert "cannot be reached from here" in found.of("Public address")[1]
        if transport == "socket":
            assert found.of("App-level token")[1] == "opens Socket Mode"
        assert held(tmp_path) == before
        assert {each.method for each in called} <= LOOKING


async def test_everything_that_is_wrong_with_the_company_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    text = text.replace('sow = "sow-requests"', 'sow = "nowhere"').replace('sales = "sales" #', "#")
    text = text.replace('["dian@harborlight.example"]', '["nobody@harborlight.example"]')
    text = text.replace('["bea@harborlight.example"]', '["bea@harborlight.example", "@nobodies"]')
    config = tmp_path / "frontdesk.toml"
    config.write_text(text, encoding="utf-8")
    async with open_house(tmp_path / "house", "http") as house:
        house.workspace.slack.channel("asset-requests").members.remove(
            house.workspace.slack.app("").bot_user
        )
        (tmp_path / "house").chmod(0o755)
        other = load(house.environ | {"FRONTDESK_CONFIG": str(config)}, tmp_path)

        found = await diagnosis(house, capsys, other)

        _, said, fix = found.of("Channel for Statement of Work")
        assert (said, fix) == (
            "#nowhere was not found",
            "Create #nowhere, or invite the bot to it when it is private.",
        )
        assert "the bot is not in it" in found.of("Channel for Sales asset")[1]
        assert found.of("Sales channel")[1] == "is not named"
        assert found.of("Role sales assistant")[1] == (
            "nobody holds it; entry 1 of roles.sales_assistant: no active member of this workspace"
        )
        assert (
            found.of("Role billing")[1]
            == "entry 2 of roles.billing: no user group of this workspace"
        )
        assert found.of("Data folder")[2] == f"chmod 700 {tmp_path / 'house'}"
        assert "nobody@harborlight" not in str(found)


async def test_the_mail_server_is_tried_and_each_trouble_has_its_fix(
    small_house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    authority, postman = Authority(tmp_path), Postman()

    async def mail(port: int, security: Security, password: str, trusted: Path | None) -> Finding:
        server = MailServer(
            host="127.0.0.1", port=port, security=security, user="bot", password=password
        )
        chosen = replace(small_house.settings, mail=server, mail_from=SENDER, ca_file=trusted)
        return (await diagnosis(small_house, capsys, chosen)).of("Mail")

    with serving(postman, **locked(authority)) as port:
        well = await mail(port, "starttls", SECRET, authority.trusted)
        assert well == ("well", "the server takes our login", "")
        state, said, fix = await mail(port, "starttls", "wrong-secret", authority.trusted)
        assert (state, "wrong-secret" in said + fix) == ("wrong", False)
        assert "Correct user and password" in fix
        _, said, fix = await mail(port, "starttls", SECRET, None)
        assert "certificate that is not trusted" in said
        assert "FRONTDESK_CA_FILE" in fix
    with serving(postman) as port:
        _, said, fix = await mail(port, "starttls", SECRET, None)
        assert "no STARTTLS" in said
        assert "smtps://" in fix
    _, said, fix = await mail(port, "starttls", SECRET, None)
    assert "cannot be reached" in said
    assert "start the server" in fix
    assert postman.taken == []


async def test_what_went_wrong_since_is_named(
    small_house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house, faults = small_house, small_house.workspace.faults
    house.workspace.slack.app("").scopes.remove("users:read.email")
    faults.fail("chat.postMessage", "channel_not_found", channel="dian")
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    other = replace(house.settings, audit_key=b"another visibly fake key of the tests")

    found = await diagnosis(house, capsys, other)

    assert found.of("Scopes")[:2] == ("wrong", "missing users:read.email")
    assert "reinstall" in found.of("Scopes")[2]
    assert found.of("Dead letters")[:2] == ("wrong", "1 could not be delivered")
    assert found.of("Outbox")[0] == "well"
    assert found.of("Audit key")[:2] == ("wrong", "does not fit the audit")

    faults.fail("auth.test", "token_revoked")
    locked_out = await diagnosis(house, capsys)
    faults.break_("auth.test", status=503)
    away = await diagnosis(house, capsys)

    assert locked_out.of("Slack")[:2] == ("wrong", "Slack does not know us: token_revoked")
    assert away.of("Slack")[0] == "unseen"
    assert "Role admin" not in away.findings


async def test_the_databases_owner_is_too_mighty_for_a_bot(
    tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    async with open_house(tmp_path, "http", postgres_url) as house:
        state, said, fix = (await diagnosis(house, capsys)).of("Database role")

    assert state == "wrong"
    assert "owns the tables" in said
    assert "role of its own" in fix


async def test_before_the_database_is_migrated_all_the_rest_is_examined(
    small_house: House, postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = replace(small_house.settings, database_url=postgres_url)
    found = await diagnosis(small_house, capsys, empty)

    assert found.of("Database") == (
        "wrong",
        "answers, and does not fit",
        "The schema is not current: run `python app.py migrate`.",
    )
    assert found.of("Scopes")[0] == found.of("Channel for Sales asset")[0] == "well"
    assert not [subject for subject in found.findings if subject.startswith("Role ")]


def test_the_exit_code_tells_sound_wrong_and_unknown_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "data"
    settings = load(environment(folder), tmp_path)
    assert see_doctor(settings, as_json=False) == 2
    assert "? Database: The database is not available" in capsys.readouterr().out

    (folder / "frontdesk.db").touch()
    assert see_doctor(settings, as_json=False) == 1
    out = capsys.readouterr().out
    assert "✗ Database: answers, and does not fit" in out
    assert "    The schema is not current: run `python app.py migrate`." in out

    assert app(folder, "migrate").returncode == 0
    sound = app(folder, "doctor")
    assert (sound.returncode, sound.stderr) == (0, "")
    assert "nothing is examined but the sandbox's data" in sound.stdout


async def test_our_own_doors_are_found_from_outside(small_house: House) -> None:
    settings = small_house.settings
    url, now = f"http://127.0.0.1:{settings.port}", SystemClock().now()
    [secret] = settings.signing_secrets

    assert await asyncio.to_thread(page_trouble, url) == ""
    assert await asyncio.to_thread(door_trouble, url, secret, now) == ""
    refused = await asyncio.to_thread(door_trouble, url, "another secret", now)

    assert refused == "refuses our signature: the bot there has another SLACK_SIGNING_SECRET"
    assert small_house.backlog.due == 0

"""What we send is what Slack's own contracts allow, where their files are at hand.

A bot and a sandbox of the same hands could agree on the same mistake; these files are not ours.
"""

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from handlers.events import EVENTS
from handlers.manifest import SCOPES, manifest
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide, open_house, sow_form
from workflows.registry import find_workflows

SLACK = Path(__file__).parents[3] / "shared" / "slack"

pytestmark = pytest.mark.skipif(not SLACK.is_dir(), reason="Slack's contracts are not at hand")


def contract(name: str) -> Any:  # noqa: ANN401 - JSON of somebody else
    return json.loads((SLACK / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("socket", [True, False], ids=["socket", "http"])
def test_the_manifest_is_what_slack_accepts(socket: bool) -> None:  # noqa: FBT001 - a parameter
    schema = jsonschema_rs.validator_for(contract("manifest/manifest.schema.2.0.0.json"))
    shape = manifest(find_workflows(), socket=socket, public_url="https://desk.example.com")

    problems = [str(error) for error in schema.iter_errors(shape)]

    assert problems == []


def test_the_manifest_stays_within_slacks_limits() -> None:
    limits = {each["key"]: each["value"] for each in contract("limits.json")}
    features = manifest(find_workflows(), socket=True)["features"]

    assert len(features["slash_commands"]) <= limits["manifest.slash_commands.max"]
    assert len(features["shortcuts"]) <= limits["manifest.shortcuts.max"]
    for command in features["slash_commands"]:
        assert len(command["command"]) <= limits["manifest.slash_command.command.max"]
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= limits["manifest.shortcut.name.max"]
        assert len(shortcut["callback_id"]) <= limits["manifest.shortcut.callback_id.max"]


def test_every_event_is_known_to_slack_and_its_scope_is_asked_for() -> None:
    known = {each["name"]: each for each in contract("events-index.json")}

    for name in EVENTS:
        scopes = {scope.replace("mentions.", "mentions:") for scope in known[name]["scopes"]}
        assert scopes <= SCOPES.keys(), name


async def test_every_call_is_known_to_slack_with_its_arguments_and_scope(tmp_path: Path) -> None:
    methods = contract("method-index.json")

    async with open_house(tmp_path) as house:
        await _a_day_at_the_office(house)
        calls = [call for call in house.workspace.calls if not call.method.startswith("sandbox.")]

    used = {call.method for call in calls}
    assert {"chat.postMessage", "chat.update", "views.open", "views.publish"} <= used
    for call in calls:
        method = methods[call.method]
        assert not call.unknown, f"{call.method}: {call.unknown}"
        assert set(method["required"]) <= call.arguments.keys(), call.method
        needed = method["scopes"].get("bot", [])
        assert not needed or set(needed) & SCOPES.keys(), f"{call.method} needs one of {needed}"


async def _a_day_at_the_office(house: House) -> None:
    ana, ben, dian, sol = (house.person(each) for each in ("ana", "ben", "dian", "sol"))
    await ana.open_home()
    await (await sow_form(ana)).choose("client_type", "other")
    await ask_for_sow(ana)
    await ask_for_asset(ben)
    await decide(await dian.dm_with_bot().wait_for(text="SOW-1"), "Ask", "Which country?")
    await decide(await sol.dm_with_bot().wait_for(text="AST-1"), "Decline", "We have one.")
    await house.quiet()

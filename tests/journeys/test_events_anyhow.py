"""Slack's events come three times and in any order: what is known is what Slack says now."""

import hashlib
import json
from collections import Counter

import httpx

from sandbox.delivery.signed_http import signed_headers
from tests.journeys.house import House, ask_for_sow
from tests.proof import Proof
from workflows.roles import Role

KINDS = {
    *("app_home_opened", "message", "team_join", "user_change"),
    *("subteam_members_changed", "subteam_updated"),
}


async def what_happens(house: House) -> None:
    """Let somebody come, change, leave and come back; let people write, and open their Home."""
    workspace = house.workspace
    workspace.add_person("nina", name="Nina Holt", email="nina@harborlight.example")
    workspace.change_user("nina", name="Nina Holt-Brandt")
    workspace.set_group("sales-ops", ["sol", "nina"])
    await house.quiet()
    workspace.deactivate("dian")
    workspace.reactivate("dian")
    workspace.change_user("leo", restricted=True)
    workspace.set_group("sales-ops", ["sol"])
    workspace.deactivate("nina")
    await house.person("ana").dm("hello?")
    await house.person("ana").open_home()
    await ask_for_sow(house.person("ana"))
    await house.person("ben").say("sales", "Does anybody have a case study for a bank?")
    await house.quiet()


def state(house: House) -> tuple[object, ...]:
    with house.frontdesk.database.unit() as unit:
        people = {
            each.handle: unit.people.get(each.id)
            for each in (house.person(name) for name in ("nina", "dian", "leo"))
        }
        holders = {role: unit.people.holders()[role] for role in Role}
    messages = Counter(each.text for each in house.workspace.slack.store.messages.all())
    return people, holders, messages


async def deliver_again(house: House, body: dict[str, object]) -> int:
    app = house.workspace.slack.app()
    content = json.dumps(body).encode()
    headers = signed_headers(app, content, "application/json")
    headers |= {"x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout"}
    async with httpx.AsyncClient(trust_env=False) as slack:
        return (await slack.post(app.request_url, content=content, headers=headers)).status_code


def _anyhow(numbered: tuple[int, object]) -> bytes:
    return hashlib.sha256(str(numbered).encode()).digest()


async def test_events_three_times_and_out_of_order(small_house: House, proof: Proof) -> None:
    await what_happens(small_house)
    bodies = [
        each.payload for each in small_house.workspace.deliveries if each.payload.get("event")
    ]
    assert {str(each["event"]["type"]) for each in bodies} >= KINDS
    before = state(small_house)

    # Any order will do, as long as it is the same in every run.
    shuffled = [each for _, each in sorted(enumerate(bodies * 3), key=_anyhow)]
    answers = [await deliver_again(small_house, each) for each in (*reversed(bodies), *shuffled)]
    await small_house.quiet()

    assert set(answers) == {200}
    assert state(small_house) == before
    assert small_house.backlog.dead == 0
    proof("events three times, out of order", tried=len(answers), lost=0, duplicated=0, wrong=0)

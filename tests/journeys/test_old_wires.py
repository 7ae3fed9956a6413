"""Gestures that come from elsewhere: old messages, guests, strangers, forgers."""

import hashlib
import hmac
import json
from urllib.parse import urlencode

import httpx
import pytest

from integrations.clock import SystemClock
from modals.metadata import Metadata
from tests.journeys.house import House, ask_for_sow, sow_form
from tests.journeys.planted import others_button, planted

MEMBERS_ONLY = "Frontdesk works for members of this workspace only."


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("approve_sow", "SOW-1"),
        ("do:accept", "SOW-1"),
        ("do:accept", '{"v":0,"ref":"SOW-1","step":1}'),
        ("do:accept", '{"v":1,"ref":"SOW-1"}'),
        ("do:endorse", '{"v":1,"ref":"SOW-1","step":1}'),
        ("do:accept", '{"v":1,"ref":"SOW-77","step":1}'),
        ("new:contract", '{"v":1}'),
        ("resume", '{"v":1,"draft":"gone"}'),
    ],
)
async def test_a_button_from_before_an_upgrade_gets_a_sentence(
    small_house: House, action_id: str, value: str
) -> None:
    await ask_for_sow(small_house.person("ana"))
    card = await planted(small_house, "dian", action_id, value)

    result = await card.click("Press")

    said = (await result.replied()).text
    assert "Something went wrong" not in said
    assert result.modal is None
    assert small_house.request("SOW-1").stage == "acceptance"


async def test_a_form_that_an_upgrade_has_removed_says_so(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    body = dict(modal.view.body)
    body["private_metadata"] = Metadata("contract", "contract", "submit", draft="d1").encode()
    small_house.frontdesk.desk.slack.update_view(modal.view.id, "", body)

    await modal.fill(client_type="api")

    await modal.wait_for_text("another version of Frontdesk")
    assert small_house.refs("ana") == []


async def test_a_guest_in_the_channel_decides_nothing(small_house: House) -> None:
    small_house.workspace.join("gus", "sow-requests")
    await ask_for_sow(small_house.person("ana"))

    result = await (await others_button(small_house, "gus")).click("Press")

    assert (await result.replied()).text == MEMBERS_ONLY
    assert small_house.audited("SOW-1") == ["submit"]


async def test_a_stranger_of_a_shared_channel_decides_nothing(house: House) -> None:
    house.workspace.add_person("eve", name="Eve Moss", team="Initech")
    house.workspace.add_channel("initech", ["ana", "eve"], shared=True)
    house.workspace.invite_bot_to("initech")
    await ask_for_sow(house.person("ana"))
    button = await planted(house, "eve", "details", '{"v":1,"ref":"SOW-1"}', channel="initech")

    await (await button.click("Press")).replied()
    await house.quiet()
    result = await button.click("Press")

    assert (await result.replied()).text == MEMBERS_ONLY
    assert result.modal is None
    assert house.audited("SOW-1") == ["submit"]


def signed(secret: str, body: bytes, at: int) -> dict[str, str]:
    code = hmac.new(secret.encode(), b"v0:%d:%s" % (at, body), hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": str(at),
        "x-slack-signature": f"v0={code}",
    }


@pytest.mark.parametrize("kind", ["sound", "forged", "stale", "early", "unsigned", "altered"])
async def test_only_what_slack_signed_just_now_is_listened_to(
    small_house: House, kind: str
) -> None:
    await ask_for_sow(small_house.person("ana"))
    user = small_house.person("dian").id
    value = json.dumps({"v": 1, "ref": "SOW-1", "step": small_house.request("SOW-1").step})
    team = small_house.workspace.team_id
    now = int(SystemClock().now().timestamp())
    payload = {
        "type": "block_actions",
        "user": {"id": user, "team_id": team},
        "team": {"id": team},
        "actions": [
            {"action_id": "do:accept", "value": value, "type": "button", "action_ts": f"{now}.1"}
        ],
    }
    body = urlencode({"payload": json.dumps(payload)}).encode()
    at = {"stale": now - 400, "early": now + 400}.get(kind, now)
    secret = small_house.settings.signing_secrets[0] if kind != "forged" else "not-the-secret"
    headers = signed(secret, body, at)
    if kind == "unsigned":
        del headers["x-slack-signature"]
    if kind == "altered":
        body = body.replace(b"SOW-1", b"SOW-2")

    async with httpx.AsyncClient(trust_env=False) as client:
        url = f"http://127.0.0.1:{small_house.settings.port}/slack/events"
        answer = await client.post(url, content=body, headers=headers)

    is_sound = kind == "sound"
    assert answer.status_code == (200 if is_sound else 401)
    assert small_house.request("SOW-1").stage == ("drafting" if is_sound else "acceptance")
    assert small_house.audited("SOW-1") == ["submit", *(["accept"] if is_sound else [])]

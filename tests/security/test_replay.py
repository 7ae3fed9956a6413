"""The same signed bytes, again and again, on every replica: they count once."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from sandbox.delivery.outcome import INTERACTIONS, Parcel
from tests.journeys.house import House, fill_sow, free_port, open_house, sow_form, started
from tests.security.wire import SLACK, encoded, signed

TIMES = 50


async def sent_everywhere(ports: list[int], body: bytes, headers: dict[str, str]) -> Counter[int]:
    """Send the same bytes all at once, in turn to each replica."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=30) as client:
        answers = await asyncio.gather(
            *(
                client.post(
                    f"http://127.0.0.1:{ports[nth % len(ports)]}{SLACK}",
                    content=body,
                    headers=headers,
                )
                for nth in range(TIMES)
            )
        )
    return Counter(each.status_code for each in answers)


async def a_submission(house: House) -> Parcel:
    """Return a filled-in form as Slack would hand it in; it was never handed in."""
    modal = await sow_form(house.person("ana"))
    await fill_sow(modal, "250,000")
    other = await sow_form(house.person("ben"))
    await fill_sow(other)
    assert (await other.submit()).closed
    [model] = house.workspace.deliveries.of("view_submission")[-1:]
    view = model.payload["view"]
    mine = {"id": "V0REPLAYED", "root_view_id": "V0REPLAYED"}
    return Parcel(INTERACTIONS, model.payload | {"view": view | mine})


async def test_fifty_copies_on_two_replicas_are_one_request_and_one_message(
    tmp_path: Path, postgres_url: str
) -> None:
    async with open_house(tmp_path, "http", postgres_url) as house:
        parcel = await a_submission(house)
        await house.quiet()
        before = len(house.workspace.channel("sow-requests").messages)
        other = replace(house.settings, port=free_port())
        second = await asyncio.to_thread(started, other)
        try:
            body, kind = encoded(parcel)
            headers = signed(house.settings.signing_secrets[0], body, kind)

            answered = await sent_everywhere([house.settings.port, other.port], body, headers)

            await house.quiet()
            assert answered == {200: TIMES}
            assert house.refs("ben") == ["SOW-2", "SOW-1"]
            assert house.audited("SOW-2") == ["submit"]
            posted = house.workspace.channel("sow-requests").messages
            assert len(posted) == before + 1
        finally:
            await asyncio.to_thread(second.stop)


@pytest.mark.parametrize("age", [301, 3600, -360])
async def test_what_was_signed_too_long_ago_is_no_use(small_house: House, age: int) -> None:
    parcel = await a_submission(small_house)
    body, kind = encoded(parcel)
    headers = signed(small_house.settings.signing_secrets[0], body, kind, age)

    answered = await sent_everywhere([small_house.settings.port], body, headers)

    assert answered == {401: TIMES}
    assert small_house.refs("ben") == ["SOW-1"]

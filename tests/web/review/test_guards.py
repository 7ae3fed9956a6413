"""Who gets nothing at the client's page, and what a browser is told not to do there."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.links import Sending, token_of
from tests.web.review.door import APPROVAL, SEAL, Door
from tests.web.review.house import PUBLIC


async def test_every_page_is_without_script_and_says_so_to_the_browser(door: Door) -> None:
    pages = [
        await door.opened(),
        await door.opened("/r/nonsense"),
        await door.opened(f"{door.page}/page/1.png"),
        await door.opened(f"{door.page}/document.pdf"),
        await door.opened(f"{door.page}/approve"),
        await door.sent("approve", {}),
        await door.posted("approve", {}),
        await door.posted("else", {}),
    ]

    for page in pages:
        headers = page.headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'; img-src 'self'; style-src 'sha256-" in policy
        assert "form-action 'self'; frame-ancestors 'none'; base-uri 'none'" in policy
        assert "unsafe" not in policy
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["x-content-type-options"] == "nosniff"
        assert "geolocation=()" in headers["permissions-policy"]
        assert "set-cookie" not in headers
        if headers.get("content-type", "").startswith("text/html"):
            assert "<script" not in page.text
            assert '<html lang="en">' in page.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_mail_scanner_that_opens_every_address_changes_nothing(
    door: Door, method: str
) -> None:
    page = await door.opened()
    found = set(re.findall(r'(?:href|src|action)="(/r/[^"]+)"', page.text))
    assert len(found) >= 6

    for path in found:
        answer = await door.http.request(method, path)
        assert answer.status_code in (200, 303)
    assert door.house.request.version == 1
    assert set(door.house.actions()) == {"link_fetched", "document_downloaded"}


async def test_wrong_links_are_all_answered_alike(door: Door) -> None:
    house = door.house
    other = replace(house.desk, link_key=b"another visibly fake key")
    sending = Sending(house.request.ref, 1, house.request.step)
    forged = token_of(other, sending, "jane@globex.example")
    unsent = token_of(house.desk, sending, "hank@globex.example")
    wrong = ("nonsense", "x" * 43, forged, unsent, "%00", "%FF", house.jane[:-1], house.jane + ".")
    answers = [await door.opened(f"/r/{token}") for token in wrong]

    assert {each.status_code for each in answers} == {404}
    assert len({each.text for each in answers}) == 1
    assert "SOW" not in answers[0].text
    assert house.audited == []


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "origin": "https://evil.example"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "http://frontdesk.harborlight.example"},
    ],
    ids=str,
)
async def test_a_form_from_elsewhere_is_not_taken(door: Door, headers: dict[str, str]) -> None:
    answer = await door.sent("approve", APPROVAL, **headers)

    assert answer.status_code == 403
    assert "This form is not from our page" in answer.text
    assert "client_approve" not in door.house.actions()


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": PUBLIC},
    ],
    ids=str,
)
async def test_a_form_of_our_page_is_taken(door: Door, headers: dict[str, str]) -> None:
    assert (await door.sent("approve", APPROVAL, **headers)).status_code == 303


async def test_a_form_without_the_seal_of_its_link_is_not_taken(door: Door) -> None:
    theirs = str(SEAL.findall((await door.opened(f"/r/{door.house.tom}")).text)[0])
    seals: list[dict[str, str]] = [{}, {"seal": ""}, {"seal": "ä"}, {"seal": theirs}]
    for seal in seals:
        answer = await door.posted("approve", APPROVAL | seal)
        assert answer.status_code == 403
    assert "client_approve" not in door.house.actions()


async def test_what_is_no_form_or_too_long_is_not_read(door: Door) -> None:
    form = "application/x-www-form-urlencoded"
    path = f"{door.page}/ask"

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024

    async def sent(content: bytes | AsyncIterator[bytes], kind: str) -> int:
        answer = await door.http.post(path, content=content, headers={"content-type": kind})
        assert answer.headers["connection"] == "close"
        return answer.status_code

    assert await sent(b'{"text": "?"}', "application/json") == 415
    assert await sent(b"text=" + b"x" * 65536, form) == 413
    assert await sent(endless(), form) == 413
    assert await sent("text=ä".encode(), form) == 400
    assert await sent(b"&".join(b"x%d=1" % number for number in range(30)), form) == 400


async def test_who_comes_too_often_waits(door: Door) -> None:
    for _ in range(60):
        assert (await door.opened()).status_code == 200
    held = await door.opened()
    assert (held.status_code, held.headers["retry-after"]) == (429, "1")
    assert "Please wait 1 second, then" in held.text

    door.elapsed["s"] += 1.1
    assert (await door.opened()).status_code == 200


async def test_who_sends_too_often_waits(door: Door) -> None:
    forms = [await door.sent("approve", {}) for _ in range(11)]
    assert [each.status_code for each in forms] == [422] * 10 + [429]
    assert "Please wait 6 seconds" in forms[-1].text


async def test_others_do_not_wait_for_who_comes_too_often(door: Door) -> None:
    guesser = {"x-forwarded-for": "192.0.2.66"}
    guesses = [(await door.opened("/r/guess", **guesser)).status_code for _ in range(61)]
    assert guesses == [404] * 60 + [429]
    assert (await door.opened(**{"x-forwarded-for": "192.0.2.7"})).status_code == 200


@pytest.mark.parametrize(
    "guess",
    [
        {"data": {"name": "x"}},
        {"data": {"name": "x", "seal": "0" * 64}},
        {"content": b"{}", "headers": {"content-type": "application/json"}},
    ],
    ids=["no seal", "a made-up seal", "no form"],
)
async def test_who_has_no_link_keeps_nobody_of_the_same_address_from_answering(
    door: Door, guess: dict[str, Any]
) -> None:
    guesses = [await door.http.post(f"/r/guess{number}/approve", **guess) for number in range(30)]
    assert {each.status_code for each in guesses[:10]} <= {403, 415}
    assert {each.status_code for each in guesses[10:]} == {429}

    assert (await door.sent("approve", APPROVAL)).status_code == 303
    assert "client_approve" in door.house.actions()


async def test_the_address_on_record_is_the_visitors(door: Door) -> None:
    await door.opened(**{"x-forwarded-for": "203.0.113.9, 192.0.2.7", "user-agent": "Lynx"})

    [entry] = door.house.audited
    assert (entry.detail["ip"], entry.detail["agent"]) == ("192.0.2.7", "Lynx")

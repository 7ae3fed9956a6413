"""The doors that are open to the world: whatever comes in, none of them breaks or gives way."""

import asyncio
import logging
from collections import Counter
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.journeys.deals import Client, letters, with_client
from tests.journeys.house import House, open_house
from tests.messages.hostile import NASTY
from tests.proof import Proof
from tests.security.record import Record
from tests.security.wire import Wire
from web.review.forms import SEAL

FEW = 100
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get")
PATHS = (
    *("/", "/healthz", "/readyz", "/metrics", "/slack/events", "/slack/events/", "/favicon.ico"),
    *(
        "/r/",
        "/r/{token}",
        "/r/{token}/document.pdf",
        "/r/{token}/page/1.png",
        "/r/{token}/approve",
    ),
    *("/r/{token}/page/0.png", "/r/{token}/page/99999.png", "/r/{token}/page/..%2f1.png"),
    *("/r/{token}/changes", "/r/{token}/decline", "/r/{token}/ask", "/r/{token}/anything"),
    *("/r/{wrong}", "/r/{wrong}/document.pdf", "/r/{wrong}/approve", "/r/{wrong}/ask"),
    *(
        "/a/",
        "/a/AST-1",
        "/a/SHELF-1",
        "/a/SHELF-1?k=abc",
        "/a/AST-999999999999",
        "/a/%00",
        "/a/..",
        "/requests/",
        "/requests/SOW-1",
        "/requests/SOW-999999999999",
        "/requests/%00",
    ),
    *(
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/r/..%2f..%2fhealthz",
        "/static/../app.py",
    ),
    *("//evil.example/", "/slack/events?ssl_check=1", "/.env", "/r/%ff%fe", "/?{{7*7}}"),
)
NAMES = (
    *("content-type", "content-length", "x-slack-signature", "x-slack-request-timestamp", "cookie"),
    *("authorization", "x-forwarded-for", "forwarded", "host", "origin", "referer", "accept"),
    *("sec-fetch-site", "range", "transfer-encoding", "x-http-method-override", "user-agent"),
)
VALUES = (
    *("", "0", "-1", "1e9", "application/json", "application/x-www-form-urlencoded", "text/html"),
    *("Bearer x", "Basic eDp4", "127.0.0.1", "::1", "1.2.3.4, 127.0.0.1", "null", "cross-site"),
    *("https://evil.example", "bytes=0-99999999999", "localhost", "v0=" + "a" * 64, "a" * 5000),
)
_LONG = b"(longer than any form)"
BODIES = (
    *(b"", b"{}", b"[", b"[" * 10_000, b"\xff\xfe", b"payload={}", b"a=1&" * 50, _LONG),
    *(b"command=/sow&user_id=U1&team_id=T1&trigger_id=1", b"name=<script>&title=x&consent=yes"),
    b"consent=yes&name=Mallory&title=CEO&" + SEAL.encode() + b"=" + b"a" * 64,
)
TEXT = st.sampled_from([each for each in NASTY if each.isprintable()]) | st.text(max_size=20)

Drawn = tuple[str, str, dict[bytes, bytes], bytes]


@st.composite
def requests(draw: st.DrawFn, token: str) -> Drawn:
    """Draw a request; what stands for a token is a right one or one with a letter exchanged."""
    nth = draw(st.integers(0, len(token) - 1))
    wrong = token[:nth] + ("A" if token[nth] != "A" else "B") + token[nth + 1 :]
    path = draw(st.sampled_from(PATHS) | TEXT.map(lambda text: f"/{text}"))
    path = path.replace("{token}", token).replace("{wrong}", wrong)
    headers = draw(
        st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES) | TEXT, max_size=4)
    )
    kept = {name.encode(): each.encode(errors="ignore") for name, each in headers.items()}
    body = draw(st.sampled_from(BODIES) | st.binary(max_size=60))
    return draw(st.sampled_from(METHODS)), path, kept, body


def fuzzed(house: House, client: Client, count: int) -> Counter[int]:
    """Send so many; look at what each is answered, and at the database in the end."""
    statuses: Counter[int] = Counter()
    record = Record(house)
    with Wire(house) as wire:

        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn=requests(client.token))
        def try_one(drawn: Drawn) -> None:
            method, path, headers, body = drawn
            try:
                answer = wire.send(
                    method, path, headers=headers, content=b"x" * 70_000 if body == _LONG else body
                )
            except (httpx.InvalidURL, httpx.UnsupportedProtocol):
                return  # no client can ask for this
            statuses[answer.status_code] += 1
            assert answer.status_code < 500, (drawn, answer.text)
            assert "Traceback" not in answer.text
            if "etc/passwd" in path:
                assert answer.status_code in (404, 405)

        before = record.states(), record.contents()
        try_one()
        assert {row.action for row in record.news()} <= {"link_fetched", "document_downloaded"}
        assert (record.states(), record.contents()) == before
    record.close()
    return statuses


async def world(folder: Path, count: int) -> Counter[int]:
    async with open_house(folder, "http") as house:
        await with_client(house)
        client = Client.of(house, letters(house)[-1])
        statuses = await asyncio.to_thread(fuzzed, house, client, count)
        await client_still_gets_in(house, client)
    return statuses


async def client_still_gets_in(house: House, client: Client) -> None:
    """The bot still answers, and a client whom nobody kept busy gets the page."""
    async with httpx.AsyncClient(base_url=house.frontdesk.server.url, trust_env=False) as web:
        assert (await web.get("/readyz")).json() == {"ready": True, "problems": {}}
    assert (await client.look()).status_code in (200, 429)


async def test_no_request_breaks_a_door(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    statuses = await world(tmp_path, FEW)

    assert statuses.total() > FEW // 2
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []


@pytest.mark.prove
@pytest.mark.at_length
@pytest.mark.timeout(600)
async def test_ten_thousand_requests(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, proof: Proof
) -> None:
    statuses = await world(tmp_path, 10_000)

    answers = ", ".join(f"{status}: {n:,}" for status, n in sorted(statuses.items()))
    proof("requests to the open doors, spoilt", tried=10_000, wrong=0, answers=answers)
    assert [each.message for each in caplog.records if each.levelno >= logging.ERROR] == []

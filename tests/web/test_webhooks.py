"""The door for partners' calls: what DocuSign signed is kept once, and nothing else comes in."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from bot.ports import Envelope, Standing
from integrations.signatures.access import Access
from integrations.signatures.docusign import DocuSign
from tests.integrations.signatures.connect import HOOK_KEYS, signed
from tests.integrations.signatures.double import ACCOUNT, KEY, USER
from tests.web.review.house import NOW, House, open_house
from web import webhooks
from web.bodies import LONGEST_BODY
from web.server import Server

ACCESS = Access(
    host="127.0.0.1:9",
    key=KEY,
    user=USER,
    account=ACCOUNT,
    private_key="not a key",
    hook="https://frontdesk.harborlight.example/webhooks/docusign",
    hook_keys=HOOK_KEYS,
)
OURS = Envelope(
    key="SOW-7:4",
    ref="SOW-7",
    version=1,
    move=4,
    envelope="e-1",
    standing=Standing.OPEN,
    at=NOW,
    changed_at=NOW,
)
KNOCKS = 20
CALL = b'{"event":"envelope-completed","generatedDateTime":"t1","data":{"envelopeId":"e-1"}}'


@dataclass
class Hook:
    """The door of a house, with one envelope that is ours."""

    house: House
    url: str

    def call(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str]:
        said = signed(body) if headers is None else headers
        answer = httpx.post(self.url, content=body, headers=said, timeout=30)
        return answer.status_code, answer.text

    @property
    def kept(self) -> int:
        """How many calls wait to be looked at."""
        return self.house.database.post_office.backlog(NOW).due


@contextmanager
def open_hook(house: House, partner: DocuSign | None) -> Iterator[Hook]:
    desk = replace(house.desk, signatures=partner)
    with house.database.unit() as unit:
        unit.envelopes.put(OURS)
        unit.commit()
    with ThreadPoolExecutor(2) as pool:
        routes = webhooks.routes(desk, pool, (), patience=0.5, knocks=KNOCKS)
        server = Server(Starlette(routes=routes), "127.0.0.1", 0)
        server.start()
        try:
            yield Hook(house, f"http://127.0.0.1:{server.port}{webhooks.DOCUSIGN}")
        finally:
            server.stop()


@pytest.fixture
def hook(tmp_path: Path) -> Iterator[Hook]:
    with open_house(tmp_path) as house, open_hook(house, DocuSign(ACCESS)) as opened:
        yield opened


def test_a_call_is_kept_once_for_each_occasion(hook: Hook) -> None:
    assert [hook.call(CALL) for _ in range(3)] == [(200, "ok\n")] * 3
    assert hook.kept == 1
    assert hook.call(CALL.replace(b"t1", b"t2")) == (200, "ok\n")
    assert hook.kept == 2


@pytest.mark.parametrize("key", HOOK_KEYS)
def test_while_keys_are_changed_both_are_taken(hook: Hook, key: str) -> None:
    assert hook.call(CALL, signed(CALL, ("a key of somebody else's", key))) == (200, "ok\n")
    assert hook.kept == 1


@pytest.mark.parametrize(
    "headers", [{}, signed(CALL + b" "), signed(CALL, ("a key of somebody else's",))]
)
def test_what_docusign_did_not_sign_is_refused_and_not_kept(
    hook: Hook, headers: dict[str, str]
) -> None:
    assert hook.call(CALL, headers) == (401, "not signed\n")
    assert hook.kept == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"[" * 5000,
        b'{"data":{"envelopeId":"of-somebody-else"}}',
        b'{"data":{"envelopeId":"a\\u0000b"}}',
        b'{"data":{"envelopeId":"\\ud800"}}',
    ],
)
def test_what_is_about_nothing_of_ours_is_answered_and_not_kept(hook: Hook, body: bytes) -> None:
    assert hook.call(body) == (200, "ok\n")
    assert hook.kept == 0


def test_what_is_too_long_is_refused(hook: Hook) -> None:
    body = CALL + b" " * LONGEST_BODY
    assert hook.call(body) == (413, "too long")
    assert hook.kept == 0


def test_who_comes_too_often_waits(hook: Hook) -> None:
    assert {hook.call(CALL, {})[0] for _ in range(KNOCKS)} == {401}
    assert hook.call(CALL) == (429, "too often\n")
    assert hook.kept == 0


def test_the_right_signature_counts_among_a_hundred(hook: Hook) -> None:
    wrong = {f"X-DocuSign-Signature-{nth}": "x" * 44 for nth in range(99)}
    assert hook.call(CALL, wrong) == (401, "not signed\n")
    right = {"X-DocuSign-Signature-99": signed(CALL)["X-DocuSign-Signature-1"]}
    assert hook.call(CALL, wrong | right) == (200, "ok\n")


def test_while_nothing_can_be_kept_docusign_is_to_call_again(hook: Hook, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "frontdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert hook.call(CALL) == (503, "later\n")
    assert hook.kept == 0
    assert hook.call(CALL) == (200, "ok\n")


def test_without_a_partner_there_is_no_door(tmp_path: Path) -> None:
    with open_house(tmp_path) as house, open_hook(house, None) as hook:
        assert hook.call(CALL)[0] == 404

"""Stripe away, slow, refusing: what is to be waited for, what is to be put right, and how."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, Response
from stripe import APIConnectionError

from bot.ports import BillingRefused, BillingUnavailable, NotTheirs
from integrations.billing.line import Line
from integrations.billing.stripe import Stripe
from tests.integrations.billing.conftest import BILL, NOON, access
from tests.integrations.billing.double import Double
from tests.integrations.billing.serving import serving
from tests.integrations.dripping import HEAD

Account = tuple[Double, Stripe]
ASKED: dict[str, Callable[[Stripe], object]] = {
    "prepare": lambda it: it.prepare(BILL),
    "look": lambda it: it.look("in_1"),
    "pdf": lambda it: it.pdf("in_1"),
    "send": lambda it: it.send("in_1", "first"),
    "void": lambda it: it.void("in_1"),
    "give up": lambda it: it.give_up("in_1"),
    "changed": lambda it: it.changed(NOON),
    "check": lambda it: it.check(),
}


def error(status: int, code: str = "", kind: str = "invalid_request_error") -> Response:
    said = {"type": kind, "code": code, "message": "Some words."}
    return JSONResponse({"error": said}, status)


@pytest.mark.parametrize(
    "trouble",
    [
        Response("<html>Bad gateway</html>", 502),
        Response("<html>Log in to this network</html>", 200),
        Response("<html>Not here</html>", 404),
        error(500, kind="api_error"),
        error(503, kind="api_error"),
        error(429, "rate_limit"),
        error(429, "lock_timeout"),
        error(409, "idempotency_key_in_use", "idempotency_error"),
        error(400, "", "idempotency_error"),
    ],
    ids=["gateway", "portal", "elsewhere", "500", "503", "rate", "lock", "in use", "other body"],
)
@pytest.mark.parametrize("asked", ASKED)
def test_what_passes_is_to_be_asked_again_later(
    account: Account, asked: str, trouble: Response
) -> None:
    double, stripe = account
    double.trouble = trouble
    with pytest.raises(BillingUnavailable) as away:
        ASKED[asked](stripe)
    assert "\n" not in str(away.value)
    double.trouble = None
    assert stripe.prepare(BILL) == double.only.id


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_pdf_that_is_asked_for_too_soon_is_to_be_asked_for_later(
    tmp_path: Path, status: int
) -> None:
    with serving(tmp_path) as (double, trusted):
        stripe, line = Stripe(access(double, trusted)), Line(access(double, trusted))
        address = f"{double.url}/i/{stripe.prepare(BILL)}/pdf"
        double.trouble = Response("", status)
        with pytest.raises(APIConnectionError, match=f"HTTP {status}"):
            line.document(address)
        double.trouble = None
        assert line.document(address) == double.only.pdf()


@pytest.mark.parametrize("asked", ASKED)
def test_a_key_that_is_refused_says_how_to_put_it_right(tmp_path: Path, asked: str) -> None:
    with serving(tmp_path) as (double, trusted):
        stripe = Stripe(access(double, trusted, key="rk_test_anotherfakeone"))
        with pytest.raises(BillingUnavailable, match="refuses the key") as away:
            ASKED[asked](stripe)
        stripe.close()
    assert "FRONTDESK_STRIPE_KEY" in away.value.fix
    assert "anotherfake" not in f"{away.value}{away.value.fix}"


def test_what_the_key_may_not_do_waits_until_it_may_in_stripes_words(account: Account) -> None:
    double, stripe = account
    double.lacking = {"POST /v1/customers"}
    with pytest.raises(BillingUnavailable, match="'rak_customer_write' permission") as away:
        stripe.prepare(BILL)
    assert "rk_test" not in str(away.value)
    assert "permission" in away.value.fix
    double.lacking = set()
    assert stripe.prepare(BILL) == double.only.id


def test_what_stripe_does_not_have_is_refused(account: Account) -> None:
    _double, stripe = account
    with pytest.raises(BillingRefused, match="No such invoice"):
        stripe.look("in_1")


def test_a_server_that_nobody_vouches_for_is_told_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, _trusted):
        stripe = Stripe(access(double, None))
        with pytest.raises(BillingUnavailable, match="certificate is not trusted"):
            stripe.check()
        stripe.close()
        assert double.calls == []


def test_a_server_that_is_not_there_is_waited_for(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, trusted):
        chosen = access(double, trusted)
    stripe = Stripe(chosen)
    with pytest.raises(BillingUnavailable, match=r"cannot be reached \(ConnectError\)"):
        stripe.prepare(BILL)
    stripe.close()


@contextmanager
def silent(say: bytes = b"", pause: float = 0.05) -> Iterator[str]:
    """Listen, and answer nothing, or a byte of what is to be said now and then; never to its end.

    Yield the address.
    """
    over = threading.Event()

    def welcome(guest: socket.socket) -> None:
        with suppress(OSError), guest:
            guest.recv(65536)
            for nth in range(len(say)):
                guest.sendall(say[nth : nth + 1])
                if say[:nth].endswith(b"\r\n\r\n") or over.is_set():
                    break
            while not over.wait(pause):
                guest.sendall(b" " if say else b"")

    def listen() -> None:
        with suppress(OSError):
            while True:
                hands.submit(welcome, listener.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(4) as hands:
        waiting = threading.Thread(target=listen)
        waiting.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            waiting.join()


@pytest.mark.parametrize(
    "say",
    [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n", HEAD],
    ids=["says nothing", "never ends", "never begins"],
)
def test_an_answer_has_an_end(tmp_path: Path, say: bytes) -> None:
    with serving(tmp_path) as (double, trusted), silent(say) as url:
        stripe = Stripe(access(double, trusted, url=url, seconds=0.5))
        begun = time.monotonic()
        with pytest.raises(BillingUnavailable, match="cannot be reached"):
            stripe.look("in_1")
        assert time.monotonic() - begun < 5
        stripe.close()


def test_an_answer_that_comes_too_late_may_have_been_done(tmp_path: Path) -> None:
    with serving(tmp_path) as (double, trusted):
        double.now = lambda: NOON
        quick = Stripe(access(double, trusted))
        invoice = quick.prepare(BILL)
        double.held = threading.Event()
        slow = Stripe(access(double, trusted, seconds=0.5))
        with pytest.raises(BillingUnavailable, match="ReadTimeout"):
            slow.send(invoice, "first")
        double.held.set()
        quick.send(invoice, "first")
        assert double.mails == [("payables@globex.example", "INV-7")]
        slow.close()
        quick.close()
    assert double.problems == []


def test_several_hands_make_one_invoice(account: Account) -> None:
    double, stripe = account

    def prepare(_: int) -> str:
        return stripe.prepare(BILL)

    with ThreadPoolExecutor(4) as hands:
        found = set(hands.map(prepare, range(4)))
    assert found == {double.only.id}
    assert [each["amount"] for each in double.only.items] == [600000, 200050]
    assert len(double.customers) == 1


def test_a_day_of_errors_leaves_nothing_in_the_way(account: Account) -> None:
    double, stripe = account
    for _ in range(10):
        double.broken_at = 1
        with pytest.raises(BillingUnavailable):
            stripe.prepare(BILL)
    assert stripe.prepare(BILL) == double.only.id


def test_a_signature_that_is_no_text_is_nobodys(account: Account) -> None:
    _double, stripe = account
    with pytest.raises(NotTheirs):
        stripe.heard(b"{}", {"stripe-signature": "t=1,v1=\xe9"})

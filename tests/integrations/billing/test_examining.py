"""The doctor tries Stripe for real: access, permissions, calls, and the fix for each."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from starlette.responses import JSONResponse

from bot.doctor import Finding
from bot.ports import NotTheirs
from integrations.billing.calls import EVENTS
from integrations.billing.stripe import Stripe
from partners import connecting, examining
from settings import Settings, load
from tests.commandline.test_language_model import environ
from tests.integrations.billing.conftest import access
from tests.integrations.billing.double import Double
from tests.integrations.billing.serving import environment, serving

HOOK = "/webhooks/stripe"


@contextmanager
def door(stripe: Stripe) -> Iterator[str]:
    """Serve where calls come in, as a bot with this account has it."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            try:
                heard = stripe.heard(body, dict(self.headers.items()))
            except NotTheirs:
                self.send_response(401)
                self.end_headers()
                return
            assert (self.path, heard.about) == (HOOK, "")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok\n")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[tuple[Double, Settings]]:
    with serving(tmp_path) as (double, trusted):
        given = environ(tmp_path, **environment(double, trusted))
        with door(Stripe(access(double, trusted))) as url:
            yield double, replace(load(given, tmp_path), public_url=url)
    assert double.problems == []


def test_what_works_is_said_to_work(asked: tuple[Double, Settings]) -> None:
    double, settings = asked
    double.listens(f"{settings.public_url}{HOOK}", *EVENTS)
    assert list(examining.billing(settings)) == [
        Finding("Stripe", "gives access to Harborlight in test mode"),
        Finding("Stripe's events", f"are about all {len(EVENTS)} kinds of events that are needed"),
        Finding("Stripe's calls", f"{settings.public_url}{HOOK} takes calls that are signed"),
    ]
    assert [*double.customers, *double.invoices, *double.records] == []


def test_without_it_nobody_is_asked(asked: tuple[Double, Settings]) -> None:
    double, settings = asked
    own = replace(settings, stripe=None)
    said = Finding("Invoices", "Billing records those that it makes elsewhere")
    assert list(examining.billing(own)) == [said]
    assert connecting.billing(own) is None
    assert double.calls == []


def test_a_key_that_is_refused_gets_the_fix(asked: tuple[Double, Settings]) -> None:
    _double, settings = asked
    assert settings.stripe is not None
    other = replace(settings, stripe=replace(settings.stripe, key="rk_test_anotherfakeone"))
    found, _calls = examining.billing(other)
    assert (found.seen, found.unseen) == ("it refuses the key", False)
    assert "FRONTDESK_STRIPE_KEY" in found.fix


def test_permissions_that_lack_are_named(asked: tuple[Double, Settings]) -> None:
    double, settings = asked
    double.lacking = {"POST /v1/invoices", "GET /v1/events", "GET /v1/refunds"}
    double.lacking |= {"GET /v1/disputes", "GET /v1/account"}
    found, _calls = examining.billing(settings)
    assert found.seen == "the key may not do all that is needed"
    assert found.fix == (
        "Give the restricted key these permissions in Stripe: rak_dispute_read, rak_event_read, "
        "rak_invoice_write, rak_refund_read."
    )
    double.lacking = {"GET /v1/account"}
    found, *_ = examining.billing(settings)
    assert (found.seen, found.fix) == ("gives access to an account in test mode", "")


def test_events_of_which_nobody_calls_are_named(asked: tuple[Double, Settings]) -> None:
    double, settings = asked
    hook = f"{settings.public_url}{HOOK}"
    _, none, _calls = examining.billing(settings)
    assert none.seen == f"none go to {hook}"
    assert all(each in none.fix for each in EVENTS)
    double.listens("https://elsewhere.example", "*")
    old = [each for each in EVENTS if not each.startswith(("refund.", "charge.dispute."))]
    double.listens(hook, *old)
    _, some, _calls = examining.billing(settings)
    assert some.seen == f"6 of {len(EVENTS)} kinds of events lack"
    assert some.fix == (
        "Add these events to the webhook endpoint in Stripe: refund.created, refund.updated, "
        "refund.failed, charge.dispute.created, charge.dispute.updated, charge.dispute.closed."
    )
    double.listens(hook, "*")
    _, found, _calls = examining.billing(settings)
    assert (found.seen, found.fix) == (
        f"are about all {len(EVENTS)} kinds of events that are needed",
        "",
    )
    double.lacking = {"GET /v1/webhook_endpoints"}
    _, unseen, _calls = examining.billing(settings)
    assert all(each in unseen.seen for each in EVENTS)
    assert unseen.fix == ""


def test_while_it_is_down_nobody_knows(asked: tuple[Double, Settings]) -> None:
    double, settings = asked
    double.trouble = JSONResponse({"error": {"message": "Later.", "type": "api_error"}}, 503)
    found, _calls = examining.billing(settings)
    assert (found.seen, found.unseen) == ("HTTP 503", True)
    assert "status.stripe.com" in found.fix


def test_calls_that_would_not_come_in_are_named(asked: tuple[Double, Settings]) -> None:
    _double, settings = asked
    assert settings.stripe is not None
    secret = replace(settings.stripe, hook_secrets=("whsec_anotherfakeone",))
    *_, refused = examining.billing(replace(settings, stripe=secret))
    assert "refuses our signature: the bot there has other keys" in refused.seen
    *_, nobody = examining.billing(replace(settings, public_url="http://127.0.0.1:9"))
    assert "cannot be reached from here" in nobody.seen
    assert nobody.fix.startswith("Pass POST /webhooks/stripe on to the bot")
    *_, no_address = examining.billing(replace(settings, public_url=None))
    assert no_address.fix == (
        "Set FRONTDESK_PUBLIC_URL; until then Stripe is asked every 15 minutes."
    )

"""Stripe's calls to us: genuine by any of our secrets, and about an invoice or nothing."""

import json

import pytest

from bot.ports import Heard, NotTheirs
from integrations.billing import calls
from integrations.clock import SystemClock
from tests.integrations.billing.hooks import HOOK_SECRETS, signed


def event(thing: object, **more: object) -> bytes:
    said = {"id": "evt_1", "object": "event", "type": "invoice.paid", "data": {"object": thing}}
    return json.dumps(said | more).encode()


PAID = event({"object": "invoice", "id": "in_1"})


@pytest.mark.parametrize("secret", HOOK_SECRETS)
def test_a_call_signed_with_any_of_the_secrets_is_genuine(secret: str) -> None:
    assert calls.heard(HOOK_SECRETS, PAID, signed(PAID, secret)) == Heard("in_1", "evt_1")


def test_a_call_signed_with_the_old_and_the_new_secret_is_genuine() -> None:
    one, other = (signed(PAID, each)["Stripe-Signature"] for each in HOOK_SECRETS)
    both = {"stripe-signature": f"{one},{other.partition(',')[2]}"}
    for each in HOOK_SECRETS:
        assert calls.heard((each,), PAID, both).about == "in_1"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Stripe-Signature": ""},
        {"Stripe-Signature": "t=1,v1="},
        {"Stripe-Signature": "t=one,v1=x"},
        {"Stripe-Signature": "é" * 9},
        signed(b"other"),
        signed(PAID, "whsec_anotherfakeone"),
        signed(PAID, at=int(SystemClock().now().timestamp()) - 400),
    ],
    ids=["none", "empty", "no time", "no number", "strange", "other body", "other", "old"],
)
def test_a_call_that_they_did_not_sign_is_not_theirs(headers: dict[str, str]) -> None:
    with pytest.raises(NotTheirs):
        calls.heard(HOOK_SECRETS, PAID, headers)


def test_a_call_that_is_no_text_is_not_theirs() -> None:
    with pytest.raises(NotTheirs):
        calls.heard(HOOK_SECRETS, b"\xff\xfe", signed(PAID))


@pytest.mark.parametrize(
    ("thing", "about"),
    [
        ({"object": "invoice", "id": "in_1"}, "in_1"),
        ({"object": "invoice_payment", "id": "inpay_1", "invoice": "in_2"}, "in_2"),
        ({"object": "credit_note", "id": "cn_1", "invoice": "in_3"}, "in_3"),
        ({"object": "charge", "id": "ch_1", "invoice": "in_4"}, ""),
        ({"object": "refund", "id": "re_1", "payment_intent": "pi_1"}, "pi_1"),
        ({"object": "dispute", "id": "du_1", "payment_intent": "pi_2"}, "pi_2"),
        ({"object": "refund", "id": "re_1", "payment_intent": None}, ""),
        ({"object": "invoice", "id": 7}, ""),
        ({"object": "invoice_payment", "id": "inpay_1"}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_a_call_is_about_an_invoice_or_a_payment_or_about_nothing(
    thing: object, about: str
) -> None:
    body = event(thing)
    heard = calls.heard(HOOK_SECRETS, body, signed(body))
    assert (heard.about, heard.is_payment) == (about, about.startswith("pi_"))


def test_what_happened_in_another_account_is_about_nothing() -> None:
    body = event({"object": "invoice", "id": "in_1"}, account="acct_other")
    assert calls.heard(HOOK_SECRETS, body, signed(body)) == Heard("", "")


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"data":[]}', b'{"id":1}', b"[" * 100_000])
def test_a_call_of_another_form_is_about_nothing(body: bytes) -> None:
    assert calls.heard(HOOK_SECRETS, body, signed(body)) == Heard("", "")


def test_no_more_kinds_of_events_are_asked_for_than_stripe_takes() -> None:
    assert len(calls.EVENTS) == len(set(calls.EVENTS)) <= 20

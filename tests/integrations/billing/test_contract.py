"""What is held against Stripe's contract, and that the double would find what is not as in it."""

import json

import pytest

from tests.integrations.billing.contract import CARRIED, WHOLE, carried

REQUESTS = WHOLE / "stripe-invoicing.requests.trimmed.json"
FIXTURES = WHOLE / "stripe-fixtures.trimmed.json"


def added(part: object, whole: object, at: str = "") -> list[str]:
    """Return where ``part`` says something that ``whole`` does not."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return [
            each
            for name, value in part.items()
            for each in added(value, whole.get(name), f"{at}/{name}")
        ]
    if isinstance(part, list) and isinstance(whole, list):
        named = {each["name"]: each for each in whole if isinstance(each, dict) and "name" in each}
        against = [named[each["name"]] for each in part] if named else whole
        return [
            each
            for nth, (ours, theirs) in enumerate(zip(part, against, strict=True))
            for each in added(ours, theirs, f"{at}/{nth}")
        ]
    return [] if part in (whole, []) else [at]


@pytest.mark.skipif(not REQUESTS.exists(), reason="the whole contract is not at hand")
def test_what_is_carried_of_the_contract_says_what_the_whole_says() -> None:
    ours, whole = (json.loads(each.read_text("utf-8")) for each in (CARRIED, REQUESTS))
    assert added(ours["paths"], whole["paths"]) == []
    examples = json.loads(FIXTURES.read_text("utf-8"))["resources"]
    assert added(ours["resources"], examples) == []


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ("customer=cus_1&collection_method=send_invoice", False),
        ("customer=cus_1&colection_method=send_invoice", True),
        ("customer=cus_1&collection_method=by_post", True),
        ("customer=cus_1&due_date=soon", True),
        ("customer=cus_1&automatic_tax[enabled]=false", False),
        ("customer=cus_1&automatic_tax[enable]=false", True),
        ("custom_fields[0][name]=Attention&custom_fields[0][value]=Hank", False),
        ("custom_fields[0][name]=Attention", True),
    ],
)
def test_a_misspelt_call_would_be_found(form: str, *, wrong: bool) -> None:
    _, problems = carried().read("POST", "/v1/invoices", form)
    assert bool(problems) is wrong


def test_an_answer_that_stripe_never_gives_would_be_found() -> None:
    contract = carried()
    right = contract.resources["deleted_invoice"]
    assert contract.wrong_answer(right) == []
    assert contract.wrong_answer(right | {"gone": True}) == ["deleted_invoice/gone is unknown"]
    assert contract.wrong_answer({"object": "payment"}) == ["payment is no object of theirs"]
    payment = contract.resources["invoice_payment"]
    assert contract.wrong_answer(payment | {"amount_requested": "7"}) != []
    del (lacking := dict(payment))["status"]
    assert contract.wrong_answer(lacking) == ["invoice_payment/status is missing"]

"""DocuSign at its worst: calling twice, late, never, or quicker than we are."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.signing import hearing
from tests.integrations.signatures.connect import signed
from tests.integrations.signatures.double import Double
from tests.journeys.deals import (
    content,
    entries,
    fill_in,
    go_to,
    is_sound,
    letters,
    page_form,
    ready,
    record,
    sent,
    told,
)
from tests.journeys.house import House
from tests.journeys.signing import call, deliver, signing_house

pytestmark = pytest.mark.prove

Both = tuple[House, Double]


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with signing_house(tmp_path) as opened:
        yield opened


async def at_the_client(both: Both) -> None:
    house, _double = both
    await ready(house)
    await sent(house)
    await house.quiet()


def actions(house: House) -> list[str]:
    return [each.action for each in entries(house)]


async def test_calls_that_come_twice_late_and_in_any_order_do_it_once(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.bounce(double.only)
    double.only.people.clear()
    double.sign(double.only)
    calls = [*reversed(double.connect), *double.connect]

    for body, headers in calls:
        assert (await call(house, body, headers)).text == "ok\n"
    await house.quiet()

    assert house.request("SOW-1").stage == "invoicing"
    assert actions(house).count("client_approve") == 1
    assert len([each for each in letters(house) if "Approved" in str(each["subject"])]) == 1
    is_sound(house)


async def test_what_no_call_told_of_is_found_by_looking(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    double.connect.clear()

    hearing.catch_up(house.frontdesk.desk, house.clock.now())
    await house.quiet()

    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


async def test_nobody_is_reminded_who_has_signed_unheard(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    double.connect.clear()

    await go_to(house, (house.clock.now() + timedelta(days=8)).date())

    assert house.request("SOW-1").stage == "invoicing"
    assert "reminder" not in [why for _, why in double.mails]
    is_sound(house)


async def test_who_has_not_answered_is_reminded_by_docusign(both: Both) -> None:
    house, double = both
    await at_the_client(both)

    await go_to(house, (house.clock.now() + timedelta(days=4)).date())

    assert [why for _, why in double.mails] == ["invitation", "reminder"]
    assert "client_reminded" in actions(house)


async def test_what_is_signed_while_it_is_taken_back_is_kept_and_told(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)  # and no call has come yet
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")
    await deliver(house, double)

    assert house.request("SOW-1").stage == "ready"
    assert record(house).signature is None
    assert "signed version 1" in told(house, "dian")
    [late] = [each for each in entries(house) if each.action == "signed_late"]
    assert b"signed in" in content(house, late.detail["signed_sha256"])
    is_sound(house)


async def test_what_was_approved_by_other_means_is_taken_back_at_docusign(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    dian = house.person("dian")
    modal = await page_form(house, dian, "SOW-1", "Approved by other means")
    await modal.attach("Evidence", await dian.upload("signed.pdf", b"%PDF-1.7 a scan"))
    said = {"name": "Hank Scorpio", "title": "CEO", "reason": "Signed on paper."}
    await fill_in(house, modal, **said)
    await deliver(house, double)

    assert double.only.status == "voided"
    assert house.request("SOW-1").stage == "invoicing"
    assert "signed_late" not in actions(house)
    is_sound(house)


async def test_what_was_deleted_at_docusign_comes_back_to_the_assistant(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.envelopes.clear()

    await go_to(house, (house.clock.now() + timedelta(days=4)).date())

    assert house.request("SOW-1").stage == "ready"
    assert "DocuSign does not have it any more." in told(house, "dian")
    is_sound(house)


async def test_what_docusign_will_never_take_comes_back_with_its_reason(both: Both) -> None:
    house, double = both
    await ready(house)
    await sent(house, contact_email="hank@refused.example")
    await house.quiet()

    assert house.request("SOW-1").stage == "ready"
    said = "DocuSign does not take it: The email address for the recipient is invalid."
    assert said in told(house, "dian")
    assert double.mails == []
    await sent(house, contact_email="hank@globex.example")
    await house.quiet()
    assert [to for to, _ in double.mails] == ["hank@globex.example"]
    is_sound(house)


async def test_a_reminder_whose_answer_is_lost_is_not_sent_again(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.lost = 1

    await go_to(house, (house.clock.now() + timedelta(days=4)).date())

    assert double.lost == 0
    assert [why for _, why in double.mails] == ["invitation", "reminder"]
    is_sound(house)


async def test_what_is_voided_at_docusign_comes_back_to_the_assistant(both: Both) -> None:
    house, double = both
    await at_the_client(both)

    double.end(double.only, "Envelope has expired.")
    await deliver(house, double)

    assert house.request("SOW-1").stage == "ready"
    assert "Envelope has expired." in told(house, "dian")
    is_sound(house)


async def test_a_mail_that_came_back_is_told(both: Both) -> None:
    house, double = both
    await at_the_client(both)

    double.bounce(double.only)
    await deliver(house, double)

    assert "hank@globex.example: the invitation to sign" in told(house, "dian")
    assert house.request("SOW-1").stage == "with_client"


async def test_it_is_the_same_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    async with signing_house(tmp_path, postgres_url) as both:
        house, double = both
        await at_the_client(both)
        old = double.only
        modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
        await fill_in(house, modal, payment_terms="60 days net")
        await sent(house)
        await house.quiet()
        assert (old.status, double.newest.status) == ("voided", "sent")
        double.sign(double.newest)
        await deliver(house, double)
        hearing.catch_up(house.frontdesk.desk, house.clock.now())
        await house.quiet()

        assert house.request("SOW-1").stage == "invoicing"
        assert actions(house).count("client_approve") == 1
        assert content(house, getattr(record(house).signature, "signed_sha256", ""))
        is_sound(house)


async def test_a_forged_call_does_nothing(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.sign(double.only)
    [(body, headers)] = double.connect

    assert (await call(house, body, {})).status_code == 401
    assert (await call(house, body + b" ", headers)).status_code == 401
    await house.quiet()

    assert house.request("SOW-1").stage == "with_client"


async def test_what_signers_call_themselves_is_cleaned_on_record(both: Both) -> None:
    house, double = both
    await at_the_client(both)
    double.only.signers[0]["name"] = "Hank \u202eoipr\nocS"
    double.decline(double.only, "No.")
    await deliver(house, double)

    [entry] = [each for each in entries(house) if each.action == "client_decline"]
    assert entry.detail["name"] == "Hank oipr ocS"


async def test_a_call_about_somebody_elses_envelope_is_no_business_of_ours(both: Both) -> None:
    house, _double = both
    body = b'{"event":"envelope-completed","data":{"envelopeId":"another"}}'
    assert (await call(house, body, signed(body))).text == "ok\n"
    assert house.backlog.due == 0

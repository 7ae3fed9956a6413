"""The follow-up of a payment: nudges that pause, come again, end, and never chase what is paid."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot import follow_up
from sandbox import Card
from tests.journeys.deals import (
    client_approved,
    fill_in,
    form,
    go_to,
    invoiced,
    is_sound,
    letters,
    page_form,
    pay,
    press,
    record,
    record_invoice,
    refusal,
    text_of,
    thread,
    told,
)
from tests.journeys.house import House
from workflows.invoice import Kind

DUE = date(2026, 11, 30)
RUNGS = [
    *(date(2026, 11, 24), DUE, date(2026, 12, 3), date(2026, 12, 9), date(2026, 12, 18)),
    *(date(2026, 12, 29), date(2027, 1, 7), date(2027, 1, 14), date(2027, 1, 22)),
]
"""Working days in New York around the due day: -3, 0, 3, 7, 14, then one in each fifth."""
REMIND = "Send a reminder to the client"


def nudges(house: House) -> list[Card]:
    """What Dian was sent to follow up an invoice, oldest first."""
    return house.person("dian").dm_with_bot().cards("What shall happen next?")


async def follow(house: House, button: str, **answers: object) -> None:
    """Press a button of the newest nudge and fill in its form."""
    await fill_in(house, await form(house, house.person("dian"), button), **answers)


async def test_a_promise_pauses_until_the_day_and_then_it_is_asked_again(house: House) -> None:
    await invoiced(house)
    await pay(house, "3,000")
    await go_to(house, RUNGS[0])
    [nudge] = nudges(house)
    assert "5,000.00 USD open of 8,000.00 USD" in nudge.text
    assert "due on Mon 30 Nov 2026, in 6 days" in nudge.text

    await follow(house, "They promised a date", until="2026-12-14")
    assert record(house).invoices[0].paused_until == date(2026, 12, 15)
    assert "no reminders until Tue 15 Dec 2026" in thread_card(house).text
    for day in (*RUNGS[1:4], date(2026, 12, 14)):
        await go_to(house, day)
    assert len(nudges(house)) == 1
    await go_to(house, date(2026, 12, 15))

    assert len(nudges(house)) == 2
    assert "the client promised to pay by Mon 14 Dec 2026" in nudges(house)[-1].text
    assert "15 days ago" in nudges(house)[-1].text
    assert "5,000" not in thread(house)[-1].text
    is_sound(house)


def thread_card(house: House) -> Card:
    return house.workspace.channel("sow-requests").cards("SOW-1:")[0]


@pytest.mark.prove
async def test_a_dispute_pauses_and_the_head_of_sales_hears_of_its_end(
    small_house: House,
) -> None:
    house = small_house
    await invoiced(house)
    await go_to(house, RUNGS[0])
    await follow(house, "Dispute", reason="They say two days were not worked.")
    assert "They say two days were not worked." in told(house, "hugo")
    assert "8,000.00 USD open" in told(house, "hugo")
    assert "in dispute" in thread_card(house).text
    for day in RUNGS[1:3]:
        await go_to(house, day)
    assert len(nudges(house)) == 1

    hugo = house.person("hugo")
    modal = await page_form(house, hugo, "SOW-1", "Dispute resolved")
    await fill_in(house, modal, reason="We showed them the timesheets.")
    await go_to(house, RUNGS[3])

    assert len(nudges(house)) == 2
    assert "We showed them the timesheets." in nudges(house)[-1].text
    assert "in dispute" not in thread_card(house).text


@pytest.mark.prove
async def test_what_was_in_dispute_for_long_is_escalated_when_it_is_resolved(
    small_house: House,
) -> None:
    house = small_house
    await invoiced(house)
    await go_to(house, RUNGS[0])
    await follow(house, "Dispute", reason="They say two days were not worked.")
    await go_to(house, date(2026, 12, 22))
    await fill_in(
        house,
        await page_form(house, house.person("dian"), "SOW-1", "Dispute resolved"),
        reason="They will pay.",
    )

    await go_to(house, date(2027, 2, 15))

    assert "long overdue" in told(house, "hugo")


@pytest.mark.prove
async def test_who_snoozes_is_left_alone_until_then(small_house: House) -> None:
    house = small_house
    await invoiced(house)
    await go_to(house, RUNGS[0])
    await follow(house, "Snooze", until="2026-12-04")

    assert record(house).invoices[0].paused_until == date(2026, 12, 4)
    for day in RUNGS[1:3]:
        await go_to(house, day)
    assert len(nudges(house)) == 1
    await go_to(house, date(2026, 12, 4))
    assert len(nudges(house)) == 2
    assert "put it off until Fri 4 Dec 2026" in nudges(house)[-1].text
    await follow(house, "I talked to them", reason="Their CFO is ill.")
    assert record(house).invoices[0].follow_ups[-1].text == "Their CFO is ill."


@pytest.mark.prove
async def test_eight_nudges_at_most_and_long_overdue_is_for_the_head_of_sales(
    small_house: House,
) -> None:
    house = small_house
    await invoiced(house)
    await go_to(house, RUNGS[0] - timedelta(days=1))
    assert nudges(house) == []
    for count, day in enumerate(RUNGS[:8], 1):
        await go_to(house, day)
        assert len(nudges(house)) == count, day
        assert ("long overdue" in told(house, "hugo")) == (day > date(2026, 12, 21)), day
    for day in (RUNGS[8], date(2027, 2, 1), date(2027, 3, 15)):
        await go_to(house, day)

    assert len(nudges(house)) == 8
    assert record(house).invoices[0].nudges == 8
    assert record(house).invoices[0].is_escalated
    assert told(house, "hugo").count("is long overdue") == 1
    assert "8,000.00 USD open" in told(house, "hugo")
    [said] = [each.text for each in thread(house) if "long overdue" in each.text]
    assert "8,000" not in said
    assert len([each for each in letters(house) if "INV-1" in str(each["subject"])]) == 1
    is_sound(house)


@pytest.mark.prove
async def test_after_a_pause_one_more_nudge_comes_though_eight_came_and_no_escalation(
    small_house: House,
) -> None:
    house = small_house
    await invoiced(house)
    for day in RUNGS[:8]:
        await go_to(house, day)
    assert len(nudges(house)) == 8
    await follow(house, "They promised a date", until="2027-02-01")

    for day in (date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 9), date(2027, 3, 15)):
        await go_to(house, day)
        assert len(nudges(house)) == (8 if day <= date(2027, 2, 1) else 9), day

    assert told(house, "hugo").count("is long overdue") == 1
    kinds = [each.kind for each in record(house).invoices[0].follow_ups]
    assert kinds.count(Kind.OVERDUE) == 1
    is_sound(house)


@pytest.mark.prove
async def test_the_client_is_reminded_only_of_what_they_got_and_of_the_right_one(
    small_house: House,
) -> None:
    house, dian = small_house, small_house.person("dian")
    await client_approved(house)
    await record_invoice(house, number="INV-1", amount="4,000", net_days="7")
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    await record_invoice(house, number="INV-2", amount="4,000", net_days="0")
    modal = await page_form(house, dian, "SOW-1", REMIND)
    offered = modal.options("invoice")
    assert len(offered) == 1
    assert offered[0].startswith("INV-1, ")
    await modal.close_all()
    await go_to(house, RUNGS[2])
    assert [each.nudges for each in record(house).invoices] == [1, 0]
    await press(house, house.person("bea"), "Send SOW and invoice to the client")
    before = len(letters(house))

    modal = await page_form(house, dian, "SOW-1", REMIND)
    await modal.fill(invoice="INV-1", subject="About INV-2", body="Dear Hank, may we remind you?")
    assert "The mail is about another invoice than INV-1." in await refusal(modal)
    assert len(letters(house)) == before
    await modal.fill(subject="About INV-1 and INV-2")
    await fill_in(house, modal)

    [reminder] = letters(house)[before:]
    assert str(reminder["subject"]) == "About INV-1 and INV-2"
    is_sound(house)


@pytest.mark.prove
async def test_a_reminder_goes_to_the_client_as_it_was_left(small_house: House) -> None:
    house = small_house
    await invoiced(house)
    await go_to(house, RUNGS[2])
    modal = await form(house, house.person("dian"), REMIND)
    assert "was due on 30 November 2026" in str(modal.value("body"))
    assert "Dear Hank Scorpio" in str(modal.value("body"))
    await fill_in(house, modal, subject="A word", body="Dear Hank, how are you? And the invoice?")

    letter = letters(house)[-1]
    assert str(letter["subject"]) == "A word"
    assert "And the invoice?" in text_of(letter)
    await pay(house, "8,000")
    assert house.request("SOW-1").stage == "paid"
    for day in RUNGS[3:6]:
        await go_to(house, day)
    assert len(nudges(house)) == 1


async def test_everything_outstanding_is_listed_on_mondays_once(small_house: House) -> None:
    house, billing = small_house, small_house.workspace.channel("billing")
    await invoiced(house)
    await pay(house, "3,000")
    desk = house.frontdesk.desk
    for day, hour in ((27, 15), (29, 15), (30, 13)):
        follow_up.list_weekly(desk, datetime(2026, 11, day, hour, tzinfo=UTC))
    await house.quiet()
    assert billing.cards() == []

    await go_to(house, date(2026, 12, 7))
    for later in (0, 0, 26):
        follow_up.list_weekly(desk, house.clock.now() + timedelta(hours=later))
        await house.quiet()

    [listed] = billing.cards("Outstanding payments")
    assert "SOW-1 Globex, INV-1: 5,000.00 USD, due Mon 30 Nov 2026, 7 days late" in listed.text
    assert "Overdue: 5,000.00 USD" in listed.text
    is_sound(house)

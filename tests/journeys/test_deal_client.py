"""The client's bad days: no, no answer at all, an old link, a wrong one, two people at once."""

import asyncio
import hashlib
from datetime import UTC, date, datetime

import httpx
import pytest

from tests.integrations.documents.reading_pdf import words
from tests.journeys.deals import (
    Client,
    content,
    drafted,
    entries,
    fill_in,
    go_to,
    is_sound,
    letters,
    page_form,
    record,
    sent,
    shown,
    thread,
    told,
    with_client,
)
from tests.journeys.house import House
from workflows.deal import Outcome


async def test_a_client_declines_and_the_next_version_finds_agreement(house: House) -> None:
    client = await with_client(house)

    answer = await client.answer("decline", reason="Our board has frozen new projects.")

    assert answer.status_code == 303
    await house.quiet()
    assert house.request("SOW-1").stage == "client_declined"
    assert record(house).versions[0].outcome is Outcome.DECLINED
    for handle in ("dian", "ana", "hugo"):
        assert "Our board has frozen new projects." in told(house, handle)
    page = shown(await client.look())
    assert "Our board has frozen new projects." in page
    assert "Approve this Statement of Work" not in page

    await drafted(house, payment_terms="60 days net")
    await sent(house)
    assert record(house).versions[0].comment == "Our board has frozen new projects."
    await Client.of(house, letters(house)[-1]).approve()
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    is_sound(house)


@pytest.mark.prove
async def test_three_reminders_then_the_link_ends_and_a_new_one_works(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    for nth, day in enumerate((date(2026, 11, 27), date(2026, 12, 3), date(2026, 12, 14)), 1):
        await go_to(house, day, hour=13)
        assert len(letters(house)) == nth
        await go_to(house, day)
        assert len(letters(house)) == nth + 1
        assert str(letters(house)[-1]["subject"]).startswith("Reminder")
        assert f"(reminder {nth})" in thread(house)[-1].text
    await go_to(house, date(2026, 12, 22))
    assert len(letters(house)) == 4

    await house.set_clock(datetime(2026, 12, 23, 15, 1, tzinfo=UTC))
    await house.quiet()

    assert house.request("SOW-1").stage == "ready"
    assert "did not answer version 1" in told(house, "dian")
    for each in (client, Client.of(house, letters(house)[-1])):
        assert "This link has expired" in shown(await each.look())
        late = await each.late_answer("approve", name="Hank", title="CEO", consent="yes")
        assert late.status_code == 409
    await sent(house)
    again = Client.of(house, letters(house)[-1])
    assert again.token != client.token
    await again.approve()
    await house.quiet()
    assert house.request("SOW-1").stage == "invoicing"
    old = shown(await client.look())
    assert "This link does not work any more." in old
    assert "8,000" not in old
    is_sound(house)


async def test_two_recipients_have_a_link_each_and_the_first_answer_counts(
    small_house: House,
) -> None:
    house = small_house
    hank = await with_client(house, others="marge@globex.example\nHank@globex.example")
    [invitation] = letters(house, "marge@globex.example")
    marge = Client.of(house, invitation)
    assert marge.token != hank.token
    assert len(letters(house)) == 1

    await marge.approve("Marge Simpson", "CFO")
    late = await hank.late_answer("approve", name="Hank Scorpio", title="CEO", consent="yes")

    await house.quiet()
    assert late.status_code == 409
    assert "Marge Simpson" in shown(await hank.look())
    signature = record(house).signature
    assert signature is not None
    assert (signature.name, signature.email) == ("Marge Simpson", "marge@globex.example")
    for to in ("hank@globex.example", "marge@globex.example", "dian@harborlight.example"):
        assert str(letters(house, to)[-1]["subject"]).startswith("Approved")
    is_sound(house)


async def test_the_link_of_a_replaced_version_approves_nothing(small_house: House) -> None:
    house = small_house
    old = await with_client(house)
    modal = await page_form(house, house.person("dian"), "SOW-1", "Draft")
    await fill_in(house, modal, payment_terms="60 days net")
    await sent(house)

    late = await old.late_answer("approve", name="Hank Scorpio", title="CEO", consent="yes")

    assert late.status_code == 409
    page = shown(await old.look())
    assert "There is a newer link" in page
    assert "8,000" not in page
    assert (await old.look("/document.pdf")).status_code in (303, 404)
    assert house.request("SOW-1").stage == "with_client"
    assert record(house).signature is None


async def test_a_version_is_sent_again_and_the_links_before_are_void(small_house: House) -> None:
    house, dian = small_house, small_house.person("dian")
    hank = await with_client(house)
    step = record(house).versions[0].sent_step
    modal = await page_form(house, dian, "SOW-1", "Send again")
    assert modal.value("contact_email") == "hank@globex.example"
    said = {"contact_name": "Marge Simpson", "contact_email": "marge@globex.example"}
    await fill_in(house, modal, **said, note="Hank has left.")

    [version] = record(house).versions
    assert version.sent_to == ("marge@globex.example",)
    assert version.sent_step > step
    assert house.request("SOW-1").stage == "with_client"
    logged = [value for each in entries(house) for value in each.detail.values()]
    for email in ("hank@globex.example", "marge@globex.example"):
        assert sum(f"version 1 sent to: {email}" in each for each in logged) == 1
    late = await hank.late_answer("approve", name="Hank", title="CEO", consent="yes")
    assert late.status_code == 409
    assert "8,000" not in shown(await hank.look())
    [letter] = letters(house, "marge@globex.example")
    await Client.of(house, letter).approve("Marge Simpson", "CFO")
    signature = record(house).signature
    assert signature is not None
    assert signature.email == "marge@globex.example"
    await house.quiet()
    is_sound(house)


async def test_the_preview_is_the_versions_own_pdf_with_draft_on_it(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    [version] = record(house).versions
    office = house.frontdesk.database.post_office
    promised = [each.parcel.payload for each in office.about("SOW-1")]
    [sha256] = {
        str(each["sha256"]) for each in promised if each.get("name") == "SOW-1-v1-draft.pdf"
    }
    preview = content(house, sha256)
    theirs = (await client.look("/document.pdf")).content

    assert hashlib.sha256(theirs).hexdigest() == version.sha256
    assert "DRAFT" not in words(theirs)
    assert words(preview).replace("DRAFT", "") == words(theirs)
    assert words(preview).count("DRAFT") == version.pages


async def test_a_wrong_token_learns_nothing(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    wrong = Client(client.base, client.token[:-1] + ("A" if client.token[-1] != "A" else "B"))

    for path in ("", "/document.pdf", "/page/1.png"):
        answer = await wrong.look(path)
        assert answer.status_code == 404
        for secret in ("SOW-1", "Dian", "Globex", "8,000", "hank@"):
            assert secret not in answer.text
    assert (await wrong.late_answer("approve", name="Eve", consent="yes")).status_code == 403
    assert house.request("SOW-1").stage == "with_client"


async def test_a_form_sent_twice_counts_once(small_house: House) -> None:
    house = small_house
    client = await with_client(house)
    said = {"name": "Hank Scorpio", "title": "CEO", "consent": "yes"}

    def once() -> asyncio.Task[httpx.Response]:
        return asyncio.ensure_future(client.late_answer("approve", **said))

    answers = await asyncio.gather(once(), once(), once())

    await house.quiet()
    assert [each.status_code for each in answers] == [303, 303, 303]
    assert [each.action for each in entries(house)].count("client_approve") == 1
    assert len([each for each in letters(house) if "Approved" in str(each["subject"])]) == 1
    is_sound(house)


async def test_an_unfilled_form_says_what_is_missing_and_keeps_what_was_typed(
    small_house: House,
) -> None:
    house = small_house
    client = await with_client(house)

    answer = await client.answer("approve", name="Hank Scorpio", title="")

    assert answer.status_code == 422
    assert "Please type your title" in answer.text
    assert "Please tick the box" in answer.text
    assert 'value="Hank Scorpio"' in answer.text
    assert house.request("SOW-1").stage == "with_client"

"""Filling in the form: fields that come and go, errors where they belong, one request a form."""

import pytest

from sandbox import Modal
from tests.journeys.house import House, ask_for_sow, fill_sow, sow_form

TYPE, REASON, PERIOD = (
    "Which type of client?",
    "What makes it a large client?",
    "Billed how often?",
)


async def tick_large(modal: Modal) -> None:
    await modal.check("large_client", "This is a larger-scale client")


async def test_a_choice_brings_its_question_and_loses_nothing(house: House) -> None:
    modal = await sow_form(house.person("ana"))
    await fill_sow(modal, scope="Two sites.")
    assert not {TYPE, REASON, PERIOD} & set(modal.labels)

    await modal.fill(client_type="other")
    await modal.wait_for_text(TYPE)
    await tick_large(modal)
    await modal.wait_for_text(REASON)
    await modal.fill(fee="recurring")
    await modal.wait_for_text(PERIOD)

    assert modal.value("client") == "Globex"
    assert modal.value("amount") == "8,000"
    assert modal.value("scope") == "Two sites."
    await modal.fill(client_type_other="A cooperative", large_client_reason="40 sites.")
    await modal.fill(billing_period="monthly")
    assert (await modal.submit()).closed
    details = house.request("SOW-1").details
    assert (details.client_type, details.client_type_other) == ("other", "A cooperative")
    assert (details.large_client, details.large_client_reason) == (True, "40 sites.")
    assert (details.fee, details.billing_period) == ("recurring", "monthly")


async def test_choices_in_quick_succession_all_bring_their_questions(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))

    await modal.fill(client_type="other")
    await tick_large(modal)
    await modal.fill(fee="recurring")

    for question in (TYPE, REASON, PERIOD):
        await modal.wait_for_text(question)


async def test_an_answer_that_is_hidden_comes_back_and_is_not_handed_in(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal, client_type="other")
    await modal.wait_for_text(TYPE)
    await modal.fill(client_type_other="A cooperative", need="For their spring round.")
    await modal.fill(client_type="api")
    await small_house.workspace.until(lambda: TYPE not in modal.labels)
    await modal.fill(client_type="other")
    await modal.wait_for_text(TYPE)
    assert modal.value("client_type_other") == "A cooperative"

    await modal.fill(client_type="api")
    await small_house.workspace.until(lambda: TYPE not in modal.labels)
    assert (await modal.submit()).closed
    assert small_house.request("SOW-1").details.client_type_other == ""


async def test_what_a_tick_asks_for_must_be_answered(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal)
    await tick_large(modal)
    await modal.wait_for_text(REASON)
    await modal.fill(large_client_reason=" ")

    result = await modal.submit()

    assert result.errors == {REASON: "Please fill this in."}
    assert small_house.refs("ana") == []


@pytest.mark.parametrize(
    ("wrong", "label", "sentence"),
    [
        ({"amount": "a lot"}, "Amount", "in figures"),
        ({"amount": "-5"}, "Amount", "more than zero"),
        ({"amount": "8.000"}, "Amount", "can mean"),
        ({"amount": "€ 8,000"}, "Amount", "the currency chosen is USD"),
        ({"needed_by": "2020-01-01"}, "Needed by", "in the past"),
        ({"start": "2027-05-01", "end": "2027-04-01"}, "End", "before the start"),
        ({"contact_email": "hank at globex"}, "Their e-mail address", "not an e-mail address"),
        ({"opportunity": "https://"}, "Linked opportunity", ""),
        ({"client": "\u200b\u2800 "}, "Client", "Please fill this in."),
    ],
)
async def test_an_error_stands_at_its_own_field(
    small_house: House, wrong: dict[str, object], label: str, sentence: str
) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal)
    await modal.fill(**wrong)

    result = await modal.submit()

    assert list(result.errors) == [label]
    assert sentence in result.errors[label]
    assert small_house.refs("ana") == []
    [draft] = small_house.drafts("ana")
    assert draft.state["need"] == "A pilot of the forecasting service before their budget round."


async def test_a_refused_form_is_put_right_and_handed_in(small_house: House) -> None:
    modal = await sow_form(small_house.person("ana"))
    await fill_sow(modal, amount="a lot")
    assert not (await modal.submit()).closed

    await modal.fill(amount="9,000")

    assert (await modal.submit()).closed
    assert small_house.refs("ana") == ["SOW-1"]
    assert small_house.drafts("ana") == []


async def test_two_clicks_on_submit_make_one_request(house: House) -> None:
    ana = house.person("ana")
    modal = await sow_form(ana)
    await fill_sow(modal)

    house.workspace.faults.lose_ack("view_submission")
    first = await modal.submit()
    second = await modal.submit()

    assert first.trouble
    assert second.closed
    await house.quiet()
    assert house.refs("ana") == ["SOW-1"]
    assert house.audited("SOW-1") == ["submit"]
    assert len(house.person("dian").dm_with_bot().cards("SOW-1")) == 1
    assert len(ana.dm_with_bot().cards("SOW-1")) == 1


async def test_two_equal_forms_are_two_requests(small_house: House) -> None:
    ana = small_house.person("ana")

    await ask_for_sow(ana)
    await ask_for_sow(ana)

    assert small_house.refs("ana") == ["SOW-2", "SOW-1"]


async def test_a_form_that_opens_too_slowly_gets_a_sentence(house: House) -> None:
    house.workspace.faults.slow("views.open", seconds=2)

    result = await house.person("ana").command("/sow", channel="sales")

    reply = await result.replied()
    assert "Slack took too long to open this. Nothing is lost: please try again." in reply.text
    assert not result.toast
    assert (await sow_form(house.person("ana"))).title == "Statement of Work"


async def test_a_form_opened_before_a_restart_is_taken_after_it(house: House) -> None:
    modal = await sow_form(house.person("ana"))
    await fill_sow(modal)

    await house.restart()

    assert (await modal.submit()).closed
    assert house.refs("ana") == ["SOW-1"]

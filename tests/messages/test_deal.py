"""What is said of a deal from the document to the money, and what is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from messages import home, page
from messages.buttons import Button, Details, Export, Rate, Word, decode
from messages.card import card
from messages.filters import fell_due, hours, left, people, person, upper_first
from messages.links import file_line
from messages.message import Message
from messages.notice import log_line, notice, stale
from messages.nudge import payment_nudge
from messages.opinions import ask, thanks
from messages.outstanding import outstanding
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.deal_story import STORY, TODAY
from tests.messages.demo import facts, offered, without_amounts
from tests.workflows.harborlight import ANA, BEA, DIAN, RYAN
from workflows.deal import Record, record_of, recorded
from workflows.money import Money
from workflows.sow import WORKFLOW as SOW

FOLLOW_UP = ("nudged", "overdue", "remind_client", "talked", "promised", "dispute", "snooze")


def drawn(name: str) -> Message:
    return card(facts(STORY[name]), offered(STORY[name], DIAN), reader="decider")


def pressed(message: Message) -> Iterator[object]:
    for block in message.blocks:
        if block["type"] == "actions":
            found = (each for each in block["elements"] if each["type"] == "button")
            yield from (decode(each["action_id"], each["value"]) for each in found)


@pytest.mark.parametrize(
    ("name", "user", "waits"),
    [
        ("rendered", DIAN, True),
        ("draft", RYAN, False),  # it is not rendered yet
        ("draft", DIAN, False),
        ("send", DIAN, False),
        ("client_decline", DIAN, True),
        ("invoice_kept", BEA, True),
        ("invoice_kept", DIAN, False),
        ("send_invoices", DIAN, True),
        ("send_invoices", BEA, False),
        ("record_payment last", BEA, True),
        ("record_payment last", DIAN, False),
        ("hold", DIAN, False),
    ],
)
def test_a_card_says_whether_it_waits_for_its_reader(name: str, user: str, *, waits: bool) -> None:
    said = card(facts(STORY[name]), offered(STORY[name], user), reader="decider").text
    assert ("This waits for you." in said) is waits


def test_what_is_on_hold_waits_for_the_one_who_asked() -> None:
    said = card(facts(STORY["hold"]), offered(STORY["hold"], ANA), reader="asker").text
    assert "This waits for you." in said


def test_the_document_is_drafted_anew_while_it_waits_for_the_executive() -> None:
    assert "draft" in [each.name for each in offered(STORY["draft"], DIAN)]


def test_it_is_said_that_less_was_invoiced_and_why() -> None:
    journey = STORY["close_short"]
    entry = journey.moves[-1].entry
    for said in (notice(facts(journey), "close_short", entry), log_line(facts(journey), entry)):
        assert "with less invoiced than was agreed" in said.text
        assert "The second half was never worked." in said.text


@pytest.mark.parametrize("name", [*FOLLOW_UP, "resolve_dispute"])
def test_the_channel_does_not_read_what_the_client_owes(name: str) -> None:
    journey = STORY[name]
    assert "USD" not in log_line(facts(journey), journey.moves[-1].entry).text


@pytest.mark.parametrize("name", ["overdue", "remind_client", "promised", "dispute"])
def test_whoever_is_told_reads_what_the_client_owes(name: str) -> None:
    journey = STORY[name]
    told = notice(facts(journey), name, journey.moves[-1].entry)
    assert "40,000.00 USD open" in told.text


def test_who_is_not_in_slack_has_a_name_in_words() -> None:
    assert person("client") == "the client"
    assert people(["frontdesk", "client"]) == "Frontdesk and the client"
    assert upper_first(person("client")) == "The client"
    assert upper_first(person("U1")) == "<@U1>"
    told = stale(facts(STORY["client_approve"]), SOW.transition("client_approve"))
    assert told.startswith("SOW-1 was already approved by the client, <!date^")


def test_the_ball_is_with_the_client() -> None:
    assert "Waiting for the client since <!date^" in drawn("send").text


def test_the_card_says_what_reset_the_approval_as_long_as_it_matters() -> None:
    reset = "Approval of version 2 was reset: it differs from what the executive approved: Fee"
    assert reset in drawn("draft").text
    assert "was reset" not in drawn("approve_document").text
    assert "Money awaited: not paid in full: " in drawn("send_invoices").text
    assert "Money awaited" not in drawn("record_payment last").text


def test_what_the_client_said_stays_beside_the_next_version() -> None:
    assert drawn("client_request_changes").text.count("Please add training.") == 1
    assert "The client said to version 1:\nPlease add training." in drawn("draft").text
    assert "Please add training." not in drawn("client_approve").text


def test_an_approval_by_other_means_is_marked_as_such() -> None:
    assert "Approved for the client by other means" in drawn("record_approval").text
    whole = page.page(facts(STORY["record_approval"]), [], ())
    assert "by other means" in str(whole)
    assert "By mail on Friday." in str(whole)


def test_a_version_that_was_sent_is_told_with_its_recipients_later_too() -> None:
    journey = STORY["client_approve"]
    sent = [move.entry for move in journey.moves if move.entry.action == "send"]
    first, second = (log_line(facts(journey), entry).text for entry in sent)
    assert first.endswith(
        "sent version 1 of SOW-1 to the client: jane@initech.example, cfo@initech.example."
    )
    assert second.endswith("sent version 2 of SOW-1 to the client: jane@initech.example.")


def test_mail_that_waits_is_on_the_card() -> None:
    known = facts(STORY["send"])
    waits = replace(known, stuck_mail_since=datetime(2026, 3, 2, 16, tzinfo=UTC))
    assert "Waiting for mail since <!date^1772467200^" in card(waits, (), reader="channel").text
    assert "Waiting for mail" not in card(known, (), reader="channel").text


def test_a_crm_that_waits_to_be_told_is_on_the_card_to_the_end() -> None:
    known = facts(STORY["confirm"])
    since = datetime(2026, 3, 2, 16, tzinfo=UTC)
    waits = replace(known, stuck_crm_since=since, crm="Salesforce")
    said = "Waiting for Salesforce since <!date^1772467200^"
    assert said in card(waits, (), reader="channel").text
    assert "Waiting for" not in card(known, (), reader="channel").text


def test_nothing_is_called_overdue_that_is_not() -> None:
    known = facts(STORY["record_payment"])
    on_the_day = card(replace(known, today=date(2026, 4, 9)), (), reader="channel").text
    assert "overdue" not in on_the_day
    assert "1 day overdue" in card(replace(known, today=date(2026, 4, 10)), (), reader="asker").text
    assert "overdue" not in card(replace(known, today=None), (), reader="asker").text
    assert "not sent yet" in drawn("invoice_kept").text
    assert "overdue" not in drawn("invoice_kept").text


def test_a_record_that_is_much_too_long_still_fits() -> None:
    journey = STORY["dispute"]
    record = record_of(journey.request)
    asked = record_of(STORY["client_ask"].request).open_questions
    long = Record(
        document=record.document,
        versions=tuple(
            replace(record.versions[0], number=number, differences=("Scope: a -> b",) * 30)
            for number in range(1, 60)
        ),
        questions=asked * 60,
        signature=record.signature,
        invoices=tuple(
            replace(record.invoices[0], number=f"INV-{number}") for number in range(1, 80)
        ),
    )
    parts = {name: getattr(long, name) for name in Record.__dataclass_fields__}
    known = replace(facts(journey), request=recorded(journey.request, **parts))
    short = card(known, (), reader="decider")
    assert block_problems(list(short.blocks), "message") == []
    assert "and 74 more invoices: Details" in str(short.blocks)
    assert "and 57 more questions of the client: Details" in str(short.blocks)
    whole = page.page(known, [move.entry for move in journey.moves] * 20, SOW.transitions[:9])
    assert view_problems(whole) == []


def test_an_auditor_can_export_from_the_page() -> None:
    known = facts(STORY["confirm"])
    with_it, without = page.page(known, [], (), export=True), page.page(known, [], ())
    assert list(pressed(Message("", tuple(with_it["blocks"])))) == [Export("SOW-1")]
    assert list(pressed(Message("", tuple(without["blocks"])))) == []


def test_nobody_is_offered_what_they_may_not_ask_for() -> None:
    assert "Ask for something" not in str(home.home(home.HomeFacts(to=ANA, waiting=home.Listed())))
    can = home.HomeFacts(to=ANA, waiting=home.Listed(), askable=[SOW])
    assert "Ask for something" in str(home.home(can))


def test_a_nudge_offers_what_goes_on_from_there() -> None:
    journey = STORY["send_invoices"]
    invoice, step = record_of(journey.request).invoices[0], journey.request.step
    nudged = payment_nudge(facts(journey), invoice, 1, TODAY, offered(journey, DIAN))
    names = ("remind_client", "talked", "promised", "dispute", "snooze")
    assert list(pressed(nudged)) == [
        *(Button(name, "SOW-1", step, "INV-2026-014") for name in names),
        Details("SOW-1"),
    ]
    stranger = payment_nudge(facts(journey), invoice, 1, TODAY, offered(journey, ANA))
    assert list(pressed(stranger)) == [Details("SOW-1")]


def test_a_long_follow_up_is_told_from_its_end() -> None:
    invoice = record_of(STORY["dispute"].request).invoices[0]
    note = invoice.follow_ups[2]
    notes = [replace(note, text=f"Call {n}.", at=note.at + timedelta(n)) for n in range(1, 21)]
    busy = replace(invoice, follow_ups=tuple(notes), payments=())
    said = payment_nudge(facts(STORY["snooze"]), busy, 3, TODAY, ()).text
    assert "12 earlier: see Details" in said
    assert "Call 12." not in said
    assert "Call 13." in said
    assert "Call 20." in said


def test_money_of_different_currencies_is_never_added_up() -> None:
    request = STORY["snooze"].request
    first, second = record_of(request).invoices
    yen = replace(second, amount=Money.of(5000, "JPY"))
    said = outstanding([(request, first), (request, yen)], TODAY).text
    assert "2 invoices, 5,000 JPY and 40,000.00 USD." in said


def test_a_long_list_of_what_is_outstanding_is_cut_and_says_so() -> None:
    request = STORY["snooze"].request
    first, second = record_of(request).invoices
    said = outstanding([*[(request, first)] * 29, *[(request, second)] * 5], TODAY, more=8)
    assert "and 12 more" in str(said.blocks)
    assert str(said.blocks).count("INV-2026-015") == 1


@pytest.mark.parametrize("count", [0, 1, 30, 500])
def test_slack_accepts_a_list_of_any_length(count: int) -> None:
    request = STORY["snooze"].request
    long = replace(record_of(request).invoices[0], number="INV-" + "9" * 56, label="x" * 150)
    said = outstanding([(request, long)] * count, TODAY, more=count)
    assert block_problems(list(said.blocks), "message") == []
    assert len(said.text) < 3500


def test_a_score_is_one_click_and_a_word_is_optional() -> None:
    assert list(pressed(ask("SOW-1", "Globex"))) == [Rate("SOW-1", n) for n in range(1, 6)]
    assert list(pressed(thanks("SOW-1", 4))) == [Word("SOW-1")]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 5, 5), "is due on Tue 5 May 2026, in 1 day"),
        (date(2026, 5, 4), "is due today, Mon 4 May 2026"),
        (date(2026, 5, 3), "was due on Sun 3 May 2026, 1 day ago"),
    ],
)
def test_a_due_day_is_seen_from_today(due: date, said: str) -> None:
    assert fell_due(due, TODAY) == said


def test_balances_and_durations_are_in_words() -> None:
    assert left(Money.of(5, "USD")) == "5.00 USD open"
    assert left(Money.of(0, "USD")) == "paid in full"
    assert left(Money.of(-5, "JPY")) == "overpaid by 5 JPY"
    assert [hours(each) for each in (0, 0.5, 1, 71.9, 96)] == [
        *("0 minutes", "30 minutes", "1.0 hours", "71.9 hours", "4.0 days")
    ]


def test_a_line_above_a_file_is_text_and_nothing_else() -> None:
    assert file_line("SOW-1", "invoice <!channel> & more") == (
        "SOW-1: invoice &lt;!channel&gt; &amp; more."
    )


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("record_invoice", "being prepared"),
        ("invoice_failed", "could not be prepared"),
        ("invoice_kept", "not sent yet"),
    ],
)
def test_an_invoice_that_was_not_sent_says_why(name: str, said: str) -> None:
    assert said in drawn(name).text


def test_the_partners_page_is_for_whoever_may_read_what_is_owed() -> None:
    assert "page at Stripe" in drawn("payment_heard").text
    known = without_amounts(facts(STORY["payment_heard"]))
    assert "page at Stripe" not in card(known, (), reader="channel").text

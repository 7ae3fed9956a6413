"""What is HubSpot's own: what its key sees, how its records are read, and how it fails."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from time import monotonic

import pytest

from bot.ports import CrmRefused, CrmUnavailable, Deal
from integrations.crm.hubspot.crm import HubSpotCrm
from integrations.crm.hubspot.line import Line
from integrations.crm.marks import mark_of
from settings.hubspot import HubSpotChoice
from tests.integrations.crm.hubspot import API, TOKEN, HubSpotDouble
from tests.integrations.crm.portal import PROPOSAL, STAGES, text_of
from tests.integrations.dripping import HEAD, answer, dripping
from workflows.money import Money

NOTE = f"POST /crm/objects/{API}/notes"
SEARCH = f"POST /crm/objects/{API}/deals/search"
PAGE = "https://frontdesk.harborlight.example/a/SHELF-3"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
def double() -> Iterator[HubSpotDouble]:
    with HubSpotDouble().serving() as served:
        yield served


@contextmanager
def crm_at(double: HubSpotDouble, rest: float = 0, token: str = TOKEN) -> Iterator[HubSpotCrm]:
    crm = HubSpotCrm(Line(double.url, token, rest))
    yield crm
    crm.close()


@pytest.fixture
def crm(double: HubSpotDouble) -> Iterator[HubSpotCrm]:
    with crm_at(double) as found:
        yield found


def seen(crm: HubSpotCrm, ref: str) -> Deal:
    deal = crm.get(ref)
    assert deal is not None
    return deal


def test_an_answer_that_is_lost_is_no_second_note(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref, double.loses = double.keep("deals", dealname="Pilot"), 1
    with pytest.raises(CrmUnavailable):
        crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)
    crm.note(ref, "SOW-7:4", "SOW-7 was sent to the client", NOON)

    assert double.calls.count(NOTE) == 1
    assert [text_of(each) for each in double.bodies(ref)] == ["SOW-7 was sent to the client"]


def test_what_is_written_stands_at_the_time_when_it_happened(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    ref = double.keep("deals", dealname="Pilot")
    crm.note(ref, "k", "Sent", datetime(2026, 10, 1, 1, 30, tzinfo=timezone(timedelta(hours=2))))
    crm.link(ref, "Case study", PAGE, NOON)
    written = [each["hs_timestamp"] for each in double.records["notes"].values()]
    assert written == ["2026-09-30T23:30:00.000+00:00", "2026-11-23T12:00:00.000+00:00"]


def test_a_link_whose_answer_is_lost_is_no_second_one(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    ref, double.loses = double.keep("deals", dealname="Pilot"), 1
    with pytest.raises(CrmUnavailable):
        crm.link(ref, "Case study", PAGE, NOON)
    crm.link(ref, "Case study", PAGE, NOON)
    assert len(double.bodies(ref)) == 1


def test_a_note_is_found_again_among_many(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref, double.page = double.keep("deals", dealname="Pilot"), 40
    crm.note(ref, "first", "The first", NOON)
    for number in range(230):
        note = double.keep("notes", hs_timestamp="0", hs_note_body=f"Called them, {number}")
        double.associate(ref, "notes", note, 213)
    double.associate(ref, "notes", double.keep("notes", hs_timestamp="0"), 213)
    crm.note(ref, "first", "The first", NOON)
    assert double.calls.count(NOTE) == 1


def test_a_note_is_text_whatever_stands_in_it(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref, said = double.keep("deals", dealname="Pilot"), '<img src=x> & "so"\n<b>on</b>'
    crm.note(ref, "k", f"{said}\n{PAGE}?a=1&b=%22", NOON)
    crm.link(ref, "</a><script>", 'https://x.example/"onclick="', NOON)

    note, link = double.bodies(ref)
    assert text_of(note) == f"{said}\n{PAGE}?a=1&b=%22"
    assert "&lt;img src=x&gt; &amp;" in note
    assert f'<a href="{PAGE}?a=1&amp;b=%22">' in note
    assert 'href="https://x.example/&quot;onclick=&quot;">&lt;/a&gt;&lt;script&gt;</a>' in link


def test_long_words_fit(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref = double.keep("deals", dealname="Pilot")
    crm.note(ref, "k", "&" * 40_000, NOON)
    crm.link(ref, '"' * 40_000, PAGE, NOON)
    assert [len(text_of(each)) for each in double.bodies(ref)] == [10_000, 10_000]


@pytest.mark.parametrize(
    "address",
    [
        "https://app.hubspot.com/contacts/{portal}/record/0-3/{ref}",
        "https://app-eu1.hubspot.com/contacts/{portal}/record/0-3/{ref}/view/1?eschref=x",
        "https://app.hubspot.com/contacts/{portal}/deal/{ref}/?interaction=note",
        "see <https://app.hubspot.com/contacts/{portal}/deal/{ref}>",
        " {ref} ",
    ],
)
def test_a_deal_is_known_by_its_number_and_its_address(
    double: HubSpotDouble, crm: HubSpotCrm, address: str
) -> None:
    ref = double.keep("deals", dealname="Pilot")
    said = address.format(portal=double.number, ref=ref)
    assert seen(crm, said).ref == ref
    assert [deal.ref for deal in crm.search(said)] == [ref]
    crm.note(said, "SOW-7:4", "Sent", NOON)
    assert len(double.bodies(ref)) == 1


@pytest.mark.parametrize(
    "address",
    [
        "https://app.hubspot.com/contacts/999/record/0-3/{ref}",
        "https://app.hubspot.com/contacts/{portal}/record/0-1/{ref}",
        "https://app.hubspot.com.evil.example/contacts/{portal}/record/0-3/{ref}",
        "order {ref}",
        "1{ref}",
    ],
)
def test_what_leads_elsewhere_is_no_deal_of_this_account(
    double: HubSpotDouble, crm: HubSpotCrm, address: str
) -> None:
    ref = double.keep("deals", dealname="Pilot")
    said = address.format(portal=double.number, ref=ref)
    assert crm.get(said) is None
    crm.note(said, "SOW-7:4", "Sent", NOON)
    assert double.bodies(ref) == []


@pytest.mark.parametrize(
    ("several", "amount", "read"),
    [
        (False, "180000", Money(180_000, "JPY")),
        (False, "0.3000004", Money(0, "JPY")),
        (True, "1250.505", Money(125_050, "EUR")),
        (True, "1e18", None),
        (True, "a lot", None),
        (True, "", None),
        (True, None, None),
    ],
)
def test_amounts_are_in_the_currency_that_hubspot_says(
    several: bool,  # noqa: FBT001 - a parameter
    amount: str | None,
    read: Money | None,
) -> None:
    with HubSpotDouble(several_currencies=several, currency="JPY").serving() as double:
        more = {"deal_currency_code": "EUR"} if several else {}
        ref = double.keep("deals", dealname="Pilot", amount=amount, **more)
        with crm_at(double) as crm:
            assert seen(crm, ref).amount == read


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2027-02-01T02:30:00Z", date(2027, 1, 31)),
        ("2027-02-01T02:30:00.250Z", date(2027, 1, 31)),
        ("1801449000000", date(2027, 1, 31)),
        ("2027-01-31", date(2027, 1, 30)),
        ("soon", None),
        ("9" * 30, None),
        ("", None),
    ],
)
def test_a_deal_closes_on_the_day_that_the_accounts_people_see(
    double: HubSpotDouble, crm: HubSpotCrm, said: str, day: date | None
) -> None:
    assert seen(crm, double.keep("deals", dealname="Pilot", closedate=said)).close_on == day


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc", ""])
def test_an_account_in_a_zone_that_nobody_knows_is_read_in_utc(zone: str) -> None:
    with HubSpotDouble(zone=zone).serving() as double, crm_at(double) as crm:
        ref = double.keep("deals", dealname="Pilot", closedate="2027-02-01T02:30:00Z")
        assert seen(crm, ref).close_on == date(2027, 2, 1)


def test_stages_are_in_the_companys_words(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    stages = [*(number for number, *_ in STAGES), "unheard-of", None]
    refs = [double.keep("deals", dealname="Pilot", dealstage=each) for each in stages]
    read = crm.several(refs)
    assert [read[ref].stage for ref in refs] == ["Proposal sent", "won", "lost", "open", "open"]


def test_owners_are_found_on_every_page(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    double.page = 2
    owners = [double.owner(f"seller{number}@harborlight.example") for number in range(5)]
    ref = double.keep("deals", dealname="Pilot", hubspot_owner_id=owners[-1])
    assert seen(crm, ref).owner_email == "seller4@harborlight.example"


def test_many_deals_are_read_in_a_handful_of_calls_for_each_hundred(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    company = double.keep("companies", name="Globex")
    refs = [double.keep("deals", dealname=f"Pilot {number}") for number in range(230)]
    for ref in refs:
        double.associate(ref, "companies", company, 5)
    found = crm.several(refs)
    assert {deal.account for deal in found.values()} == {"Globex"}
    assert len(found) == 230
    assert len(double.calls) == 3 + 3 * 4  # account, stages and owners are read once


def test_words_are_found_in_the_name_and_the_companys(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    def kept(name: str, company: str) -> str:
        ref = double.keep("deals", dealname=name)
        double.associate(ref, "companies", double.keep("companies", name=company), 5)
        return ref

    pilot = kept("Forecasting pilot, phase two", "Globex International Holdings")
    kept("Forecasting pilot", "Initech")
    kept("Training", "Globex")
    for typed in (
        "globex pilot",
        "phase international two forecasting holdings",
        "Globex, pilot,",
        "pilot, phase",
    ):
        wanted = [] if typed == "Globex, pilot," else [pilot]
        assert [deal.ref for deal in crm.search(typed)] == wanted


def test_what_its_key_does_not_see_is_left_out_and_named(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    owner = double.owner("ana@harborlight.example")
    ref = double.keep(
        "deals", dealname="Pilot", amount="5", hubspot_owner_id=owner, dealstage=PROPOSAL
    )
    double.associate(ref, "companies", double.keep("companies", name="Globex"), 5)
    double.hidden.add("amount")
    assert crm.check() == ["Let its key see these properties of deals: amount."]
    reading = {f"crm.objects.{each}.read" for each in ("companies", "contacts", "owners")}
    double.lacking |= reading | {"crm.objects.contacts.write"}

    deal = seen(crm, ref)

    assert (deal.name, deal.account, deal.amount, deal.owner_email) == ("Pilot", "", None, "")
    assert [each.ref for each in crm.search("pilot")] == [ref]
    (lacking,) = crm.check()
    assert lacking == (
        "Give its key these scopes: crm.objects.companies.read, crm.objects.contacts.read, "
        "crm.objects.owners.read, crm.objects.contacts.write."
    )


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("objects/2026-09/deals/batch/read", "read many deals at once"),
        ("objects/2026-09/notes/batch/read", "read many notes at once"),
        ("deals/companies/batch/read", "see which companies stand beside a deal"),
        ("deals/contacts/batch/read", "see which contacts stand beside a deal"),
        ("deals/notes/batch/read", "see which notes stand on a deal"),
        ("companies/search", "search companies by their names"),
        ("deals/search", "search deals by their names and their companies"),
    ],
)
def test_each_kind_of_call_that_is_made_is_tried(
    double: HubSpotDouble, crm: HubSpotCrm, path: str, what: str
) -> None:
    double.refuses.add(path)
    why = "HubSpot answers HTTP 403 MISSING_SCOPES: its key lacks crm.visibly.fake"
    for _ in range(2):
        assert crm.check() == [f"Let its key {what}. {why}."]
        double.keep("deals", dealname="Pilot")
        double.keep("companies", name="Globex")


def test_no_path_is_used_that_the_doctor_did_not_try(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    assert crm.check() == []
    tried, double.calls = set(double.calls), []
    ref = double.keep("deals", dealname="Pilot", hubspot_owner_id=double.owner("a@b.example"))
    double.associate(ref, "companies", double.keep("companies", name="Globex"), 5)
    double.associate(ref, "contacts", double.keep("contacts", email="hank@globex.example"), 3)
    assert crm.search("globex pilot")
    assert crm.get(ref)
    crm.note(ref, "first", "Sent", NOON)
    crm.note(ref, "second", "Sent", NOON)
    one = f"GET /crm/objects/{API}/deals/{ref}"  # as the list of deals is read
    assert set(double.calls) - tried == {NOTE, one}  # a note is written by no trial


def test_properties_that_are_hidden_are_named_of_each_kind(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    double.hidden |= {"deal_currency_code", "name", "email"}
    assert crm.check() == [
        "Let its key see these properties of deals: deal_currency_code.",
        "Let its key see these properties of companies: name.",
        "Let its key see these properties of contacts: email.",
    ]
    with HubSpotDouble(several_currencies=False).serving() as plain, crm_at(plain) as other:
        assert other.check() == []


def test_nothing_is_written_by_looking_what_may_be(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    assert crm.check() == []
    assert double.records == {}


def test_what_the_key_may_not_write_is_refused_with_the_scope(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    ref = double.keep("deals", dealname="Pilot")
    double.lacking.add("crm.objects.contacts.write")
    with pytest.raises(CrmRefused) as refused:
        crm.note(ref, "k", "Sent", NOON)
    said = "HubSpot answers HTTP 403 MISSING_SCOPES: its key lacks crm.objects.contacts.write"
    assert str(refused.value) == said


def test_a_scope_that_is_taken_away_is_waited_for(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref = double.keep("deals", dealname="Pilot")
    double.lacking.add("crm.objects.deals.read")
    with pytest.raises(CrmUnavailable, match=r"crm\.objects\.deals\.read"):
        crm.get(ref)
    double.lacking.clear()
    assert seen(crm, ref).name == "Pilot"


def test_a_key_that_expired_is_said_with_the_fix_and_not_shown(double: HubSpotDouble) -> None:
    double.token = "pat-na1-visibly-fake-new"
    with crm_at(double) as crm, pytest.raises(CrmUnavailable) as refused:
        crm.note(double.keep("deals", dealname="Pilot"), "k", "Sent", NOON)
    assert str(refused.value) == "HubSpot answers HTTP 401 EXPIRED_AUTHENTICATION"
    assert "FRONTDESK_HUBSPOT_TOKEN" in refused.value.fix
    assert TOKEN not in repr(refused.value) + refused.value.fix


def test_the_key_follows_no_redirect(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    with HubSpotDouble().serving() as elsewhere:
        double.moved_to = elsewhere.url
        with pytest.raises(CrmUnavailable, match="HTTP 307") as moved:
            crm.get("18000000001")
        assert elsewhere.calls == []
    assert "FRONTDESK_HUBSPOT_URL" in moved.value.fix


def test_nothing_of_the_key_is_in_what_is_shown_of_settings() -> None:
    assert TOKEN not in repr(HubSpotChoice(url="https://api.hubapi.com", token=TOKEN))


def test_what_is_refused_quotes_nothing_that_was_sent(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    double.hidden.add("dealname")
    with pytest.raises(CrmUnavailable) as refused:
        crm.search("globex")
    assert str(refused.value) == "HubSpot answers HTTP 400 VALIDATION_ERROR"


@pytest.mark.parametrize(
    "says",
    [
        {},
        {"results": [{}]},
        {"results": ["not a record"]},
        {"results": [{"id": "18000000001", "properties": None, "updatedAt": "yesterday"}]},
        {"results": None, "portalId": 1, "timeZone": None},
    ],
)
def test_an_answer_of_another_shape_is_no_crash(
    double: HubSpotDouble, crm: HubSpotCrm, says: dict[str, object]
) -> None:
    ref, double.says = double.keep("deals", dealname="Pilot"), says
    asked: list[Callable[[], object]] = [
        lambda: crm.search("globex"),
        lambda: crm.get(ref),
        lambda: crm.note(ref, "k", "Sent", NOON),
    ]
    for ask in asked:
        with pytest.raises(CrmUnavailable, match="not understood"):
            ask()


@pytest.mark.parametrize(
    "wrong", [{"updatedAt": None}, {"properties": None}, {"properties": {"closedate": 7}}]
)
def test_a_deal_that_cannot_be_read_is_left_out_and_keeps_nobody_from_others(
    double: HubSpotDouble, caplog: pytest.LogCaptureFixture, wrong: dict[str, object]
) -> None:
    odd, well = (double.keep("deals", dealname=f"Pilot {each}") for each in ("odd", "well"))
    double.broken[odd] = wrong
    with crm_at(double, rest=60) as crm:
        assert [each.ref for each in crm.search("pilot")] == [well]
        assert f"1 of 2 deals. The first is '{odd}'" in caplog.text
        assert set(crm.several([odd, well])) == {well}
        with pytest.raises(CrmUnavailable, match="not understood"):
            crm.get(odd)
        assert seen(crm, well).name == "Pilot well"
        crm.note(odd, "k", "Sent", NOON)
        assert len(double.bodies(odd)) == 1


def test_a_deal_is_read_though_what_stands_beside_it_cannot_be(double: HubSpotDouble) -> None:
    ref = double.keep("deals", dealname="Pilot", dealstage=PROPOSAL)
    for kind, association in (("companies", 5), ("contacts", 3)):
        number = double.keep(kind)
        double.associate(ref, kind, number, association)
        double.broken[number] = {"properties": None}
    double.broken[double.owner("ana@harborlight.example")] = {"id": None, "email": ["?"]}
    double.broken[PROPOSAL] = {"metadata": "?"}
    with crm_at(double, rest=60) as crm:
        deal = seen(crm, ref)
        assert (deal.name, deal.account, deal.stage) == ("Pilot", "", "open")
        crm.note(ref, "first", "Sent", NOON)
        double.broken[next(iter(double.records["notes"]))] = {"properties": None}
        crm.note(ref, "second", "Sent", NOON)
        crm.note(ref, "second", "Sent", NOON)
    assert len(double.bodies(ref)) == 2


def test_too_many_calls_at_once_are_made_later(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref, double.limited = double.keep("deals", dealname="Pilot"), 1
    with pytest.raises(CrmUnavailable, match="HTTP 429 RATE_LIMITS"):
        crm.note(ref, "k", "Sent", NOON)
    crm.note(ref, "k", "Sent", NOON)
    assert len(double.bodies(ref)) == 1


def test_nobody_asks_before_hubspot_wants_to_be_asked_again(double: HubSpotDouble) -> None:
    double.limited, double.retry_after = 1, "20"
    with crm_at(double, rest=60) as crm:
        for _ in range(3):
            with pytest.raises(CrmUnavailable):
                crm.search("globex")
        assert len(double.calls) == 1
        assert crm.check() == []


def test_a_429_to_one_who_has_time_holds_up_everybody(double: HubSpotDouble) -> None:
    double.limited, double.retry_after = 1, "20"
    with crm_at(double, rest=60) as crm:
        for ask in (lambda: crm.get("18000000001"), lambda: crm.search("globex")):
            with pytest.raises(CrmUnavailable):
                ask()
        assert len(double.calls) == 1


def test_no_429_keeps_it_alone_for_longer_than_silence_does(double: HubSpotDouble) -> None:
    double.limited, double.retry_after = 1, "86400"
    with crm_at(double, rest=0.01) as crm:
        with pytest.raises(CrmUnavailable, match="HTTP 429"):
            crm.search("")
        assert _found_again(crm)


def test_whoever_types_does_not_wait_for_a_hubspot_that_is_silent(double: HubSpotDouble) -> None:
    with crm_at(double, rest=60) as crm:
        double.silent.set()
        assert _seconds(lambda: crm.search("globex")) < 3
        asked = len(double.calls)
        assert _seconds(lambda: crm.search("globex ")) < 0.5
        assert len(double.calls) == asked
        double.released.set()


def test_an_answer_that_trickles_in_is_not_waited_for(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    double.trickles = True
    assert 1 < _seconds(lambda: crm.search("globex"), "too slowly") < 3


@pytest.mark.parametrize("begins", [b"", HEAD], ids=["nothing", "head"])
def test_a_head_that_trickles_in_is_not_waited_for(begins: bytes) -> None:
    with dripping(begins=begins) as place:
        crm = HubSpotCrm(Line(f"http://{place}", TOKEN, 0))
        assert 1 < _seconds(lambda: crm.search("globex"), "too slowly") < 3


def test_calls_of_one_errand_end_together() -> None:
    with dripping([answer("{}")]) as place:
        assert _seconds(lambda: _two_calls(f"http://{place}"), "too slowly") < 3


def _two_calls(url: str) -> None:
    with Line(url, TOKEN, 0).errand(0.5) as errand:
        assert errand.get("/first") == {}
        errand.get("/second")


def test_an_answer_without_end_is_not_read(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref, double.floods = double.keep("deals", dealname="Pilot"), True
    assert _seconds(lambda: crm.note(ref, "k", "Sent", NOON), "more than is read") < 8


def _seconds(ask: Callable[[], object], said: str | None = None) -> float:
    begun = monotonic()
    with pytest.raises(CrmUnavailable, match=said):
        ask()
    return monotonic() - begun


def test_a_hubspot_that_was_left_alone_is_asked_again() -> None:
    with HubSpotDouble(down=True).serving() as double, crm_at(double, rest=0.01) as crm:
        with pytest.raises(CrmUnavailable, match="HTTP 503"):
            crm.search("")
        double.down = False
        assert _found_again(crm)


def _found_again(crm: HubSpotCrm) -> bool:
    until = monotonic() + 5
    while monotonic() < until:
        try:
            return crm.search("") == []
        except CrmUnavailable:
            continue
    return False


def test_nobody_at_the_address_is_said_with_the_fix() -> None:
    crm = HubSpotCrm(Line("http://127.0.0.1:9", TOKEN, 0))
    with pytest.raises(CrmUnavailable, match="cannot be reached") as away:
        crm.get("18999999999")
    crm.close()
    assert "FRONTDESK_HUBSPOT_URL" in away.value.fix


def test_a_place_that_is_no_hubspot_is_said_with_the_fix(double: HubSpotDouble) -> None:
    line = Line(f"{double.url}/elsewhere", TOKEN, 0)
    with pytest.raises(CrmUnavailable, match="HTTP 404") as other, line.errand() as errand:
        errand.get(f"/crm/pipelines/{API}/deals")
    assert "FRONTDESK_HUBSPOT_URL" in other.value.fix


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_not_hubspots_own_no_is_waited_out(
    double: HubSpotDouble, crm: HubSpotCrm, status: int
) -> None:
    ref = double.keep("deals", dealname="Pilot")
    double.says, double.as_status = {"status": "error", "message": "resource not found"}, status
    with pytest.raises(CrmUnavailable, match=f"HTTP {status}") as away:
        crm.note(ref, "SOW-7:4", "Sent", NOON)
    assert "FRONTDESK_HUBSPOT_URL" in away.value.fix


@pytest.mark.parametrize("ref", ["99999999999999999999", "9223372036854775808", "00018000000001"])
def test_a_number_that_no_deal_has_is_no_deals(
    double: HubSpotDouble, crm: HubSpotCrm, ref: str
) -> None:
    there = double.keep("deals", dealname="Pilot")
    assert set(crm.several([ref, there])) == {there}
    crm.note(ref, "SOW-7:4", "Sent", NOON)
    assert not any(each.endswith(ref) for each in double.calls)


def test_an_amount_whose_currency_is_hidden_is_none(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref = double.keep("deals", dealname="Pilot", amount="180000", deal_currency_code="EUR")
    assert seen(crm, ref).amount == Money.of(180_000, "EUR")
    double.hidden = {"deal_currency_code"}
    assert seen(crm, ref).amount is None


def test_a_mark_that_somebody_typed_hides_no_note(double: HubSpotDouble, crm: HubSpotCrm) -> None:
    ref = double.keep("deals", dealname="Pilot")
    crm.link(ref, f"Case study {mark_of('SOW-1:3')}", PAGE, NOON)
    crm.note(ref, "SOW-1:3", "SOW-1 was sent to the client", NOON)
    assert len(double.bodies(ref)) == 2


def test_of_all_scopes_that_would_do_the_least_is_asked_for(
    double: HubSpotDouble, crm: HubSpotCrm
) -> None:
    context = {"requiredGranularScopes": ["automation", "crm.objects.deals.read"]}
    errors = [{"message": "One of these.", "context": "?"}, {"message": "", "context": context}]
    double.says = {"status": "error", "category": "MISSING_SCOPES", "errors": errors}
    double.as_status = 403
    [said] = crm.check()
    assert "automation" not in said
    assert "crm.objects.deals.read" in said
    with pytest.raises(CrmUnavailable, match="its key lacks one of automation, crm"):
        crm.get("18000000001")


def test_when_the_days_calls_are_used_up_it_is_left_alone(double: HubSpotDouble) -> None:
    double.says, double.as_status = {"errorType": "RATE_LIMIT", "policyName": "DAILY"}, 429
    with crm_at(double, rest=60) as crm:
        with pytest.raises(CrmUnavailable, match="HTTP 429 RATE_LIMIT"):
            crm.get("18000000001")
        tried = len(double.calls)
        double.says = None
        with pytest.raises(CrmUnavailable, match="left alone"):
            crm.get("18000000001")
        assert len(double.calls) == tried

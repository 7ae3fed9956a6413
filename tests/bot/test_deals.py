"""What a request has to do with its deal, with the CRM up and down."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot import deals, writing_back
from bot.company import Company
from bot.desk import Desk, Gesture
from bot.errors import SlackError
from bot.parcels import entry_to_json
from bot.ports import Claimed, Crm, CrmUnavailable, Deal, Json, Parcel, Person
from bot.rulebook import Rulebook
from bot.sending import NotYet
from integrations.crm import EmbeddedCrm
from integrations.documents.renderer import TypstRenderer
from integrations.library.local import LocalLibrary
from integrations.mail import FolderMailer
from integrations.slack.workspace import SlackWorkspace
from modals.registry import find_forms
from storage.database import Database
from tests.migrated import have_migrated
from tests.storage.examples import DETAILS, NOW, add, draft, entry, sow
from workflows.calendar import Calendar
from workflows.effects import Errand
from workflows.money import Money
from workflows.registry import find_workflows

PILOT = Deal(
    ref="D-1042",
    name="Forecasting pilot",
    account="Globex",
    amount=Money(18_000_000, "USD"),
    updated_at=datetime(2026, 11, 21, 10, 32, tzinfo=UTC),
)
ANA = Gesture(user="U_ANA", team="T1", surface="modal")
STRANGER = replace(ANA, user="U_GUS")
PAGE = "https://frontdesk.harborlight.example/requests/SOW-7"
LABEL = "Globex – Forecasting pilot (180,000.00 USD)"


class Now:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


class Down:
    """A CRM that does not answer."""

    name = "Salesforce"

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        raise CrmUnavailable(f"HTTP 503 to {text} ({limit})")

    def get(self, ref: str) -> Deal | None:
        raise CrmUnavailable(f"HTTP 503 to {ref}")

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        raise CrmUnavailable(f"HTTP 503 to {ref} {key} {text} {at}")

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:
        raise CrmUnavailable(f"HTTP 503 to {refs}")

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:
        raise CrmUnavailable(f"HTTP 503 to {ref} {title} {url} {at}")

    def check(self) -> Sequence[str]:
        raise CrmUnavailable("HTTP 503")

    def close(self) -> None:
        """Nothing is held."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake key")
    with database.unit() as unit:
        unit.people.put(
            Person(user="U_ANA", team="T1", name="Ana Silva"),
            Person(user="U_GUS", team="T1", name="Gus Ortega", active=False),
        )
        unit.deals.put([PILOT])
        unit.commit()
    yield desk_of(database, EmbeddedCrm(database), tmp_path)
    database.close()


def desk_of(database: Database, crm: Crm, folder: Path) -> Desk:
    zone = ZoneInfo("America/New_York")
    return Desk(
        rulebook=Rulebook(
            Company(name="Harborlight", zone=zone, currency="USD", calendar=Calendar())
        ),
        workflows=find_workflows(),
        forms=find_forms(),
        store=database,
        post_office=database.post_office,
        slack=SlackWorkspace("xoxb-visibly-fake", "http://127.0.0.1:9/api/"),
        clock=Now(),
        renderer=TypstRenderer(),
        mailer=FolderMailer(folder, "sales@harborlight.example", "Harborlight", Now()),
        crm=crm,
        library=LocalLibrary(folder / "library"),
        public_url="https://frontdesk.harborlight.example",
        link_key=b"a visibly fake key",
        wake=lambda: None,
    )


def keep(desk: Desk, *more: Deal) -> None:
    with desk.store.unit() as unit:
        unit.deals.put(more)
        unit.commit()


def test_a_deal_is_offered_below_what_was_typed(desk: Desk) -> None:
    assert deals.suggest(desk, ANA, "pilot glob") == [
        ("pilot glob", "Use “pilot glob”"),
        ("D-1042", LABEL),
    ]
    assert deals.suggest(desk, ANA, "") == [("D-1042", LABEL)]
    assert deals.suggest(desk, ANA, "oslo") == [("oslo", "Use “oslo”")]


def test_the_number_of_a_deal_is_no_other_text(desk: Desk) -> None:
    assert deals.suggest(desk, ANA, " d-1042") == [("D-1042", LABEL)]


def test_a_list_is_as_long_as_slack_takes(desk: Desk) -> None:
    keep(desk, *(replace(PILOT, ref=f"D-{number}") for number in range(150)))
    assert len(deals.suggest(desk, ANA, "pilot")) == 100
    assert len(deals.suggest(desk, ANA, "")) == 99


def test_a_deal_whose_number_slack_cannot_carry_is_not_offered(desk: Desk) -> None:
    keep(desk, replace(PILOT, ref="D" * 151))
    assert deals.suggest(desk, ANA, "") == [("D-1042", LABEL)]


def test_only_members_are_offered_anything(desk: Desk) -> None:
    assert deals.suggest(desk, STRANGER, "globex") == ()
    assert deals.suggest(desk, replace(ANA, user="U_NEW"), "globex") == ()


def test_without_the_crm_a_text_can_still_be_used(desk: Desk) -> None:
    desk = replace(desk, crm=Down())
    assert deals.suggest(desk, ANA, "globex") == [("globex", "Use “globex”")]
    assert deals.suggest(desk, ANA, "") == []


def test_without_the_database_a_text_can_still_be_used(desk: Desk, tmp_path: Path) -> None:
    nowhere = Database(f"sqlite:///{tmp_path}/gone/frontdesk.db", audit_key=b"a visibly fake key")
    lost = replace(desk, store=nowhere, crm=EmbeddedCrm(nowhere))
    assert deals.suggest(lost, ANA, "globex") == [("globex", "Use “globex”")]
    nowhere.close()


@pytest.mark.parametrize(
    ("deal", "label"),
    [
        (replace(PILOT, amount=None), "Globex – Forecasting pilot"),
        (replace(PILOT, account=""), "Forecasting pilot (180,000.00 USD)"),
        (replace(PILOT, name="x" * 99), f"Globex – {'x' * 48}… (180,000.00 USD)"),
        (replace(PILOT, amount=Money(5, "KWD")), "Globex – Forecasting pilot (0.005 KWD)"),
    ],
)
def test_a_label_keeps_its_amount_and_fits(deal: Deal, label: str) -> None:
    assert deals.label(deal) == label
    assert len(label) <= 75


def claimed(action: str, version: int = 4, at: datetime = NOW) -> Claimed:
    what = entry("SOW-7", action=action, version=version, at=at)
    payload = {"ref": "SOW-7", "entry": entry_to_json(what)}
    address = "errand:write_back:SOW-7"
    parcel = Parcel(key=f"k{version}", kind="write_back", address=address, payload=payload, due=NOW)
    return Claimed(id=1, token="t", parcel=parcel, attempts=1)


def noted(desk: Desk, ref: str = "D-1042") -> list[str]:
    with desk.store.unit() as unit:
        return [text for _, text in unit.deals.notes(ref)]


def about(desk: Desk, opportunity: str) -> None:
    add(desk.store, sow("SOW-7", details=replace(DETAILS, opportunity=opportunity)))


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("submit", "SOW-7 was asked for"),
        ("accept", "SOW-7 was accepted"),
        ("client_decline", "SOW-7 was declined by the client"),
        ("send", "SOW-7 was sent to the client"),
        ("client_approve", "SOW-7 was approved by the client"),
        ("record_approval", "SOW-7 was approved by the client, by other means"),
        ("confirm", "SOW-7 is paid, confirmed and closed"),
    ],
)
def test_the_deal_hears_what_became_of_it_once(desk: Desk, action: str, text: str) -> None:
    about(desk, "D-1042")
    writing_back.write_back(desk, claimed(action))
    writing_back.write_back(desk, claimed(action))
    assert noted(desk) == [f"{text}\n{PAGE}"]


def test_a_fact_stands_there_when_it_happened_however_late_it_is_told(desk: Desk) -> None:
    about(desk, "D-1042")
    writing_back.write_back(desk, claimed("send", at=NOW - timedelta(hours=30)))
    with desk.store.unit() as unit:
        assert [at for at, _ in unit.deals.notes("D-1042")] == [NOW - timedelta(hours=30)]


def test_a_second_time_is_another_fact(desk: Desk) -> None:
    about(desk, "D-1042")
    writing_back.write_back(desk, claimed("send", 4))
    writing_back.write_back(desk, claimed("send", 9))
    assert noted(desk) == [f"SOW-7 was sent to the client\n{PAGE}"] * 2


def test_every_promise_to_write_back_has_its_words() -> None:
    promised = {
        transition.name
        for workflow in find_workflows().values()
        for transition in workflow.transitions
        if any(getattr(effect, "name", "") == "write_back" for effect in transition.effects)
    }
    promised |= {
        "submit" for each in find_workflows().values() if Errand("write_back") in each.on_submit
    }
    assert promised == set(writing_back.WRITTEN_BACK)


@pytest.mark.parametrize("opportunity", ["", "D-9", "the Globex pilot"])
def test_a_text_that_names_no_deal_hears_nothing(desk: Desk, opportunity: str) -> None:
    about(desk, opportunity)
    writing_back.write_back(desk, claimed("send"))
    assert noted(desk) == noted(desk, opportunity) == []


def test_a_request_that_is_not_there_is_nothing_to_write(desk: Desk) -> None:
    writing_back.write_back(desk, claimed("send"))
    assert noted(desk) == []


def test_while_the_crm_is_down_it_waits(desk: Desk) -> None:
    about(desk, "D-1042")
    with pytest.raises(NotYet, match="HTTP 503"):
        writing_back.write_back(replace(desk, crm=Down()), claimed("send"))


def test_a_request_that_has_become_private_is_told_to_nobody(desk: Desk) -> None:
    details = replace(DETAILS, opportunity="D-1042", private=True)
    add(desk.store, sow("SOW-7", details=details))
    writing_back.write_back(desk, claimed("send"))
    assert noted(desk) == []


def form_after_picking(desk: Desk, state: Json) -> Json:
    """Do what follows when something was picked in Ana's form; return what is kept of it then.

    Nobody answers at Slack's address: a form that has to be redrawn would fail.
    """
    with desk.store.unit() as unit:
        unit.drafts.save(draft("D1", state=state, view_id="V1"))
        unit.commit()
    parcel = Parcel(key="p", kind="prefill", address="view:V1", payload={"draft": "D1"}, due=NOW)
    deals.fill_in(desk, Claimed(id=1, token="t", parcel=parcel, attempts=1))
    with desk.store.unit() as unit:
        kept = unit.drafts.get("D1")
    assert kept is not None
    return kept.state


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"opportunity": ["D-9", "gone"]},
        {"opportunity": "the Globex pilot"},
        {
            "opportunity": ["D-1042", LABEL],
            "client": "Globex Europe",
            "amount": "5",
            "contact_name": "Hank",
            "contact_email": "hank@",
        },
    ],
)
def test_where_nothing_is_to_be_filled_in_a_form_stays(desk: Desk, state: Json) -> None:
    assert form_after_picking(desk, state) == state


def test_without_the_crm_a_form_stays_as_it_is(desk: Desk) -> None:
    state = {"opportunity": ["D-1042", LABEL]}
    assert form_after_picking(replace(desk, crm=Down()), state) == state


def test_until_slack_has_shown_it_nothing_counts_as_filled_in(desk: Desk) -> None:
    with pytest.raises(SlackError):
        form_after_picking(desk, {"opportunity": ["D-1042", LABEL]})
    with desk.store.unit() as unit:
        kept = unit.drafts.get("D1")
    assert kept is not None
    assert kept.state == {"opportunity": ["D-1042", LABEL]}

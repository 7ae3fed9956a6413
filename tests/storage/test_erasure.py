"""Erasing a person, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.pool import NullPool

from bot.ports import Override, Person, Source
from bot.ports.wiping import Wiper
from storage.database import Database
from storage.outbox import gates
from tests.storage.examples import DETAILS, NOW, add, draft, entry, parcel, promise, record, sow
from tests.storage.test_deals import ROLLOUT
from tests.storage.test_links import KAI
from tests.storage.test_observations import OPENED
from tests.storage.test_opinions import ANAS
from tests.storage.test_round_trips import HOSTILE
from workflows.deal import recorded
from workflows.roles import Role

ANA = Person(user="U_ANA", team="T1", name="Ana Ünal", email="Ana@Example.com", tz="Europe/Rome")
WORDS = ("Ana@Example.com", "Ana Ünal")


def nothing_is_kept(_ref: str) -> bool:
    return False


def test_somebody_is_traced_by_id_or_address(database: Database) -> None:
    add(database, sow())
    payer = {"payer_name": "Accounts payable", "payer_email": "ap@example.com"}
    add(database, recorded(sow("SOW-2"), **payer))
    with database.unit() as unit:
        unit.people.put(ANA)
        unit.links.add(replace(KAI, name="K. Example"))
        for who in ("U_ANA", " ana@example.COM "):
            found = unit.erasure.trace(who)
            assert found is not None
            assert (found.user, found.names, found.active) == ("U_ANA", WORDS, True)
        contact = unit.erasure.trace("KAI@example.com")
        assert contact is not None
        assert contact.user == ""
        assert set(contact.names) == {"kai@example.com", DETAILS.contact_name, "K. Example"}
        accounts = unit.erasure.trace("AP@example.com")
        assert accounts is not None
        assert set(accounts.names) == {"ap@example.com", "Accounts payable"}
        for nobody in ("U_ADAM", "nobody@example.com", "Ana Ünal", "", "%"):
            assert unit.erasure.trace(nobody) is None


def test_a_member_is_emptied_and_does_not_come_back_by_hearsay(database: Database) -> None:
    with database.unit() as unit:
        unit.people.put(ANA)
        unit.people.hold(Role.EXECUTIVE, frozenset({"U_ANA"}))
        unit.people.bind("ana@example.com", "U_ANA", NOW)
        unit.preferences.put("U_ANA", "mail", "yes")
        unit.drafts.save(draft())
        unit.opinions.put(ANAS)
        unit.opinions.put(replace(ANAS, ref="SOW-8"))
        unit.observations.add(OPENED)
        unit.cards.ensure("SOW-7", "asker", "user:U_ANA")
        unit.commit()
        count = unit.erasure.member("U_ANA")
        unit.commit()
    assert count == {
        "member": 1,
        "opinions": 2,
        "observations": 1,
        "settings they changed": 0,
        "rows of bank statements they settled": 0,
        "unread bank statements they handed in": 0,
        "preferences": 1,
        "drafts": 1,
        "snoozes": 0,
        "absences": 0,
        "roles": 1,
        "addresses that named them": 1,
        "cards": 1,
    }
    with database.unit() as unit:
        emptied = Person(user="U_ANA", team="T1", name="(erased)", active=False)
        assert unit.people.get("U_ANA") == emptied
        unit.people.put(replace(ANA, active=False))
        assert unit.people.get("U_ANA") == emptied
        unit.people.put(ANA)
        assert unit.people.get("U_ANA") == ANA
        unit.people.put(replace(ANA, active=False))
        assert unit.people.get("U_ANA") == replace(ANA, active=False)
        assert not unit.people.holders()[Role.EXECUTIVE]
        assert unit.people.binding("ana@example.com") is None
        [said] = unit.opinions.of("SOW-7")
        assert (said.word, said.score) == (ANAS.word, ANAS.score)
        assert said.user.startswith("erased-")
        [seen] = unit.observations.of("SHELF-3")
        assert "ANA" not in f"{seen.user} {seen.key}"


def test_names_go_wherever_they_stand_but_where_they_are_kept(database: Database) -> None:
    with database.unit() as unit:
        unit.deals.put([replace(ROLLOUT, contact_name="ANA ÜNAL", contact_email="ana@example.com")])
        unit.drafts.save(draft(state={"who": ["Ask Ana Ünal.", 7, None, HOSTILE]}))
        unit.observations.add(replace(OPENED, text="Ana Ünal's, not Ana Ünalan's"))
        unit.links.add(replace(KAI, email="ana@example.com"))
        unit.links.add(replace(KAI, token_hash="another", ref="SOW-8", email="ana@example.com"))
        for key, ref in (("a", "SOW-7"), ("b", "SOW-8"), ("c", None)):
            unit.outbox.add(
                replace(parcel(key, "user:U_BEN"), payload={"ref": ref, "to": WORDS[1]})
            )
        for key, where in (("d", "user:U_ANA"), ("e", "talk:C1:U_ANA")):
            unit.outbox.add(replace(parcel(key, where), payload={"said": "Hello"}))
        unit.commit()
        count = unit.erasure.words(WORDS, lambda ref: ref == "SOW-7", "U_ANA")
        unit.commit()
    assert count == {
        "deals": 1,
        "rows of bank statements": 0,
        "unread bank statements": 0,
        "deals as last told": 0,
        "others' drafts": 1,
        "what was observed": 1,
        "clients' links": 1,
        "messages": 4,
        "when they were written to last": 0,
    }
    with database.unit() as unit:
        deal = unit.deals.get("D-7")
        assert deal is not None
        assert (deal.contact_name, deal.contact_email) == ("(erased)", "(erased)")
        kept = unit.drafts.get("D1")
        assert kept is not None
        assert kept.state["who"][:3] == ["Ask (erased).", 7, None]
        [seen] = unit.observations.of("SHELF-3")
        assert seen.text == "(erased)'s, not Ana Ünalan's"
        assert len(unit.links.of("SOW-7")) == 1
        assert unit.links.of("SOW-8") == []
    [still] = database.post_office.about("SOW-7")
    assert still.parcel.payload["to"] == WORDS[1]
    [wiped] = database.post_office.about("SOW-8")
    assert wiped.parcel.payload["to"] == "(erased)"
    assert "d" not in [each.parcel.key for each in database.post_office.claim(NOW)]


def test_no_address_of_theirs_is_remembered_for_its_pace(database: Database, url: str) -> None:
    theirs = ("mail:Ana@Example.com", "mail:ana@example.com", "user:U_ANA", "home:U_ANA")
    others = ("mail:banana@example.com", "user:U_ANABEL")
    for address in (*theirs, *others):
        promise(database, parcel(address, address))
    for claimed in database.post_office.claim(NOW):
        database.post_office.done(claimed)
    assert addresses(url) == {*theirs, *others}

    with database.unit() as unit:
        count = unit.erasure.words(WORDS, lambda _ref: True, "U_ANA")
        unit.commit()

    assert count["when they were written to last"] == len(theirs)
    assert addresses(url) == {*others}


def test_what_is_being_sent_to_them_is_not_sent_twice(database: Database, url: str) -> None:
    promise(database, parcel("a", "mail:ana@example.com"))
    assert len(database.post_office.claim(NOW)) == 1

    with database.unit() as unit:
        unit.erasure.words(WORDS, lambda _ref: True, "U_ANA")
        unit.commit()

    assert addresses(url) == {"mail:ana@example.com"}
    assert database.post_office.claim(NOW) == []


def addresses(url: str) -> set[str]:
    """Return the addresses whose pace is remembered."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        found = set(connection.execute(select(gates.c.address)).scalars())
    engine.dispose()
    return found


def test_what_the_audit_says_goes_by_the_value(database: Database) -> None:
    said = {"reason": "Ana Ünal agrees", "path": "a > b"}
    record(database, *(entry(ref, detail=said) for ref in ("SOW-1", "SOW-2", "")))
    record(database, entry("", detail={"identity": "ana@example.com"}))
    with database.unit() as unit:
        gone = unit.erasure.said(WORDS, lambda ref: ref == "SOW-1")
        assert gone == {2: ["reason"], 3: ["reason"], 4: ["identity"]}
        assert unit.erasure.said(WORDS, lambda ref: ref == "SOW-1") == {}
        assert unit.requests.timeline("SOW-2")[0].detail == {"reason": "(erased)", "path": "a > b"}
        assert unit.requests.timeline("SOW-1")[0].detail == said
        assert unit.erasure.said((), nothing_is_kept) == {}


def test_a_thousand_rows_are_looked_through(database: Database) -> None:
    with database.unit() as unit:
        for n in range(1203):
            unit.audit.append(
                entry(f"SOW-{n}", detail={"reason": WORDS[n % 2] if n > 600 else "x"})
            )
        unit.commit()
        assert len(unit.erasure.said(WORDS, nothing_is_kept)) == 602
        assert unit.erasure.indelible(WORDS) == []


@pytest.mark.parametrize(
    ("text", "wiped"),
    [
        ("ana ünal", "(erased)"),
        ("(ANA@EXAMPLE.COM)", "((erased))"),
        ("banana@example.com", "banana@example.com"),
        ("Ana Ünalova", "Ana Ünalova"),
        ("Ana\nÜnal", "Ana\nÜnal"),
        ("", ""),
    ],
)
def test_only_whole_names_are_taken_out(text: str, wiped: str) -> None:
    assert Wiper(WORDS).wiped({"a": [text]}) == {"a": [wiped]}
    assert Wiper(()).wiped(text) == text


def test_what_they_changed_of_the_settings_stays_and_names_them_no_more(database: Database) -> None:
    changed = Override(key="hours.opens", source=Source.FILE, version=1, by="U_ANA", at=NOW)
    with database.unit() as unit:
        unit.overrides.put(changed)
        unit.overrides.put(replace(changed, key="hours.closes", by="U_BEN"))
        assert unit.erasure.member("U_ANA")["settings they changed"] == 1
        unit.commit()
    with database.unit() as unit:
        closes, opens = unit.overrides.all()
    assert closes.by == "U_BEN"
    assert opens.by.startswith("erased-")
    assert replace(opens, by="U_ANA") == changed

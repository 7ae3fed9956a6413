"""What is said to come next is what will come: nobody hears of what is private for their role."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.facts import card_facts, next_facts
from tests.bot.open_desk import NOW, asked, open_desk


def test_a_private_request_is_said_to_go_to_whoever_asked_and_to_no_role(tmp_path: Path) -> None:
    with open_desk(tmp_path) as desk:
        asked(desk, "SOW-1", NOW, "acceptance")
        said: dict[bool, set[str]] = {False: set(), True: set()}
        roles: dict[bool, set[str]] = {False: set(), True: set()}
        with desk.store.unit() as unit:
            stored = unit.requests.get("SOW-1")
            assert stored is not None
            office = desk.office(unit, desk.workflows["sow"])
            for private, hours in ((mark, each) for mark in said for each in range(0, 480, 6)):
                details = replace(stored.details, private=private)
                since = NOW - timedelta(hours=hours)
                request = replace(stored, details=details, since=since)
                said[private].add(next_facts(desk, unit, request, office, "user:U_ANA").next_is)
                roles[private].add(card_facts(desk, unit, request, "user:U_ANA").escalates_to)

    assert said[False] == {"a reminder", "word to the admin", ""}
    assert said[True] == {"a reminder", "word to whoever asked", ""}
    assert roles == {False: {"head of sales", "admin", ""}, True: {""}}

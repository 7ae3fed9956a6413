"""Whoever knows nothing but the description of the API can hand in a ticket of every kind."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from tests.journeys.house import House, open_house
from tests.journeys.test_tickets import COMPLETE, Tracker
from tests.web.api.described import EVERY, FEWEST, SCHEMAS, Described

WHO = {"sow": "ana", "sales_asset": "ana", "shelf": "mia", "template": "adam"}
"""By workflow: somebody who may ask for it; the company says who, not the description."""
BLANK: tuple[object, ...] = (None, "", [], False)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def described(house: House, tracker: Tracker | None) -> Described:
    """Return the description, as whoever has this token reads it, or nobody."""
    headers = tracker.headers if tracker else {}
    async with httpx.AsyncClient(headers=headers, timeout=30) as web:
        answer = await web.get(f"{house.frontdesk.server.url}/api/openapi.json")
    assert answer.status_code == 200
    return Described(answer.json())


def _cases() -> Iterator[tuple[str, bool]]:
    for how in (FEWEST, EVERY):
        yield from ((how, False), (how, True))


async def test_a_ticket_of_every_kind_is_made_of_the_description_alone(house: House) -> None:
    tracker = Tracker(house, submit=True)
    found = await described(house, tracker)
    assert set(found.kinds) == set(house.frontdesk.desk.workflows)

    for workflow, who in WHO.items():
        for how, last in _cases() if workflow != "template" else [(EVERY, False)]:
            by = {"by": f"{who}@harborlight.example", "ticket": f"{workflow}-{how}-{last}"}
            ticket = found.ticket(workflow, how, last=last) | by
            answer = await tracker.sends(ticket)
            assert found.fits(f"{SCHEMAS}Ticket", ticket), ticket
            assert answer.status_code == (202 if workflow == "template" else 201), (
                ticket,
                answer.text,
            )
            if workflow == "template":  # its file can be added in Slack only
                assert set(answer.json()["missing"]) == {"files"}
                assert "it is a draft" in found.schemas["TemplateTicket"]["description"]
                assert "TemplateWhole" not in found.schemas
            else:
                kept = house.request(answer.json()["ref"])
                lost = {
                    name
                    for name, said in ticket["fields"].items()
                    if said not in BLANK and getattr(kept.details, name, "?") in BLANK
                }
                assert lost == set(), "what a ticket says is kept"


async def test_what_is_whole_and_what_a_draft_is_told_by_the_description(house: House) -> None:
    tracker = Tracker(house, submit=True)
    found = await described(house, tracker)
    for count, (said, status) in enumerate(
        (
            (COMPLETE, 201),
            ({name: each for name, each in COMPLETE.items() if name != "need"}, 202),
            (COMPLETE | {"client": None, "contact_name": ""}, 202),
            (COMPLETE | {"client_type": "other"}, 202),
            (COMPLETE | {"client_type": "other", "client_type_other": "A start-up"}, 201),
            (COMPLETE | {"fee": "recurring", "large_client": True}, 202),
            (COMPLETE | {"amount": 8000.5, "start": "2027-02-01", "scope": ""}, 201),
            (COMPLETE | {"client_type": "big"}, 422),
            (COMPLETE | {"needed_by": "soon"}, 422),
            (COMPLETE | {"needed_by": 20270111}, 422),
            (COMPLETE | {"large_client": "yes"}, 422),
            (COMPLETE | {"deliverables": "A report"}, 422),
            (COMPLETE | {"amount": {"amount": True, "currency": "USD"}}, 422),
            (COMPLETE | {"colour": "red"}, 422),
            (COMPLETE | {"client": "x" * 151}, 422),
        )
    ):
        answer = await tracker.hands_in(f"PRJ-{count}", **said)
        assert answer.status_code == status, (said, answer.text)
        assert found.fits(f"{SCHEMAS}SowWhole", said) == (status == 201), said
        assert found.fits(f"{SCHEMAS}SowFields", said) == (status != 422), said


async def test_what_the_company_offers_is_in_it_and_shown_to_tokens_only(house: House) -> None:
    tracker = Tracker(house, submit=True)
    before = await described(house, tracker)
    with house.frontdesk.database.unit() as unit:
        unit.lists.put("goals", ("Win hospitals = 3",))
        unit.lists.put("industries", ())
        unit.lists.put("asset_types", ("White paper",))
        unit.commit()
    after, outside = await described(house, tracker), await described(house, None)
    fields = [each.schemas["SalesAssetFields"]["properties"] for each in (before, after, outside)]

    assert "goal" not in fields[0]
    assert "industry" in fields[0]
    assert "industry" not in fields[1]
    assert fields[1]["goal"]["anyOf"][0]["enum"] == ["Win hospitals"]
    assert fields[1]["asset_type"]["anyOf"][0]["enum"] == ["white_paper", "other"]
    assert "white_paper: White paper" in fields[1]["asset_type"]["description"]
    assert "hospitals" not in str(outside.schemas)
    assert "white" not in str(outside.schemas).lower()
    assert "with a token" in fields[2]["goal"]["description"]
    assert fields[2]["kind"]["anyOf"][0]["enum"] == ["new", "update"]

    late = before.ticket("sales_asset", EVERY) | {"by": "ana@harborlight.example", "ticket": "1"}
    refused = await tracker.sends(late)
    assert refused.status_code == 422
    assert set(refused.json()["error"]["fields"]) == {"asset_type", "industry"}
    taken = await tracker.sends(late | after.ticket("sales_asset", EVERY))
    assert taken.status_code == 201
    assert house.request(taken.json()["ref"]).details.goal == "Win hospitals"


async def test_a_field_says_in_words_what_is_right(house: House) -> None:
    found = await described(house, Tracker(house))
    sow = found.schemas["SowFields"]["properties"]
    asset = found.schemas["SalesAssetFields"]["properties"]

    assert sow["client"]["description"] == "Client. Mandatory."
    assert sow["client_type"]["description"] == "Client type. Mandatory. api: API; other: Other."
    assert sow["client_type_other"]["description"] == (
        "Which type of client? Only where client_type is other; then it is mandatory."
    )
    assert "Only where large_client is true" in sow["large_client_reason"]["description"]
    assert sow["end"]["description"] == "End. Today or later. Not before start."
    assert "A working day." in asset["deadline"]["description"]
    assert "files" not in sow
    assert "For members who are" in found.schemas["ShelfTicket"]["description"]
    assert "marketing" in found.schemas["ShelfTicket"]["description"]

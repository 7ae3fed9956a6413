"""Reviews that contradict each other: a head decides, with both texts side by side."""

from sandbox import Person
from tests.journeys.assets import (
    approve_draft,
    asset_record,
    hand_in,
    is_whole,
    under_way,
    want_changes,
)
from tests.journeys.deals import fill_in, form, page_form, refusal, told
from tests.journeys.house import House
from workflows.asset_review import Lane, Topic

LINK = "https://drive.example/initech-deck"
SAYS_MARKETING = "Take the prices out: they age too fast."
SAYS_SALES = "Put the prices on page one."
WHY = "One wants the prices first, the other not at all."


async def contradicted(house: House, owner: str) -> None:
    """Bring AST-1 to two reviews that contradict each other."""
    await under_way(house, owner)
    await hand_in(house, owner, link=LINK)
    await approve_draft(house, "priya")
    await want_changes(house, "mia" if owner != "mia" else "hana", SAYS_MARKETING)
    await want_changes(house, "greta", SAYS_SALES)


async def raise_it(house: House, person: Person, topic: Topic, *lanes: Lane) -> None:
    """Put a contradiction before a head."""
    modal = await page_form(house, person, "AST-1", "Reviews contradict")
    first, second = lanes
    await fill_in(
        house, modal, first=first.value, second=second.value, topic=topic.value, reason=WHY
    )


async def test_the_head_of_sales_decides_on_the_narrative(small_house: House) -> None:
    house = small_house
    await contradicted(house, "mia")
    mia, hugo = house.person("mia"), house.person("hugo")

    modal = await form(house, mia, "Reviews contradict")
    assert "Sales manager (sales narrative): asks for changes" in modal.options("Which review?")
    lane = Lane.MARKETING.value
    await modal.fill(first=lane, second=lane, topic=Topic.NARRATIVE.value, reason=WHY)
    assert "please choose two" in await refusal(modal)
    await fill_in(house, modal, second=Lane.SALES_MANAGER.value)

    assert house.request("AST-1").stage == "conflict_narrative"
    card = hugo.dm_with_bot().cards("AST-1: ")[-1]
    places = [card.text.index(each) for each in (WHY, SAYS_MARKETING, SAYS_SALES)]
    assert places == sorted(places)
    assert house.person("hana").dm_with_bot().cards("This waits for you. Conflict") == []
    assert "Post a draft" not in mia.dm_with_bot().cards("AST-1: ")[-1].buttons
    modal = await form(house, hugo, "Decide")
    assert modal.options("Which review is right?") == [
        "Marketing (brand consistency)",
        "Sales manager (sales narrative)",
        "Neither: as I say below",
    ]
    await fill_in(
        house, modal, upholds=Lane.SALES_MANAGER.value, reason="Prices first, with a date on them."
    )

    assert house.request("AST-1").stage == "changes_requested"
    for handle in ("mia", "priya", "hana", "greta"):
        [decision] = house.person(handle).dm_with_bot().cards("@Hugo Brandt decided")
        assert "Sales manager is upheld" in decision.text
        assert "Prices first, with a date on them." in decision.text
    [conflict] = asset_record(house).conflicts
    assert (conflict.upholds, conflict.decided_by) == (Lane.SALES_MANAGER.value, hugo.id)
    assert house.audited("AST-1")[-2:] == ["raise_conflict", "resolve_conflict"]
    await hand_in(house, "mia", link=LINK + "/2")
    await approve_draft(house, "hana")
    await approve_draft(house, "greta")
    assert house.request("AST-1").stage == "approved"
    is_whole(house)


async def test_the_head_of_marketing_decides_on_brand_and_technical_content(
    small_house: House,
) -> None:
    house = small_house
    await contradicted(house, "leo")
    hana = house.person("hana")

    await raise_it(house, house.person("greta"), Topic.CONTENT, Lane.PRE_SALES, Lane.SALES_MANAGER)

    assert house.request("AST-1").stage == "conflict_content"
    card = hana.dm_with_bot().cards("AST-1: ")[-1]
    assert "approves it as it is" in card.text
    assert SAYS_SALES in card.text
    assert house.person("hugo").dm_with_bot().cards("AST-1: ") == []
    await fill_in(
        house,
        await form(house, hana, "Decide"),
        upholds="neither",
        reason="A price range, on the last page.",
    )

    assert house.request("AST-1").stage == "changes_requested"
    [decision] = house.person("leo").dm_with_bot().cards("@Hana Kim decided")
    assert "Neither is upheld" in decision.text
    assert "A price range, on the last page." in told(house, "greta")
    assert "Post a draft" in house.person("leo").dm_with_bot().cards("AST-1: ")[-1].buttons
    is_whole(house)

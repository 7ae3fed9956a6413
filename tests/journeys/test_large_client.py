"""The large-client mark: set, proposed to be cleared, cleared and kept by the executive."""

from sandbox import Card
from tests.journeys.house import House, ask_for_sow, decide, fill_sow, sow_form


async def newest(house: House, handle: str) -> Card:
    await house.quiet()
    return house.person(handle).dm_with_bot().cards("SOW-1: ")[-1]


async def from_page(card: Card, button: str, reason: str) -> None:
    page = await (await card.click("Details")).modal_opened()
    modal = await (await page.click(button)).modal_opened()
    await modal.fill(reason=reason)
    assert (await modal.submit()).closed


async def ask_for_a_large_one(house: House) -> None:
    modal = await sow_form(house.person("ana"))
    await fill_sow(modal)
    await modal.check("large_client", "This is a larger-scale client")
    await modal.wait_for_text("What makes it a large client?")
    await modal.fill(large_client_reason="40 sites.")
    assert (await modal.submit()).closed


async def test_the_sales_assistant_marks_a_large_client_and_the_executive_decides(
    small_house: House,
) -> None:
    await ask_for_sow(small_house.person("ana"))

    await from_page(await newest(small_house, "dian"), "Mark as large client", "40 sites.")

    card = await newest(small_house, "ryan")
    assert "it is marked as a large client" in card.text
    assert (await newest(small_house, "dian")).buttons == ["Details"]
    await small_house.person("ana").dm_with_bot().wait_for("marked SOW-1")
    await decide(card, "Approve")
    assert "Accept" in (await newest(small_house, "dian")).buttons


async def test_the_mark_is_cleared_by_the_executive(small_house: House) -> None:
    await ask_for_a_large_one(small_house)
    await small_house.quiet()
    listed = await (await small_house.person("dian").command("/sow", "status 1")).replied()
    await from_page(listed, "Not a large client", "Two sites only.")

    await decide(await newest(small_house, "ryan"), "Clear the mark")

    request = small_house.request("SOW-1")
    assert (request.stage, request.details.large_client) == ("acceptance", False)
    await small_house.person("dian").dm_with_bot().wait_for("cleared the large-client mark")
    await small_house.person("ana").dm_with_bot().wait_for("cleared the large-client mark")


async def test_the_mark_is_kept_by_the_executive_with_a_reason(small_house: House) -> None:
    await ask_for_a_large_one(small_house)
    await small_house.quiet()
    listed = await (await small_house.person("dian").command("/sow", "status 1")).replied()
    await from_page(listed, "Not a large client", "Two sites only.")

    await decide(await newest(small_house, "ryan"), "Keep the mark", "More sites follow.")

    request = small_house.request("SOW-1")
    assert (request.stage, request.details.large_client) == ("executive_approval", True)
    told = await small_house.person("dian").dm_with_bot().wait_for("kept the large-client mark")
    assert "More sites follow." in told.text
    assert "Approve" in (await newest(small_house, "ryan")).buttons
    assert small_house.audited("SOW-1") == ["submit", "propose_clearing", "keep_large_client"]

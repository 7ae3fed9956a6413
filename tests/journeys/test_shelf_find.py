"""What is on the shelf is found: by words, by tags, page by page, whatever somebody types."""

import pytest

from sandbox import Card, Modal
from tests.journeys.deals import MONDAY, fill_in, page_form
from tests.journeys.house import House
from tests.journeys.shelf import hand_in, shelved, sought, vouch

HOSTILE = (
    'C++ "',
    "%_'; --",
    '"',
    "*",
    "NEAR( AND OR NOT",
    "title:x OR 1=1",
    "industry:",
    'type:"',
    "\N{OK HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}",
    "<!channel> <@U0SBANA000>",
    "\N{RIGHT-TO-LEFT OVERRIDE}kced",
    "{{ 7 * 7 }}",
    "a" * 3000,
    "deck " * 600,
    "' " * 1500,
)


def refs(card: Card | Modal) -> list[str]:
    """The assets that an answer shows, in their order."""
    return [
        line.rpartition("(")[2].rstrip(")")
        for line in card.text.splitlines()
        if line.endswith(")") and "(SHELF-" in line
    ]


async def link_shelved(house: House, ref: str, title: str, **answers: object) -> None:
    """Put a link on the shelf."""
    answers |= {"link": f"https://drive.example/{ref}", "use_when": "When they ask."}
    await hand_in(house, title=title, **answers)
    await vouch(house, ref)


async def test_words_and_tags_find_and_what_is_outdated_comes_last(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await shelved(house, title="Fintech case study", asset_type="case_study", industries="Fintech")
    await link_shelved(house, "SHELF-2", "Master deck", industries=["Fintech", "Banking"])
    await link_shelved(house, "SHELF-3", "Deck for C++ teams", industries=["Technology"])

    assert refs(await sought(house, "fintech case study")) == ["SHELF-1"]
    assert refs(await sought(house, "studies")) == ["SHELF-1"]
    assert refs(await sought(house, "page 2")) == ["SHELF-1"]
    assert refs(await sought(house, "industry:Fintech type:deck")) == ["SHELF-2"]
    assert refs(await sought(house, 'industry:"fintech" type:case_study')) == ["SHELF-1"]
    assert refs(await sought(house, "deck industry:technology")) == ["SHELF-3"]
    assert refs(await sought(house, "industry:Banking study")) == []
    assert refs(await sought(house, 'C++ "')) == ["SHELF-3"]
    newest = await sought(house, "")
    assert "The newest on the shelf" in newest.text
    assert refs(newest) == ["SHELF-3", "SHELF-2", "SHELF-1"]

    mia = house.person("mia")
    modal = await page_form(house, mia, "SHELF-3", "Mark as outdated")
    await fill_in(house, modal, reason="They write Rust now.")
    decks = await sought(house, "deck")
    assert refs(decks) == ["SHELF-2", "SHELF-3"]
    assert decks.text.count("Outdated: please do not send it out.") == 1
    assert decks.text.index("Master deck") < decks.text.index("Outdated:")
    assert refs(await sought(house, "")) == ["SHELF-2", "SHELF-1", "SHELF-3"]

    modal = await page_form(house, mia, "SHELF-3", "Withdraw")
    await fill_in(house, modal, reason="Nobody needs it.")
    assert refs(await sought(house, "deck")) == ["SHELF-2"]
    assert refs(await sought(house, "")) == ["SHELF-2", "SHELF-1"]


async def test_what_was_meant_is_found_and_else_one_can_ask(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await link_shelved(house, "SHELF-1", "Fintech case study", industries="Fintech")

    near = await sought(house, "fintehc case stduy")
    assert "Did you mean fintech case study?" in near.text
    assert refs(near) == ["SHELF-1"]
    none = await sought(house, "zebra crossing")
    assert 'There is nothing on the shelf for "zebra crossing"' in none.text
    assert refs(none) == []
    form = await (await none.click("Ask for a new asset")).modal_opened()
    assert "What is it for?" in form.text
    nobody = await sought(house, "case study industry:Energy")
    assert refs(nobody) == []
    assert "Only with industry: Energy" in nobody.text


async def test_no_text_is_an_error(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await link_shelved(house, "SHELF-1", "Fintech case study", industries="Fintech")
    posted = len(house.workspace.channel("sales").messages)

    for text in HOSTILE:
        answer = await sought(house, text)
        assert "SHELF-1" in answer.text or "on the shelf for" in answer.text, (text, answer.text)
        assert "reference" not in answer.text.casefold(), (text, answer.text)
        assert "49" not in answer.text

    assert len(house.workspace.channel("sales").messages) == posted
    assert refs(await sought(house, "fintech")) == ["SHELF-1"]


@pytest.mark.prove
async def test_there_are_more_pages(small_house: House) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    for number in range(1, 13):
        industry = "Fintech" if number % 2 else "Energy"
        await link_shelved(house, f"SHELF-{number}", f"Deck number {number}", industries=industry)
    first = await sought(house, "deck")
    assert len(refs(first)) == 5

    window = await (await first.click("More")).modal_opened()
    pages = [*refs(first), *refs(window)]
    assert "after the first 5" in window.text
    await window.click("More")
    await window.wait_for_text("after the first 10")
    pages += refs(window)

    assert sorted(pages) == sorted(f"SHELF-{number}" for number in range(1, 13))
    assert "More" not in window.buttons
    opened = await (await window.click("Open")).modal_opened()
    assert "The link is yours alone" in opened.text
    await opened.close_all()

    meant = await sought(house, "numbre industry:Fintech")
    assert "Did you mean number?" in meant.text
    window = await (await meant.click("More")).modal_opened()
    odd = {f"SHELF-{number}" for number in range(1, 13, 2)}
    assert {*refs(meant), *refs(window)} == odd
    assert len(refs(window)) == 1

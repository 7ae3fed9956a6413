"""Whatever people write stands on the cards as they wrote it, and does nothing there."""

import json

import pytest

from tests.journeys.house import House, ask_for_sow, decide

TEXTS = {
    "mentions": "<!channel> <!here> <@U0SBADAM00> <#C0SBGENERA>",
    "marks": "*bold* _it_ ~no~ `code` > quote",
    "entities": "&lt;b&gt; &amp; R&D < 5 > 4",
    "link": "<https://evil.example|Globex>",
    "template": "{{ 7 * 7 }} {% raw %}",
    "emoji": "😀 🏳️‍🌈 :tada: é",
    "right-to-left": "مرحبا بالعالم",
    "sql": "'); DROP TABLE requests; --",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
async def test_a_name_of_a_client_is_shown_and_nothing_else(small_house: House, text: str) -> None:
    await ask_for_sow(small_house.person("ana"), client=text, need=f"{text}\nand more")

    await small_house.quiet()
    card = small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    await decide(card, "Ask", text)
    await small_house.quiet()
    assert small_house.request("SOW-1").details.client == text
    channel = small_house.workspace.channel("sow-requests")
    for shown in (card, *channel.messages, *channel.messages[0].thread):
        assert "<!channel>" not in shown.fallback
        assert "<@U0SBADAM00>" not in shown.fallback
        blocks = json.dumps(shown.blocks)
        for alive in ('"mrkdwn"', '"broadcast"', 'U0SBADAM00"}', '"link"'):
            assert alive not in blocks
    for word in text.split():
        assert word in card.text


async def test_a_name_of_a_person_does_nothing_either(small_house: House) -> None:
    small_house.workspace.change_user("ana", name="<!channel> *Ana*")
    await small_house.until(
        lambda: "channel" in _name(small_house, "ana"), "the bot knows the new name"
    )

    await ask_for_sow(small_house.person("ana"))

    await small_house.quiet()
    card = small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    assert "<!channel>" not in card.fallback


@pytest.mark.parametrize("length", [3000, 39_000])
async def test_a_very_long_message_becomes_a_request(small_house: House, length: int) -> None:
    ana = small_house.person("ana")
    text = ("Globex & Co need it. " * 3000)[:length].strip()
    message = await small_house.person("ben").say("sales", text)
    modal = await (await ana.message_shortcut("from_message_sow", message)).modal_opened()
    await modal.fill(
        client="Globex", client_type="10x", amount="8,000", contact_name="Hank Scorpio"
    )
    await modal.fill(contact_email="hank@globex.example", needed_by="2027-03-01")

    assert (await modal.submit()).closed

    assert small_house.request("SOW-1").details.need.startswith(text)
    await small_house.quiet()
    assert small_house.backlog.dead == 0
    card = small_house.person("dian").dm_with_bot().cards("SOW-1: ")[-1]
    page = await (await card.click("Details")).modal_opened()
    assert page.text.count("Globex & Co need it.") > 100


def _name(house: House, handle: str) -> str:
    with house.frontdesk.database.unit() as unit:
        person = unit.people.get(house.person(handle).id)
    return "" if person is None else person.name

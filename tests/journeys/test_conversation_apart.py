"""What is for nobody else to read leaves the channel in which somebody asked."""

from datetime import date
from pathlib import Path

from modals.fields import TICKED
from sandbox import Person
from tests.journeys.house import House, open_house
from tests.journeys.test_amounts_shown import naming
from tests.journeys.test_conversation import SOW, card, talking_house

SECRET = "Umbrella"
TYPED = {
    "client": SECRET,
    "client_type": "api",
    "need": "A merger.",
    "amount": "487,654",
    "contact_name": "Hank",
    "contact_email": "hank@umbrella.example",
    "needed_by": date(2038, 2, 15),
}


def read_there(house: House, channel: str, viewer: str) -> str:
    """Everything that stands in a channel and its threads, as somebody reads it."""
    return "\n".join(
        each.text for each in house.workspace.channel(channel, viewer=viewer).everything
    )


async def begun(ana: Person) -> None:
    await ana.say("sales", "@frontdesk I need a SOW")
    await ana.channel("sales").wait_for("Open as form")


async def test_what_is_typed_into_a_form_is_not_shown_in_the_channel(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        ana = house.person("ana")
        await begun(ana)
        shown = await ana.channel("sales").wait_for("Open as form")
        form = await (await shown.click("Open as form")).modal_opened()
        await form.fill(**TYPED, private=[TICKED])
        await form.close()
        here = await card(ana, "That is everything")
        assert f"Client: {SECRET}" in here.text
        await house.quiet()
        await ana.channel("sales").wait_for("This goes on in a direct message")

        form = await (await here.click("Open as form")).modal_opened()
        assert (await form.submit()).closed
        await card(ana, "Sent: SOW-1")
        await house.quiet()
        assert house.request("SOW-1").details.private
        others = read_there(house, "sales", "ben")
        for secret in (SECRET, "487", "Hank", "SOW-1", "Private"):
            assert secret not in others


async def test_where_amounts_are_withheld_one_talks_in_the_dm(tmp_path: Path) -> None:
    async with open_house(tmp_path, FRONTDESK_CONFIG=naming(tmp_path, "executive")) as house:
        ana = house.person("ana")
        await ana.say("sales", f"@frontdesk {SOW}")
        shown = await card(ana, "Client: Initech")
        assert "Amount: 250,000.00 USD" in shown.text
        assert "250,000" not in read_there(house, "sales", "ben")
        await ana.dm("contact is Jane Doe")
        await card(ana, "Client contact: Jane Doe")


async def test_another_company_reads_nothing_of_it(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        ana = house.person("ana")
        house.workspace.add_person("eve", name="Eve Moss", team="Initech")
        house.workspace.add_channel("initech", ["ana", "eve"], shared=True)
        house.workspace.invite_bot_to("initech")
        await ana.say("initech", f"@frontdesk {SOW}")
        await card(ana, "Client: Initech")
        await house.quiet()
        assert "Amount" not in read_there(house, "initech", "eve")


async def test_somebody_elses_card_is_not_ones_own(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        ana, ben = house.person("ana"), house.person("ben")
        await begun(ana)
        for button in ("Open as form", "Discard"):
            pressed = await (await ben.channel("sales").wait_for("Open as form")).click(button)
            assert "Only whoever began this" in (await pressed.replied()).text
        assert len(house.drafts("ana")) == 1


async def test_home_follows_what_is_begun_and_given_up(tmp_path: Path) -> None:
    async with talking_house(tmp_path) as house:
        ana = house.person("ana")
        home = await ana.open_home()
        await home.wait_for_text("Your requests")
        await ana.dm(SOW)
        await house.until(lambda: "Resume" in home.buttons, "it can be resumed from Home")
        await ana.dm("cancel")
        await house.until(lambda: "Resume" not in home.buttons, "it is gone from Home")

"""The same form from anywhere: shortcuts, a message, the Home tab, a word to the bot."""

from tests.journeys.house import House, fill_sow

ASK = "ask_sow"
FROM_MESSAGE = "from_message_sow"


async def test_a_global_shortcut_opens_the_form(house: House) -> None:
    modal = await (await house.person("ana").global_shortcut(ASK)).modal_opened()
    await fill_sow(modal)

    assert (await modal.submit()).closed
    assert house.refs("ana") == ["SOW-1"]


async def test_the_home_tab_opens_the_form(house: House) -> None:
    home = await house.person("ana").open_home()
    await home.wait_for_text("Ask for something")

    modal = await (await home.click("New Statement of Work")).modal_opened()
    await fill_sow(modal)

    assert (await modal.submit()).closed
    await home.wait_for_text("SOW-1")


async def test_a_long_message_is_cut_in_the_form_and_whole_in_the_request(house: House) -> None:
    ana = house.person("ana")
    text = " ".join(f"word{number}" for number in range(1200))[:10_000]
    message = await house.person("ben").say("sales", text)

    modal = await (await ana.message_shortcut(FROM_MESSAGE, message)).modal_opened()

    assert len(modal.value("need")) <= 3000
    assert modal.value("need").startswith("word0 word1 ")
    assert "Only the beginning is shown" in modal.text
    await fill_sow(modal, need=modal.value("need"))
    assert (await modal.submit()).closed
    place = f"{message.channel}/p{message.ts.replace('.', '')}"
    link = f"https://harborlight.slack.com/archives/{place}"
    assert house.request("SOW-1").details.need == f"{text.strip()}\n\n{link}"


async def test_a_message_reads_in_the_form_as_it_reads_in_slack(small_house: House) -> None:
    ana = small_house.person("ana")
    said = "@dian: R&D needs < 5 days, see https://globex.example/rfp?a=1&b=2"
    message = await small_house.person("ben").say("sales", said)

    modal = await (await ana.message_shortcut(FROM_MESSAGE, message)).modal_opened()

    said = "@Dian Porter: R&D needs < 5 days, see https://globex.example/rfp?a=1&b=2"
    place = f"{message.channel}/p{message.ts.replace('.', '')}"
    link = f"https://harborlight.slack.com/archives/{place}"
    assert modal.value("need") == f"{said}\n\n{link}"


async def test_what_a_message_says_for_certain_is_in_its_form(small_house: House) -> None:
    ana = small_house.person("ana")
    said = "SOW for Initech, 250,000 EUR, contact legal@initech.example, maybe start 3/4"
    message = await small_house.person("ben").say("sales", said)

    modal = await (await ana.message_shortcut(FROM_MESSAGE, message)).modal_opened()

    filled = [modal.value(each) for each in ("client", "amount", "contact_email")]
    assert filled == ["Initech", "250000", "legal@initech.example"]
    assert modal.value("currency")["value"] == "EUR"
    assert not modal.value("start")  # which day that is, is a guess
    assert modal.value("need").startswith(said)


async def test_a_word_to_the_bot_is_answered_once_however_often_it_is_delivered(
    house: House,
) -> None:
    ana = house.person("ana")
    house.workspace.faults.redeliver("message", times=2)

    await ana.dm("hello?")

    card = await ana.dm_with_bot().wait_for("I keep requests on their way")
    await house.workspace.until(lambda: len(house.workspace.deliveries.of("message")) >= 3)
    await house.quiet()
    assert len(ana.dm_with_bot().cards()) == 1
    modal = await (await card.click("New Statement of Work")).modal_opened()
    assert modal.title == "Statement of Work"


async def test_a_mention_is_answered(small_house: House) -> None:
    ana = small_house.person("ana")

    await ana.say("sales", "@frontdesk what can you do?")

    await ana.dm_with_bot().wait_for("You see what you asked for")

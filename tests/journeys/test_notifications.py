"""Nobody is woken, nobody is flooded, and nothing that waits on somebody is kept from them."""

from pathlib import Path

from tests.journeys.house import House, ask_for_sow, decide
from tests.journeys.reaching import BERLIN, at, choose, heard, quiet_house, said, settings_of

CARD = "SOW-1: "


async def test_what_comes_at_night_waits_for_the_readers_morning(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 22))
        await ask_for_sow(house.person("ana"))

        # Who acts hears the answer at once, and so does the channel; whoever sleeps sleeps on.
        assert len(await heard(house, "ana", CARD)) == 1
        assert len(house.workspace.channel("sow-requests").cards(CARD)) == 1
        assert await heard(house, "dian") == []
        assert await said(house, "dian", at(24, 7, 59)) == 0

        assert await said(house, "dian", at(24, 8), CARD) == 1
        assert "Accept" in (await heard(house, "dian", CARD))[0].buttons


async def test_who_acts_at_night_gets_their_own_next_step_and_no_stale_one(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 22))
        await ask_for_sow(house.person("ana"))
        await house.set_clock(at(23, 23))
        home = await house.person("dian").open_home()
        await home.wait_for_text("SOW-1")
        page = await (await home.click("Details")).modal_opened()
        await page.click("Accept")

        [card] = await heard(house, "dian")
        assert "Drafting" in card.text
        assert len(await heard(house, "ana")) == 1  # her card is drawn anew, which does not sound
        assert "Drafting" in (await heard(house, "ana", CARD))[0].text

        # In the morning: the news for Ana, and for Dian nothing that she has done already.
        assert await said(house, "ana", at(24, 8), "accepted SOW-1") == 1
        assert len(await heard(house, "dian")) == 1


async def test_days_off_are_quiet_and_nights_are_those_of_the_reader(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(25, 20, 30))  # the evening before a holiday
        await ask_for_sow(house.person("ana"))
        await ask_for_sow(house.person("ana"), "250,000")

        # Ryan is in Los Angeles, where it is half past five.
        assert len(await heard(house, "ryan", "SOW-2: ")) == 1
        assert await said(house, "dian", at(26, 12)) == 0
        assert await said(house, "dian", at(27, 7, 59)) == 0
        assert await said(house, "dian", at(27, 8), CARD) == 1


async def test_what_waited_comes_in_order_and_only_once(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 21))
        for _ in range(3):
            await ask_for_sow(house.person("ana"))
        assert await heard(house, "dian") == []
        await house.restart()

        await house.set_clock(at(24, 8, 1))
        cards = await heard(house, "dian")
        assert [card.text[:6] for card in cards] == ["SOW-1:", "SOW-2:", "SOW-3:"]
        assert house.backlog.dead == 0


async def test_an_escalation_waits_too_unless_its_reader_lets_it_pass(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 15))
        await ask_for_sow(house.person("ana"), "250,000")
        told = "has been waiting too long"
        # Hugo is in Berlin: it escalates when it is nine in the evening there.
        assert await said(house, "hugo", at(27, 15, 1), told) == 0
        assert await said(house, "hugo", at(30, 8, 0, BERLIN), told) == 1

    (tmp_path / "again").mkdir()
    async with quiet_house(tmp_path / "again") as house:
        await house.set_clock(at(23, 15))
        await choose(house, "hugo", urgent_passes=["yes"])
        await ask_for_sow(house.person("ana"), "250,000")
        assert await said(house, "hugo", at(27, 15, 1), told) == 1


async def test_everything_is_chosen_in_one_form_that_says_the_defaults(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 22))
        await ask_for_sow(house.person("ana"))
        assert await heard(house, "dian") == []

        home = await house.person("dian").open_home()
        await home.wait_for_text("SOW-1")
        form = await (await home.click("Notifications")).modal_opened()
        usual = "everything at once, quiet from 20:00 until 08:00, days off quiet, digest at 09:00"
        assert f"{usual}, 20 messages a day" in form.text
        await form.fill(most_pings="none")
        refused = await form.submit()
        assert refused.errors == {
            "Messages a day at most": "Please write a whole number from 1 to 1000."
        }
        await form.fill(most_pings="30", quiet_from="23:30", quiet_until="06:30", followed="off")
        assert (await form.submit()).closed

        # It holds at once: what waited comes now, for her night has not begun yet.
        assert len(await heard(house, "dian", CARD)) == 1
        again = await settings_of(house, "dian")
        shown = again.fields
        assert shown["My quiet hours begin at"] == "23:30"
        assert shown["Messages a day at most"] == "30"
        assert shown["News of requests I follow"] == "Not at all"
        assert (await settings_of(house, "ana")).fields["My quiet hours begin at"] == "20:00"


async def test_the_digest_has_the_news_of_a_day_once(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 10))
        await choose(house, "ana", mine="digest")
        for amount in ("8,000", "9,000"):
            await ask_for_sow(house.person("ana"), amount)
        await house.quiet()
        before = len(await heard(house, "ana"))
        dians = house.person("dian").dm_with_bot()
        await decide(dians.cards("SOW-1: ")[-1], "Accept")
        await decide(dians.cards("SOW-2: ")[-1], "Reject", "There is one already.")
        assert len(await heard(house, "ana")) == before
        assert await said(house, "ana", at(24, 8, 59)) == before
        await house.restart()

        assert await said(house, "ana", at(24, 9), "requests have news for you") == 1
        [digest] = await heard(house, "ana", "2 requests have news for you")
        assert "accepted SOW-1" in digest.text
        assert "There is one already." in digest.text
        assert digest.buttons.count("Details") == 2
        await house.restart()
        assert await said(house, "ana", at(25, 12)) == before + 1  # the day after there is nothing
        assert await said(house, "ana", at(30, 12)) == before + 1


async def test_a_digest_tells_the_newest_of_a_request_and_never_keeps_a_decision(
    tmp_path: Path,
) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 10))
        await choose(house, "ana", mine="digest")
        await ask_for_sow(house.person("ana"))
        await house.quiet()
        card = house.person("dian").dm_with_bot().cards(CARD)[-1]
        await decide(card, "Request changes", "Say more about the scope.")
        # That waits on her, so it comes at once.
        assert len(await heard(house, "ana", "Say more about the scope.")) >= 1
        asker = (await heard(house, "ana", CARD))[0]
        modal = await (await asker.click("Edit and resubmit")).modal_opened()
        assert (await modal.submit()).closed
        await house.quiet()
        dians = house.person("dian").dm_with_bot()
        await decide(dians.cards(CARD)[-1], "Accept")
        before = len(await heard(house, "ana"))

        assert await said(house, "ana", at(24, 9), "One request has news for you") == 1
        assert len(await heard(house, "ana")) == before + 1


async def test_what_is_switched_off_is_not_told_and_the_card_goes_on(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 13))
        told = "reassigned"
        await given_to_greta(house, 1)
        assert len(await heard(house, "dian", told)) == 1

        await choose(house, "dian", followed="off")
        await given_to_greta(house, 2)

        assert len(await heard(house, "dian", told)) == 1
        assert "Accept" not in (await heard(house, "dian", "SOW-2: "))[0].buttons
        assert await said(house, "dian", at(25, 12), told) == 1
        record = house.frontdesk.database.post_office.about("SOW-2")
        assert "dropped" in {each.state for each in record if each.parcel.kind == "notice"}


async def given_to_greta(house: House, nth: int) -> None:
    """Ask for a Statement of Work, and let an admin give it to somebody else than Dian."""
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    shown = await house.person("adam").command("/sow", f"status {nth}", channel="sales")
    page = await (await (await shown.replied()).click("Details")).modal_opened()
    modal = await (await page.click("Reassign")).modal_opened()
    await modal.fill(person="greta", reason="Dian is busy.")
    assert (await modal.submit()).closed
    await house.quiet()


async def test_beyond_the_cap_what_waits_is_one_message(tmp_path: Path) -> None:
    async with quiet_house(tmp_path, "most_pings = 2") as house:
        await house.set_clock(at(23, 10))
        for _ in range(5):
            await ask_for_sow(house.person("ana"))
            await house.quiet()

        cards = await heard(house, "dian", "asked for a Statement of Work")
        assert len(cards) == 2
        [pile] = await heard(house, "dian", "things wait for you")
        assert "5 things wait for you" in pile.text
        page = await (await pile.click("Details")).modal_opened()
        await page.click("Accept")
        await house.quiet()
        assert house.request("SOW-1").stage == "drafting"

        # A new day begins at nought.
        await house.set_clock(at(24, 10))
        await ask_for_sow(house.person("ana"))
        assert len(await heard(house, "dian", "SOW-6: ")) == 1


async def test_beyond_the_cap_news_come_with_the_digest(tmp_path: Path) -> None:
    async with quiet_house(tmp_path) as house:
        await house.set_clock(at(23, 10))
        await choose(house, "ana", most_pings="1")
        await ask_for_sow(house.person("ana"))
        await house.quiet()
        card = house.person("dian").dm_with_bot().cards(CARD)[-1]
        await decide(card, "Accept")
        before = len(await heard(house, "ana"))

        assert len(await heard(house, "ana", "accepted SOW-1")) == 0
        assert await said(house, "ana", at(24, 9), "One request has news for you") == 1
        assert len(await heard(house, "ana")) == before + 1


async def test_announcements_by_mail_are_chosen_there_too(small_house: House) -> None:
    label = "Announcements of new assets"
    assert (await settings_of(small_house, "ana")).fields[label] == ""
    await choose(small_house, "ana", announcements_by_mail=["yes"])
    assert (await settings_of(small_house, "ana")).fields[label] != ""
    await small_house.person("ana").command("/asset", "mail", channel="sales")
    assert (await settings_of(small_house, "ana")).fields[label] == ""

"""A file that Frontdesk can see is nobody's to hand in but of whoever uploaded it."""

from sandbox.state.records import File
from tests.journeys.assets import asset_record, hand_in, pdf, under_way
from tests.journeys.deals import accepted, form, page_form, record, told, with_client
from tests.journeys.house import House
from tests.security.record import stored

THEIRS = "uploaded by somebody else; whoever hands it in has to upload it"
CANARY = "canary-salaries"


async def not_hers(house: House, name: str) -> File:
    """Return a file that Ana has shared in a channel in which Frontdesk is, and few others."""
    house.workspace.add_channel("boardroom", ["ana"])
    house.workspace.invite_bot_to("boardroom")
    ana = house.person("ana")
    content = pdf(CANARY) if name.endswith(".pdf") else CANARY.encode()
    file = await ana.upload(name, content)
    await ana.say("boardroom", "For us alone", files=[file])
    return file


async def test_a_scope_is_not_read_from_it(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    file = await not_hers(house, "salaries.md")
    modal = await form(house, house.person("dian"), "Draft")
    await modal.attach("A longer scope", file)
    assert not (await modal.submit()).closed
    await house.quiet()

    assert THEIRS in told(house, "dian")
    assert [name for name, rows in stored(house).items() if CANARY in rows] == []
    assert house.backlog.dead == 0


async def test_it_becomes_no_draft_of_an_asset(small_house: House) -> None:
    house = small_house
    await under_way(house)
    file = await not_hers(house, "salaries.pdf")

    await hand_in(house, "mia", file)

    assert asset_record(house).drafts == ()
    cards = house.person("mia").dm_with_bot().cards("so nobody can review it")
    assert [THEIRS in each.text for each in cards] == [True]
    await hand_in(house, "mia", await house.person("mia").upload("deck.pdf", pdf("A deck")))
    assert [each.name for each in asset_record(house).drafts] == ["deck.pdf"]


async def test_it_is_no_evidence(small_house: House) -> None:
    house = small_house
    await with_client(house)
    file = await not_hers(house, "salaries.pdf")
    modal = await page_form(house, house.person("dian"), "SOW-1", "Approved by other means")
    await modal.fill(name="Hank Scorpio", title="CEO", reason="Signed on paper.")
    await modal.attach("Evidence", file)
    assert (await modal.submit()).closed
    await house.quiet()

    signature = record(house).signature
    assert signature is not None
    assert signature.evidence_sha256 == ()
    assert len(house.person("adam").dm_with_bot().cards(THEIRS)) == 1

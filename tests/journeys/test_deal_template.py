"""Templates come from an admin's hand, are tried out, and render once the head of sales agrees."""

from bot import moves
from sandbox import Card
from tests.integrations.documents.reading_pdf import words
from tests.journeys.deals import (
    accepted,
    content,
    drafted,
    fill_in,
    form,
    is_sound,
    offering,
    page_form,
    press,
    record,
    told,
)
from tests.journeys.house import House

GOOD = """// required: {required}
#set page(paper: "a4")
#let data = json(bytes(sys.inputs.data))
= House style {number} for #data.client
#data.total, version #data.version
"""


def good(number: int, required: str = "client, total") -> bytes:
    return GOOD.format(number=number, required=required).encode()


async def handed_in(house: House, source: bytes, name: str = "ours.typ") -> None:
    """Let the admin hand in a template."""
    adam = house.person("adam")
    modal = await (await adam.command("/template", channel="general")).modal_opened()
    await modal.fill(key="sow", note="With our new colours.")
    await modal.attach("The template", await adam.upload(name, source))
    await fill_in(house, modal)


async def approved(house: House, ref: str) -> None:
    """Let the head of sales approve a template."""
    hugo = house.person("hugo")
    await house.quiet()
    [card] = [each for each in hugo.dm_with_bot().cards(f"{ref}:") if "Approve" in each.buttons]
    await card.click("Approve")
    await house.quiet()
    assert house.request(ref).stage == "approved"


async def test_the_next_version_is_made_from_the_template_that_was_approved(
    small_house: House,
) -> None:
    house = small_house
    await accepted(house, "8,000")
    await drafted(house)
    await handed_in(house, good(1))
    request = house.request("TPL-1")
    assert (request.stage, request.details.version) == ("approval", 1)
    assert content(house, request.details.sha256) == good(1)
    await drafted(house, payment_terms="60 days net")
    shipped = house.frontdesk.desk.renderer.shipped("sow").sha256
    assert record(house).versions[1].template == f"sow 0 ({shipped[:12]})"

    await approved(house, "TPL-1")
    await drafted(house, payment_terms="90 days net")

    version = record(house).versions[2]
    assert version.template == f"sow 1 ({request.details.sha256[:12]})"
    assert "Housestyle1forGlobex" in words(content(house, version.sha256))
    assert record(house).versions[0].template == record(house).versions[1].template
    assert "approved" in told(house, "adam")
    is_sound(house)


async def test_a_template_that_does_not_work_says_why_and_can_be_mended(
    small_house: House,
) -> None:
    house, adam = small_house, small_house.person("adam")
    bad = {
        b"= Hello\n#foo": "line 2: unknown variable: foo",
        b'#read("/etc/passwd")': "line 1: file not found",
        b"\xff\xfe\x00": "The file is not UTF-8 text; a template is a .typ file.",
    }
    first, *others = bad.items()
    await handed_in(house, first[0])
    assert house.request("TPL-1").stage == "changes_requested"
    assert first[1] in told(house, "adam")
    assert not any("Approve" in b for b in buttons(house, "hugo"))
    for source, why in others:
        await mended(house, source)
        assert house.request("TPL-1").stage == "changes_requested"
        assert why in offering(adam, "Edit and resubmit").text

    await mended(house, good(2))

    assert house.request("TPL-1").stage == "approval"
    await approved(house, "TPL-1")
    is_sound(house)


def buttons(house: House, handle: str) -> list[str]:
    cards: list[Card] = house.person(handle).dm_with_bot().messages
    return [button for card in cards for button in card.buttons]


async def mended(house: House, source: bytes) -> None:
    """Let the admin hand in another file instead."""
    adam = house.person("adam")
    modal = await form(house, adam, "Edit and resubmit")
    await modal.attach("The template", await adam.upload("mended.typ", source))
    await fill_in(house, modal)


async def test_what_was_found_out_of_the_file_before_says_nothing_of_this_one(
    small_house: House,
) -> None:
    house = small_house
    await handed_in(house, b"= Hello\n#foo")
    before = house.request("TPL-1").details.files
    await mended(house, good(2))
    desk, details = house.frontdesk.desk, house.request("TPL-1").details
    assert details.files != before

    moves.by_frontdesk(desk, "TPL-1", "check_failed", reason="It does not work.", files=before)
    moves.by_frontdesk(
        desk, "TPL-1", "checked", files=before, sha256="0" * 64, version=9, required=()
    )

    assert house.request("TPL-1").stage == "approval"
    assert house.request("TPL-1").details == details
    moves.by_frontdesk(
        desk, "TPL-1", "check_failed", reason="It does not work.", files=details.files
    )
    assert house.request("TPL-1").stage == "changes_requested"


async def test_a_template_that_never_ends_is_ended(small_house: House) -> None:
    house = small_house

    await handed_in(house, b"#while true {}")

    assert house.request("TPL-1").stage == "changes_requested"
    said = told(house, "adam")
    assert "Waiting for you" in said
    assert "does not compile" in said or "10 s" in said or "seconds" in said
    is_sound(house)


async def test_only_an_admin_hands_in_a_template(small_house: House) -> None:
    house = small_house

    for handle in ("ana", "hugo"):
        refused = await house.person(handle).command("/template", channel="general")
        assert refused.modal is None
        assert "You cannot ask for a document template" in (await refused.replied()).text


async def test_what_a_template_needs_is_listed_by_name_and_can_be_filled_in(
    small_house: House,
) -> None:
    house, dian = small_house, small_house.person("dian")
    await handed_in(house, good(1, "client, client_address"))
    await approved(house, "TPL-1")
    await accepted(house, "8,000")

    await drafted(house)

    assert "The template sow also needs: Client address." in told(house, "dian")
    assert record(house).versions[0].sha256 == ""
    await press(house, dian, "Details")
    await fill_in(
        house, await page_form(house, dian, "SOW-1", "Draft"), client_address="1 Main Street"
    )
    assert record(house).versions[1].sha256
    is_sound(house)


async def test_of_two_templates_the_one_approved_last_is_used(small_house: House) -> None:
    house = small_house
    await handed_in(house, good(1))
    await handed_in(house, good(2))
    for ref in ("TPL-1", "TPL-2"):
        await approved(house, ref)
    await accepted(house, "8,000")

    await drafted(house)

    made = record(house).versions[0]
    assert "Housestyle2" in words(content(house, made.sha256))
    versions = {house.request(ref).details.version for ref in ("TPL-1", "TPL-2")}
    assert versions == {1, 2}

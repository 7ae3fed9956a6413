"""Drafts that cannot be kept: a sentence for the owner, nothing is lost, and the next one works."""

import io
import zipfile
from pathlib import Path

import pytest

from sandbox import Modal
from sandbox.state.records import File
from tests.journeys.assets import (
    approve_draft,
    asset_record,
    asset_thread,
    hand_in,
    is_whole,
    pdf,
    under_way,
    want_changes,
)
from tests.journeys.deals import form, offering, refusal, told
from tests.journeys.house import House, open_house

MEGABYTE = 1024 * 1024


def presentation_with_macros() -> bytes:
    """A presentation as PowerPoint saves one that holds Visual Basic."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p:presentation/>")
        archive.writestr("ppt/vbaProject.bin", b"\0" * 100)
    return packed.getvalue()


async def handed_in(house: House, name: str, content: bytes, size: int | None = None) -> File:
    """Let Mia hand in a file as a draft."""
    file = await house.person("mia").upload(name, content, size=size)
    await hand_in(house, "mia", file)
    return file


async def draft_in_hand(house: House) -> Modal:
    """Let Mia fill in the form about a draft, with a file, and not send it yet."""
    mia = house.person("mia")
    modal = await form(house, mia, "Post a draft")
    await modal.attach("The draft as a file", await mia.upload("deck.pdf", pdf("A deck")))
    await modal.fill(note="The first version.")
    return modal


def complaints(house: House) -> list[str]:
    """What Mia was told of drafts that could not be kept, oldest first."""
    cards = house.person("mia").dm_with_bot().cards("so nobody can review it")
    return [each.text for each in cards]


@pytest.mark.parametrize(
    ("name", "content", "size", "sentence"),
    [
        ("deck.exe", b"MZ\x90\0", None, "The file is a program or a script"),
        ("deck.pdf", b"MZ\x90\0", None, "The file is a program or a script"),
        ("deck.pptx", presentation_with_macros(), None, "please save it without them"),
        ("film.mp4", b"\0\0\0\x18ftypmp42", 200 * MEGABYTE, "film.mp4 is 200 MB; the most"),
    ],
)
async def test_a_file_that_is_not_taken_comes_back_with_a_sentence(
    small_house: House, name: str, content: bytes, size: int | None, sentence: str
) -> None:
    house = small_house
    await under_way(house)

    await handed_in(house, name, content, size)

    [complaint] = complaints(house)
    assert sentence in complaint
    assert "Please post it again, with another file or as a link." in complaint
    assert house.request("AST-1").stage == "in_development"
    assert asset_record(house).drafts == ()
    assert any(sentence in each.text for each in asset_thread(house))
    assert "Approve" not in house.person("hana").dm_with_bot().cards("AST-1: ")[-1].buttons
    await handed_in(house, "deck.pdf", pdf("A deck"))
    assert house.request("AST-1").stage == "in_review"
    assert [(each.number, each.name) for each in asset_record(house).drafts] == [(1, "deck.pdf")]
    assert house.audited("AST-1").count("draft_failed") == 1
    is_whole(house)


@pytest.mark.prove
async def test_a_file_that_is_deleted_before_it_is_read_takes_no_approval_with_it(
    small_house: House,
) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", link="https://drive.example/deck")
    await approve_draft(house, "priya")
    await approve_draft(house, "hana")
    await want_changes(house, "greta", "Begin with their problem.")
    mia = house.person("mia")
    file = await mia.upload("deck.pdf", pdf("A deck"))
    modal = await form(house, mia, "Post a draft")
    await modal.attach("The draft as a file", file)
    await modal.fill(note="The second version.")
    await mia.delete_file(file)
    assert (await modal.submit()).closed
    await house.quiet()

    [complaint] = complaints(house)
    assert "The file was deleted in Slack before it could be read." in complaint
    assert [each.number for each in asset_record(house).drafts] == [1]
    await handed_in(house, "deck.pdf", pdf("A deck"))

    assert [each.number for each in asset_record(house).drafts] == [1, 2]
    buttons = {
        handle: house.person(handle).dm_with_bot().cards("AST-1: ")[-1].buttons
        for handle in ("priya", "hana", "greta")
    }
    assert [who for who, offered in buttons.items() if "Approve" in offered] == ["greta"]
    await approve_draft(house, "greta")
    assert house.request("AST-1").stage == "approved"
    is_whole(house)


async def test_a_link_that_is_not_a_link_stays_in_the_form(small_house: House) -> None:
    house = small_house
    await under_way(house)
    modal = await form(house, house.person("mia"), "Post a draft")
    await modal.fill(note="The first version.")

    assert "Please attach a file or give a link, not both." in await refusal(modal)
    for typed, sentence in (
        ("see my drive", "This is not a link."),
        ("javascript:alert(1)", "This is not a link."),
        ("http://drive.example/deck", "It begins with https://"),
        ("https://fileserver/deck", "works on few computers only"),
    ):
        await modal.fill(link=typed)
        assert sentence in await refusal(modal)
    assert house.request("AST-1").stage == "accepted"
    await modal.fill(link="https://drive.example/deck")
    assert (await modal.submit()).closed
    assert house.request("AST-1").stage == "in_review"


@pytest.mark.prove
async def test_nothing_is_delivered_but_the_version_that_was_approved(small_house: House) -> None:
    house = small_house
    await under_way(house)
    await hand_in(house, "mia", link="https://drive.example/deck")
    for handle in ("priya", "hana", "greta"):
        await approve_draft(house, handle)
    mia = house.person("mia")
    modal = await form(house, mia, "Deliver")
    assert not any("file" in label or "link" in label for label in modal.labels)
    await modal.close()

    await hand_in(house, "mia", await mia.upload("deck.pdf", pdf("A deck")))
    assert house.request("AST-1").stage == "in_review"
    for handle in ("priya", "hana", "greta"):
        await approve_draft(house, handle)
    modal = await form(house, mia, "Deliver")
    await modal.fill(title="Initech deck", use_when="At a first call", whom_for="CFOs")
    assert (await modal.submit()).closed
    await house.quiet()

    assert house.request("AST-1").stage == "feedback"
    version = house.request("SHELF-1").details.record.current
    assert house.frontdesk.desk.library.read(version.kept.sha256) == pdf("A deck")
    is_whole(house)


@pytest.mark.prove
async def test_what_the_library_cannot_take_is_kept_when_that_is_mended(
    tmp_path: Path,
) -> None:
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    async with open_house(tmp_path, "http", FRONTDESK_LIBRARY=str(disk / "library")) as house:
        await under_way(house)
        modal = await draft_in_hand(house)
        disk.rename(away)
        assert (await modal.submit()).closed

        adam = house.person("adam").dm_with_bot()
        alarm = await adam.wait_for("Files of assets cannot be kept")
        assert "FRONTDESK_LIBRARY" in alarm.text
        assert house.request("AST-1").stage == "in_review"
        assert "its file is being fetched" in told(house, "hana")
        card = house.person("hana").dm_with_bot().cards("AST-1: ")[-1]
        assert "Approve" not in card.buttons

        away.rename(disk)
        await house.until(lambda: asset_record(house).drafts[0].sha256, "the draft is kept")
        await house.quiet()

        for handle in ("priya", "hana", "greta"):
            await approve_draft(house, handle)
        assert house.request("AST-1").stage == "approved"
        assert complaints(house) == []
        assert len(adam.cards("Files of assets cannot be kept")) == 1
        is_whole(house)


async def test_the_file_of_a_request_that_was_cancelled_meanwhile_is_not_kept(
    tmp_path: Path,
) -> None:
    disk, away = tmp_path / "disk", tmp_path / "away"
    disk.mkdir()
    async with open_house(tmp_path, "http", FRONTDESK_LIBRARY=str(disk / "library")) as house:
        await under_way(house)
        modal = await draft_in_hand(house)
        disk.rename(away)
        assert (await modal.submit()).closed
        await house.person("adam").dm_with_bot().wait_for("Files of assets cannot be kept")
        details = await offering(house.person("mia"), "Details").click("Details")
        opened = await details.modal_opened()
        modal = await (await opened.click("Cancel request")).modal_opened()
        await modal.fill(reason="They left us.")
        assert (await modal.submit()).closed

        away.rename(disk)
        await house.until(lambda: not house.backlog.due, "nothing waits")

        assert house.request("AST-1").stage == "cancelled"
        assert [each for each in disk.rglob("*") if each.is_file()] == []
        is_whole(house)

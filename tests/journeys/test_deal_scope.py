"""A scope too long for its field comes as a file; its text is looked over before it counts."""

import io
import zipfile

import pytest

from sandbox import Card, Modal
from tests.integrations.documents.reading_pdf import squeezed, words
from tests.journeys.deals import accepted, content, fill_in, form, is_sound, letters, record, told
from tests.journeys.house import House

PARAGRAPHS = [f"Step {number}: we visit site {number}." for number in range(1, 1051)]
"""Thirty pages of short paragraphs."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(paragraphs: list[str]) -> bytes:
    """What a word processor makes of paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        document = f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'
        packed.writestr("word/document.xml", document)
    return file.getvalue()


async def attached(house: House, name: str, source: bytes) -> Modal:
    """Hand a draft in with a file for its scope; return its form, which is still open."""
    dian = house.person("dian")
    modal = await form(house, dian, "Draft")
    await modal.fill(background="They asked for it.")
    await modal.attach("A longer scope", await dian.upload(name, source))
    result = await modal.submit()
    assert not result.closed
    await house.quiet()
    return modal


async def offered(house: House) -> Card:
    """Wait until the draft is offered with what was read."""
    return await house.person("dian").dm_with_bot().wait_for("Your draft is kept")


@pytest.mark.parametrize("kind", ["md", "docx"])
async def test_thirty_pages_are_read_and_become_the_scope(small_house: House, kind: str) -> None:
    house = small_house
    await accepted(house, "8,000")
    source = "\n\n".join(PARAGRAPHS).encode() if kind == "md" else word_file(PARAGRAPHS)
    modal = await attached(house, f"scope.{kind}", source)
    assert "Your file is being read" in modal.text
    assert record(house).versions == ()
    await modal.close_all()

    again = await (await (await offered(house)).click("Resume")).modal_opened()
    assert str(again.value("scope")).startswith("Step 1: we visit site 1.")
    assert again.value("background") == "They asked for it."
    await fill_in(house, again)

    document, version = record(house).document, record(house).versions[0]
    assert document is not None
    assert document.scope == "\n\n".join(PARAGRAPHS)
    assert version.pages >= 30
    assert squeezed(PARAGRAPHS[-1]) in words(content(house, version.sha256))
    await fill_in(house, await form(house, house.person("dian"), "Send to client"))
    assert len(letters(house)[-1].as_bytes()) < 100_000
    is_sound(house)


async def test_a_program_is_no_scope(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")

    modal = await attached(house, "scope.exe", b"MZ\x90\x00")

    said = told(house, "dian")
    assert "The scope could not be read." in said
    assert "Only .md, .txt and .docx" in said
    assert record(house).versions == ()
    await modal.close_all()
    again = await (await (await offered(house)).click("Resume")).modal_opened()
    assert again.value("background") == "They asked for it."
    await fill_in(house, again)
    document = record(house).document
    assert document is not None
    assert document.scope.startswith("Two phases of six weeks each.")
    is_sound(house)


async def test_a_file_handed_in_again_is_read_again(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    modal = await attached(house, "scope.exe", b"MZ\x90\x00")
    await modal.close()

    result = await modal.submit()

    assert not result.closed
    await house.quiet()
    assert told(house, "dian").count("The scope could not be read.") == 2


async def test_thirty_dense_pages_fit(small_house: House) -> None:
    house = small_house
    await accepted(house, "8,000")
    dense = [f"Part {number}. " + "We do it thoroughly. " * 24 for number in range(1, 181)]
    modal = await attached(house, "scope.docx", word_file(dense))
    await modal.close_all()

    again = await (await (await offered(house)).click("Resume")).modal_opened()
    result = await again.submit()

    assert result.closed, result.errors

"""What a stranger's file shows of itself."""

import pytest

from bot.ports.documents import Glimpse, NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from tests.integrations.documents.reading_pdf import first_pixel, size_of
from tests.integrations.documents.strange_files import (
    TINY_GIF,
    docx,
    jpeg,
    locked_pdf,
    old_office,
    packed,
    png,
    pptx,
    slide,
    webp,
)

RENDERER = TypstRenderer()
_OFFICE = "application/vnd.openxmlformats-officedocument."


def look(name: str, content: bytes) -> Glimpse:
    return RENDERER.glimpse(name, content)


def pdf_of(source: str) -> bytes:
    return RENDERER.pdf(template_of("t", 1, source), {})


def test_a_pdf_has_text_pages_and_a_picture_of_its_first_page() -> None:
    pages = "#set page(width: 400pt, height: 200pt, fill: {})\n{}"
    pdf = pdf_of(f"{pages.format('red', 'One')}\n#pagebreak()\nZoë’s two")

    seen = look("deck.pdf", pdf)

    assert (seen.mime, seen.pages) == ("application/pdf", 2)
    assert seen.text.split() == ["One", "Zoë’s", "two"]
    assert size_of(seen.picture) == (960, 480)
    assert first_pixel(seen.picture) == (0xFF, 0x41, 0x36)  # Typst's red


def test_of_a_long_pdf_fifty_pages_are_read_and_all_are_counted() -> None:
    seen = look("long.pdf", pdf_of("#for n in range(60) [Page#n #pagebreak()]end"))

    assert seen.pages == 61
    assert "Page49" in seen.text
    assert "Page50" not in seen.text


def test_no_text_is_longer_than_a_hundred_thousand_characters() -> None:
    written = "word " * 30_000

    assert len(look("long.pdf", pdf_of(f"#set text(2pt)\n{written}")).text) == 100_000
    assert len(look("long.txt", written.encode()).text) == 100_000
    assert len(look("long.docx", docx(written)).text) == 100_000
    assert len(look("long.pptx", pptx(*[slide(written)] * 5)).text) == 100_000


def test_a_word_that_is_divided_between_two_lines_is_one_word() -> None:
    source = (
        '#set page(width: 90pt)\n#set text(hyphenate: true, lang: "en")\nan internationalization'
    )

    assert "internationalization" in look("narrow.pdf", pdf_of(source)).text


def test_a_first_page_that_is_far_too_long_has_no_picture() -> None:
    seen = look("long.pdf", pdf_of("#set page(width: 10pt, height: 14000pt, margin: 0pt)\n."))

    assert (seen.pages, seen.picture) == (1, b"")


@pytest.mark.parametrize(
    ("name", "content", "mime", "high", "colour"),
    [
        ("a.png", png(40, 20), "image/png", 480, (255, 0, 0)),
        ("a.jpg", jpeg(), "image/jpeg", 960, (0, 0, 0)),
        ("a.gif", TINY_GIF, "image/gif", 960, (255, 0, 0)),
        ("a.webp", webp(1, 2, 250), "image/webp", 960, (1, 2, 250)),
        ("called-otherwise.jpg", png(40, 20), "image/png", 480, (255, 0, 0)),
    ],
)
def test_an_image_is_its_own_picture(
    name: str, content: bytes, mime: str, high: int, colour: tuple[int, ...]
) -> None:
    seen = look(name, content)

    assert (seen.mime, seen.pages, seen.text) == (mime, 0, "")
    assert size_of(seen.picture) == (960, high)
    assert first_pixel(seen.picture) == colour


@pytest.mark.parametrize("content", [png(9000, 9000), png(10, 101), jpeg(60_000, 60_000)])
def test_an_image_that_is_too_large_to_be_drawn_is_taken_all_the_same(content: bytes) -> None:
    assert look("poster.png", content).picture == b""


def test_a_word_file_has_its_text() -> None:
    seen = look("case.docx", docx("A case study", "of Globex"))

    assert seen == Glimpse(
        mime=_OFFICE + "wordprocessingml.document", text="A case study\n\nof Globex"
    )


def test_a_presentation_has_the_text_of_its_slides() -> None:
    table = "<a:tbl><a:tr><a:tc><a:t>Plan</a:t></a:tc><a:tc><a:t>Price</a:t></a:tc></a:tr></a:tbl>"
    lines = slide("First").replace("First", "First</a:t></a:r><a:br/><a:r><a:t>line")
    slides = [lines, slide("Second").replace("</p:txBody>", f"</p:txBody>{table}")]

    seen = look("deck.pptx", pptx(*slides, *[slide(f"Slide {n}") for n in range(3, 12)]))

    assert (seen.mime, seen.pages) == (_OFFICE + "presentationml.presentation", 11)
    assert seen.text.startswith("First\nline\n\nSecond\n\nPlan | Price\n\nSlide 3\n\n")
    assert seen.text.endswith("Slide 10\n\nSlide 11")
    assert seen.picture == b""


@pytest.mark.parametrize(
    ("name", "content", "mime", "text"),
    [
        ("a.md", b"# One\n\n*two* [three](https://a.example)", "text/markdown", "One\n\ntwo three"),
        ("a.txt", "Łódź".encode(), "text/plain", "Łódź"),
        ("a.txt", "Zoë".encode("cp1252"), "text/plain", "Zoë"),
        ("a.txt", "Zoë".encode("utf-16"), "text/plain", "Zoë"),
        ("LICENSE", b"just text: <b>no page</b>", "text/plain", "just text: <b>no"),
        ("a.txt", ("x" + "é" * 250_000).encode(), "text/plain", "x" + "é" * 99_999),
        ("cut", ("x" + "é" * 250_000).encode(), "text/plain", "x" + "é" * 99_999),
    ],
)
def test_a_text_is_its_own(name: str, content: bytes, mime: str, text: str) -> None:
    seen = look(name, content)

    assert seen.mime == mime
    assert seen.text.startswith(text)


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("a.xlsx", packed({"xl/workbook.xml": "<w/>"}), _OFFICE + "spreadsheetml.sheet"),
        (
            "a.odp",
            packed({"mimetype": "application/vnd.oasis.opendocument.presentation"}),
            "application/vnd.oasis.opendocument.presentation",
        ),
        ("a.key", packed({"Index/Slide.iwa": b"\0"}), "application/vnd.apple.keynote"),
        ("brand.zip", packed({"logo.png": png(1, 1), "Scripts/x.txt": "x"}), "application/zip"),
        ("a.ppt", old_office("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        ("a.doc", old_office("WordDocument"), "application/msword"),
        ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(50), "video/mp4"),
        ("a.mov", b"\0\0\0\x18ftypqt  " + bytes(50), "video/quicktime"),
        ("a.wav", b"RIFF\0\0\0\0WAVE" + bytes(50), "audio/wav"),
        ("a.ttf", b"\0\1\0\0" + bytes(50), "application/octet-stream"),
        ("latin", b"\xe9\xe8\xff", "application/octet-stream"),
    ],
)
def test_other_kinds_are_told_by_their_bytes_and_show_nothing(
    name: str, content: bytes, mime: str
) -> None:
    assert look(name, content) == Glimpse(mime=mime)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "The file is empty."),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "The PDF is damaged; please"),
        ("a.pdf", locked_pdf(), "The PDF is locked with a password; please"),
        ("a.pdf", b"not at all", "The file is damaged, or is not what its name says."),
        ("a.pptx", packed({"a.txt": "x"}), "The file is damaged, or is not what its name says."),
        ("a.png", png(40, 20)[:-20], "The picture is damaged"),
        ("a.png", png(40, 20).replace(b"IDAT", b"IDAX"), "The picture is damaged"),
        ("a.jpg", jpeg()[:-2], "The picture is damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "The picture is damaged"),
        ("a.gif", TINY_GIF[:-1], "The picture is damaged"),
        ("a.gif", b"GIF89a;", "The picture is damaged"),
        ("a.webp", webp(1, 2, 3)[:-1], "The picture is damaged"),
        ("a.png", png(0, 20), "The picture is damaged"),
        ("a.zip", packed({"a.txt": "x"})[:-1], "The file is damaged"),
        ("a.pptx", pptx(slide("a")[:-3]), "The presentation is damaged"),
        ("a.docx", docx("a")[:200], "The file is damaged"),
        ("a.docx", old_office("EncryptedPackage"), "The file is locked with a password; please"),
    ],
)
def test_what_is_damaged_or_locked_is_said(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(NotRendered) as refused:
        look(name, content)

    assert str(refused.value).startswith(sentence)

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from tests.integrations.documents.reading_pdf import first_pixel, size_of

RENDERER = TypstRenderer()


def pdf_of(source: str) -> bytes:
    return RENDERER.pdf(template_of("t", 1, source), {})


def test_each_page_becomes_a_picture_of_the_width_asked_for() -> None:
    pages = RENDERER.pages(pdf_of("#set page(width: 200pt, height: 100pt)\na\n#pagebreak()\nb"))
    (small,) = RENDERER.pages(pdf_of("#set page(width: 200pt, height: 100pt)\na"), width=300)

    assert [size_of(page) for page in pages] == [(1200, 600), (1200, 600)]
    assert size_of(small) == (300, 150)


def test_a_picture_has_the_colours_of_its_page() -> None:
    red, blue = (
        RENDERER.pages(pdf_of(f"#page(width: 10pt, height: 10pt, fill: {colour})[]"), width=4)[0]
        for colour in ("red", "blue")
    )

    assert first_pixel(red) == (0xFF, 0x41, 0x36)  # Typst's red and blue
    assert first_pixel(blue) == (0x00, 0x74, 0xD9)


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(NotRendered, match="damaged, locked with a password, or no PDF"):
        RENDERER.pages(content)


def test_a_page_that_would_eat_all_memory_is_refused() -> None:
    with pytest.raises(NotRendered, match="far too long"):
        RENDERER.pages(pdf_of("#set page(width: 10pt, height: 14000pt, margin: 0pt)\n."))

"""Drafts: the very PDF with DRAFT across each page, and nothing else changed."""

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from tests.integrations.documents.reading_pdf import sizes, words
from tests.integrations.documents.samples import SOW

RENDERER = TypstRenderer()
LANDSCAPE = "#set page(width: 400pt, height: 200pt)\n#pagebreak(weak: true)\nOne\n#pagebreak()\nTwo"


def pdf_of(source: str) -> bytes:
    return RENDERER.pdf(template_of("t", 1, source), {})


def test_each_page_says_draft_and_everything_that_it_said_before() -> None:
    plain = RENDERER.pdf(RENDERER.shipped("sow"), SOW | {"draft": False})

    stamped = RENDERER.stamped(plain)

    assert "DRAFT" not in words(plain)
    assert words(stamped).count("DRAFT") == len(sizes(plain)) > 1
    assert words(stamped).replace("DRAFT", "") == words(plain)
    assert sizes(stamped) == sizes(plain)


def test_the_word_can_be_seen_on_each_page_of_any_shape() -> None:
    plain = pdf_of(LANDSCAPE)

    before, after = RENDERER.pages(plain), RENDERER.pages(RENDERER.stamped(plain))

    assert len(before) == len(after) == 2
    assert all(one != other for one, other in zip(before, after, strict=True))


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_not_stamped(content: bytes) -> None:
    with pytest.raises(NotRendered, match="The preview could not be made"):
        RENDERER.stamped(content)

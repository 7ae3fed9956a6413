"""Documents: from data and an approved template to the bytes of a PDF, and back to pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.ports.values import Json


class NotRendered(Exception):
    """A document could not be made; the text says why, for whoever wrote it or its template."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """How a kind of document looks. ``source`` is Typst; ``required`` names what data it needs.

    ``sha256`` (of the source, in hex) is its identity; ``key`` and ``version`` are what people say.
    ``blank``: what the partner through whom clients sign calls what is signed in its place.
    """

    key: str
    version: int
    source: str
    sha256: str
    required: tuple[str, ...] = ()
    blank: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """What a stranger's file shows of itself.

    ``mime`` is told by its content. ``text`` is what can be searched, cut at 100,000 characters;
    ``pages`` is 0 where there are none; ``picture`` is its first page as PNG, 960 pixels wide, or
    b"" for a kind that cannot be drawn.
    """

    mime: str
    text: str = ""
    pages: int = 0
    picture: bytes = b""


class DocumentRenderer(Protocol):
    """Makes documents. Nothing of the data is ever markup; the same data give the same bytes."""

    def shipped(self, key: str) -> Template:
        """Return the template that whoever installed Frontdesk chose for the kind ``key``.

        Raises KeyError where there is none, NotRendered for one that cannot be read; its version
        is 0. Kinds: ``sow``, ``invoice``, ``certificate``, ``timeline``, ``report``, ``quarter``.
        """

    def template(self, key: str, version: int, source: str) -> Template:
        """Return the template that ``source`` is. Nothing of it runs yet."""

    def pdf(self, template: Template, data: Json) -> bytes:
        """Return the document as PDF. Raises NotRendered, after 10 seconds at the latest.

        It also refuses data that lack what the template requires, and says what.
        """

    def pictures(self, template: Template, data: Json) -> Sequence[bytes]:
        """Return the document's pages as PNG. Raises NotRendered as :meth:`pdf` does."""

    def pages(self, pdf: bytes, *, width: int = 1200) -> Sequence[bytes]:
        """Return a PDF's pages as PNG, ``width`` pixels wide. Raises NotRendered."""

    def stamped(self, pdf: bytes) -> bytes:
        """Return the PDF with DRAFT across each page. Raises NotRendered."""

    def paragraphs(self, name: str, content: bytes) -> str:
        """Return the plain text of a ``.md``, ``.txt`` or ``.docx`` file, a paragraph a line group.

        Raises NotRendered, with a sentence, for any other kind, a damaged or an oversized file.
        """

    def glimpse(self, name: str, content: bytes) -> Glimpse:
        """Look into a file that somebody handed in, whatever it is.

        Raises NotRendered, with a sentence, for a program, a damaged file, or one that is locked.
        A kind that cannot be looked into has neither text nor picture.
        """

"""The embedded renderer: what :class:`bot.ports.DocumentRenderer` promises, by Typst and PDFium."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.ports.documents import Glimpse, NotRendered, Template
from bot.ports.values import Json
from integrations.documents.confinement import confined
from integrations.documents.literal import printable_data
from integrations.documents.template import SHIPPED, shipped_template, template_of


class TypstRenderer:
    """Makes documents on any system, each in a confined process that ends after ``seconds``.

    ``templates`` is a folder of the company's own (``sow.typ``), each in the place of the one that
    is shipped; whoever can write there has approved them. ``fonts`` is a folder of further fonts,
    for scripts beyond Latin, Greek and Cyrillic; without it such letters become empty boxes. Fonts
    of the system are never used: the same template, data and fonts make the same bytes on every
    machine.
    """

    def __init__(
        self,
        *,
        templates: Path | None = None,
        fonts: Path | None = None,
        seconds: float = 10.0,
    ) -> None:
        self._templates = templates
        self._fonts = [str(fonts.resolve())] if fonts else []
        self._seconds = seconds

    def shipped(self, key: str) -> Template:
        """Return the template of the folder, else the one that comes with Frontdesk.

        Raises KeyError where there is none, NotRendered for one that cannot be read.
        """
        own = self._templates / f"{key}.typ" if self._templates and key in SHIPPED else None
        if own is None or not own.is_file():
            return shipped_template(key)
        try:
            return template_of(key, 0, own.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise NotRendered(f"The template {own.name} cannot be read: {error}.") from error

    def template(self, key: str, version: int, source: str) -> Template:
        """Return the template that ``source`` is. Nothing of it runs yet."""
        return template_of(key, version, source)

    def pdf(self, template: Template, data: Json) -> bytes:
        """Return the document as PDF. Raises NotRendered."""
        return self._typeset("pdf", template, data)[0]

    def pictures(self, template: Template, data: Json) -> Sequence[bytes]:
        """Return the document's pages as PNG, 144 dots per inch. Raises NotRendered."""
        return self._typeset("png", template, data)

    def pages(self, pdf: bytes, *, width: int = 1200) -> Sequence[bytes]:
        """Return a PDF's pages as PNG, ``width`` pixels wide. Raises NotRendered."""
        return self._confined("rasterising", {"width": width}, pdf)

    def stamped(self, pdf: bytes) -> bytes:
        """Return the PDF with DRAFT across each page. Raises NotRendered."""
        return self._confined("stamping", {}, pdf)[0]

    def paragraphs(self, name: str, content: bytes) -> str:
        """Return the plain text of a ``.md``, ``.txt`` or ``.docx`` file. Raises NotRendered.

        An empty line between paragraphs, "- " before each item of a list, " | " between the cells
        of a table's row. Neither the file nor what is packed in it may exceed 10 MB.
        """
        return self._confined("reading", {"name": name}, content)[0].decode()

    def glimpse(self, name: str, content: bytes) -> Glimpse:
        """Look into a file that somebody handed in, whatever it is. Raises NotRendered.

        Refused are programs and scripts, by name or by content, pages that a browser would run,
        Office files with macros, and archives that would not stop unpacking. Presentations have
        text and pages but no picture; nor has an image beyond 40 megapixels or 25 MB one, or a
        first page that is ten times as high as wide.
        """
        told, text, picture = self._confined("looking", {"name": name}, content)
        facts = json.loads(told)
        return Glimpse(
            mime=str(facts["mime"]), text=text.decode(), pages=int(facts["pages"]), picture=picture
        )

    def _typeset(self, kind: str, template: Template, data: Json) -> Sequence[bytes]:
        missing = [name for name in template.required if data.get(name) in (None, "", [])]
        if missing:
            raise NotRendered(f"The template “{template.key}” needs {', '.join(missing)}.")
        facts = {
            "format": kind,
            "data": printable_data(data),
            "timestamp": _timestamp(str(data.get("issued_at") or "")),
            "fonts": self._fonts,
        }
        return self._confined("typesetting", facts, template.source.encode())

    def _confined(self, program: str, facts: Json, content: bytes) -> Sequence[bytes]:
        program = f"{__package__}.{program}"
        return confined(program, facts, content, seconds=self._seconds)


def _timestamp(issued_at: str) -> int:
    """Return an ISO 8601 instant (UTC where it names no zone) in seconds since 1970; 0 for none."""
    if not issued_at:
        return 0
    try:
        instant = datetime.fromisoformat(issued_at)
    except ValueError as error:
        raise NotRendered(f"“{issued_at}” is no instant in ISO 8601.") from error
    return int(instant.replace(tzinfo=instant.tzinfo or UTC).timestamp())

"""A confined program: any file of anybody's in, what it shows of itself out."""

import json
import re
from collections.abc import Sequence

import pypdfium2
from pypdfium2 import raw

from bot.ports.documents import Glimpse, NotRendered
from bot.ports.values import Json
from integrations.documents import images, kinds, rasterising
from integrations.documents.answering import answer
from integrations.documents.archive import names_in
from integrations.documents.blocks import plain
from integrations.documents.docx import docx_blocks
from integrations.documents.letters import decoded
from integrations.documents.literal import printable
from integrations.documents.markdown import markdown_blocks
from integrations.documents.pptx import pptx_text, slides_of
from integrations.documents.programs import refuse_packed_programs, refuse_programs

_LONGEST = 100_000
"""How many characters of a text are kept."""

_PAGES = 50
_WIDTH = 960
_UNPACKED = 10 * 1024**2
_READ = 4 * _LONGEST
"""How many bytes of a plain text are looked at: no character has more than four."""

_HYPHEN = re.compile(r"[\x02\ufffe]\s*")
"""What PDFium puts where a word is divided between two lines."""


def look(facts: Json, content: bytes) -> Sequence[bytes]:
    """Return a glimpse of the file called ``facts["name"]``: its facts, its text, its picture.

    Raises NotRendered, with a sentence, for a program, a damaged file or one that is locked.
    """
    name = str(facts["name"])
    if not content:
        raise NotRendered("The file is empty.")
    refuse_programs(name, content)
    seen = _seen(name, content)
    kinds.refuse_misnamed(name, seen.mime)
    told = {"mime": seen.mime, "pages": seen.pages}
    return [json.dumps(told).encode(), seen.text[:_LONGEST].encode(), seen.picture]


def _seen(name: str, content: bytes) -> Glimpse:
    match mime := kinds.kind_of(content):
        case kinds.PDF:
            return _pdf(content)
        case kinds.PNG | kinds.JPEG | kinds.GIF | kinds.WEBP:
            return Glimpse(mime=mime, picture=images.picture_of(mime, content, _WIDTH))
        case kinds.ZIP:
            return _archive(content)
        case kinds.UNKNOWN:
            return _text(name.lower(), content)
        case _:
            return Glimpse(mime=mime)


def _pdf(content: bytes) -> Glimpse:
    try:
        document = pypdfium2.PdfDocument(content)
        text = ""
        for index in range(min(len(document), _PAGES)):
            text += document[index].get_textpage().get_text_range() + "\n\n"
            if len(text) > _LONGEST:
                break
        picture = rasterising.picture_of(document[0], _WIDTH)
    except pypdfium2.PdfiumError as error:
        raise NotRendered(_wrong(error)) from error
    words = printable(_HYPHEN.sub("", text)).strip()
    return Glimpse(mime=kinds.PDF, text=words, pages=len(document), picture=picture)


def _wrong(error: pypdfium2.PdfiumError) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return "The PDF is locked with a password; please hand it in without one."
    return "The PDF is damaged; please hand it in once more."


def _archive(content: bytes) -> Glimpse:
    names = names_in(content)
    refuse_packed_programs(names)
    match mime := kinds.kind_of_archive(content, names):
        case kinds.DOCX:
            text = plain(docx_blocks(content, limit=_UNPACKED))
            return Glimpse(mime=mime, text=printable(text))
        case kinds.PPTX:
            slides = slides_of(names)
            text = pptx_text(content, slides, enough=_LONGEST, limit=_UNPACKED)
            return Glimpse(mime=mime, text=printable(text), pages=len(slides))
        case _:
            return Glimpse(mime=mime)


def _text(name: str, content: bytes) -> Glimpse:
    is_markdown = name.endswith((".md", ".markdown"))
    is_text = is_markdown or name.endswith((".txt", ".csv"))
    text = decoded(content[:_READ], is_text=is_text, is_cut=len(content) > _READ)
    if text is None:
        return Glimpse(mime=kinds.UNKNOWN)
    if is_markdown:
        return Glimpse(mime=kinds.MARKDOWN, text=plain(markdown_blocks(text)))
    return Glimpse(mime=kinds.PLAIN, text=text.strip())


if __name__ == "__main__":
    answer(look)

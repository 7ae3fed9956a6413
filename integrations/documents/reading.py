"""A confined program: a file of text that somebody wrote elsewhere in, plain paragraphs out."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from bot.ports.documents import NotRendered
from bot.ports.values import Json
from integrations.documents.answering import answer
from integrations.documents.blocks import plain
from integrations.documents.docx import docx_blocks
from integrations.documents.letters import decoded
from integrations.documents.literal import printable
from integrations.documents.markdown import markdown_blocks

LARGEST = 10 * 1024**2
"""How many bytes a file may have, packed or unpacked."""

_BULLET = re.compile(r"^[ \t]*[-*•·–][ \t]+", re.MULTILINE)
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")


def read(facts: Json, content: bytes) -> Sequence[bytes]:
    """Return the text of the file called ``facts["name"]``, in UTF-8. Raises NotRendered."""
    if len(content) > LARGEST:
        raise NotRendered("The file is larger than 10 MB.")
    text = _text(PurePath(facts["name"]).suffix.lower(), content).strip()
    if not text:
        raise NotRendered("The file has no text.")
    return [text.encode()]


def _text(kind: str, content: bytes) -> str:
    match kind:
        case ".docx":
            return printable(plain(docx_blocks(content, limit=LARGEST)))
        case ".md":
            return plain(markdown_blocks(_decoded(content)))
        case ".txt":
            bulleted = _BULLET.sub("- ", _decoded(content))
            return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", bulleted))
        case _:
            raise NotRendered("Only .md, .txt and .docx files can be read.")


def _decoded(content: bytes) -> str:
    text = decoded(content)
    if text is None:
        raise NotRendered("The file is no text.")
    return text


if __name__ == "__main__":
    answer(read)

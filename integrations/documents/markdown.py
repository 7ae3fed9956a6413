"""Markdown (CommonMark, and tables) as blocks of plain text; HTML in it is text like any other."""

from collections.abc import Iterable, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from integrations.documents.blocks import Block, row_of


def markdown_blocks(text: str) -> Sequence[Block]:
    """Return the blocks of a text in Markdown. A link is followed by where it leads."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    blocks: list[Block] = []
    row: list[str] | None = None
    bullet = False
    for token in parser.parse(text):
        match token.type:
            case "tr_open":
                row = []
            case "tr_close" if row is not None:
                blocks.append(row_of(row))
                row = None
            case "list_item_open":
                bullet = True
            case "inline" if row is not None:
                row.append(_words(token.children))
            case "inline":
                blocks.append(Block("item" if bullet else "paragraph", _words(token.children)))
                bullet = False
            case "fence" | "code_block":
                blocks.append(Block("paragraph", token.content))
            case _:
                pass
    return blocks


def _words(tokens: Iterable[Token] | None) -> str:
    words, leads_to = "", ""
    for token in tokens or ():
        match token.type:
            case "softbreak":
                words += " "
            case "hardbreak":
                words += "\n"
            case "link_open":
                leads_to = str(token.attrs["href"])
            case "link_close" if leads_to.removeprefix("mailto:") not in words:
                words += f" ({leads_to})"
            case _:
                words += token.content
    return words

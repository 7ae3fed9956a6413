"""What a text is made of, however it was written: paragraphs, items of lists, rows of tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, one item of a list, or one row of a table."""

    kind: Literal["paragraph", "item", "row"]
    text: str


def row_of(cells: Iterable[str]) -> Block:
    """Return the row of a table with these texts in its cells."""
    return Block("row", " | ".join(" ".join(cell.split()) for cell in cells))


def plain(blocks: Sequence[Block]) -> str:
    """Return the blocks as text: an empty line between paragraphs, lists and tables in one piece.

    An item is a line that begins with "- ", a row a line with " | " between its cells.
    """
    full = [block for block in blocks if block.text.strip(" |\n")]
    text = "".join(
        _line(block) + ("\n" if after.kind == block.kind != "paragraph" else "\n\n")
        for block, after in pairwise(full)
    )
    return text + "".join(_line(block) for block in full[-1:])


def _line(block: Block) -> str:
    if block.kind == "item":
        return f"- {' '.join(block.text.split())}"
    return block.text.strip()

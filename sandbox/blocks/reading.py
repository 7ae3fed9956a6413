"""Blocks as a person reads them: their visible text, line by line."""

from collections.abc import Iterator
from typing import Any

from sandbox.blocks import mrkdwn
from sandbox.blocks.elements import TEXT_INPUTS, Values, places, state, value_of
from sandbox.state.records import JSON, Channel, Group, Person, Value
from sandbox.state.store import Store


class Reader:
    """One person's eyes: names from the workspace, dates in the person's zone."""

    def __init__(self, store: Store, viewer: Person) -> None:
        self._store = store
        self.viewer = viewer

    def name(self, kind: str, key: str) -> str:
        """The name behind an id, or the id itself when there is nothing behind it."""
        tables: dict[str, Any] = {
            "user": self._store.people,
            "channel": self._store.channels,
            "group": self._store.groups,
        }
        match tables[kind].get(key):
            case Group(handle=handle):
                return handle
            case Person(name=name) | Channel(name=name):
                return name
            case _:
                return key

    def mrkdwn(self, text: str) -> str:
        """Formatted text as it is shown."""
        return mrkdwn.read(text, self.name, self.viewer.tz)

    def text_object(self, text: JSON | None) -> str:
        """A text object as it is shown."""
        if text is None:
            return ""
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])

    def blocks(self, blocks: list[JSON], inputs: Values | None = None) -> str:
        """All visible text of the blocks, one line or more for each."""
        values = state(blocks, inputs or {})
        return "\n".join(line for block in blocks for line in self._lines(block, values) if line)

    def message(self, text: str, blocks: list[JSON], attachments: list[JSON]) -> str:
        """A message as it is shown: the blocks where there are any, else the text.

        Then the attachments.
        """
        lines = [self.blocks(blocks) if blocks else self.mrkdwn(text)]
        for attachment in attachments:
            lines.append(self.blocks(attachment.get("blocks", [])))
            lines += [
                self.mrkdwn(str(attachment[key]))
                for key in ("pretext", "title", "text")
                if attachment.get(key)
            ]
            lines += [
                f"{f.get('title', '')}: {self.mrkdwn(str(f.get('value', '')))}"
                for f in attachment.get("fields", [])
            ]
        return "\n".join(line for line in lines if line)

    def _lines(self, block: JSON, values: Values) -> Iterator[str]:
        if block["type"] in ("container", "carousel", "card"):
            yield from self._nested(block, values)
        else:
            yield from self._words(block)
        if block["type"] not in ("container", "carousel"):
            for place in places([block]):
                yield self._element(place.element, values, place.block_id)

    def _words(self, block: JSON) -> Iterator[str]:
        match block["type"]:
            case "section":
                yield self.text_object(block.get("text"))
                yield from (self.text_object(field) for field in block.get("fields", []))
            case "header" | "alert":
                yield self.text_object(block.get("text"))
            case "context":
                yield from (e.get("alt_text") or self.text_object(e) for e in block["elements"])
            case "input":
                yield self.text_object(block["label"])
                yield self.text_object(block.get("hint"))
            case "image":
                yield self.text_object(block.get("title")) or block["alt_text"]
            case "markdown":
                yield block["text"]
            case "rich_text":
                yield from (self._rich(element) for element in block["elements"])
            case "table":
                yield from (" | ".join(map(self._cell, row)) for row in block["rows"])
            case _:
                pass

    def _nested(self, block: JSON, values: Values) -> Iterator[str]:
        yield from (self.text_object(block.get(key)) for key in ("title", "subtitle", "body"))
        for child in [
            *block.get("child_blocks", []),
            *(block["elements"] if block["type"] == "carousel" else []),
        ]:
            yield from self._lines(child, values)

    def _cell(self, cell: JSON) -> str:
        if cell["type"] == "rich_text":
            return " ".join(self._rich(element) for element in cell["elements"])
        return str(cell.get("text", cell.get("value", "")))

    def _rich(self, element: JSON) -> str:
        if element["type"] == "rich_text_list":
            return "\n".join(f"• {self._rich(item)}" for item in element["elements"])
        return "".join(self._rich_piece(piece) for piece in element["elements"])

    def _rich_piece(self, piece: JSON) -> str:  # noqa: PLR0911 - one line a kind
        match piece["type"]:
            case "text":
                return str(piece["text"])
            case "link":
                return str(piece.get("text") or piece["url"])
            case "user":
                return "@" + self.name("user", piece["user_id"])
            case "usergroup":
                return "@" + self.name("group", piece["usergroup_id"])
            case "channel":
                return "#" + self.name("channel", piece["channel_id"])
            case "emoji":
                return f":{piece['name']}:"
            case "broadcast":
                return f"@{piece['range']}"
            case "date":
                return mrkdwn.date(int(piece["timestamp"]), str(piece["format"]), self.viewer.tz)
            case _:
                return ""

    def _element(self, element: JSON, values: Values, block_id: str) -> str:
        if element["type"] in ("button", "workflow_button"):
            return f"[{element['text']['text']}]"
        entry = values.get(block_id, {}).get(element.get("action_id", ""))
        if entry is None:
            return ""
        return self.value(entry)

    def value(self, entry: JSON) -> str:
        """What stands in a field, in words."""
        value = value_of(entry)
        if value is None or entry["type"] == "rich_text_input":
            return ""
        if entry["type"] in TEXT_INPUTS:
            return str(value)
        return ", ".join(
            self._chosen(entry["type"], item)
            for item in (value if isinstance(value, list) else [value])
        )

    def _chosen(self, kind: str, item: Value) -> str:
        if isinstance(item, dict):
            return self.text_object(item["text"]) if "text" in item else str(item.get("name", ""))
        if "users" in kind:
            return self.name("user", item)
        if "channels" in kind or "conversations" in kind:
            return self.name("channel", item)
        return str(item)

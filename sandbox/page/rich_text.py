"""Slack's rich text as HTML (docs.slack.dev/reference/block-kit/blocks/rich-text-block)."""

from sandbox.blocks.reading import Reader
from sandbox.page.formatting import Formatter
from sandbox.page.markup import Html, emoji, escaped, link, tag
from sandbox.state.records import JSON

STYLES = (
    ("code", "code"),
    ("bold", "strong"),
    ("italic", "em"),
    ("strike", "s"),
    ("underline", "u"),
)


class RichText:
    """Draws rich text as one person sees it."""

    def __init__(self, reader: Reader, formatter: Formatter) -> None:
        self._reader = reader
        self._formatter = formatter

    def draw(self, elements: list[JSON]) -> Html:
        """The elements of a rich_text block, lists nested by their indent."""
        return Html("".join(self._element(element) for element in elements))

    def _element(self, element: JSON) -> Html:
        match element["type"]:
            case "rich_text_list":
                return self._list(element)
            case "rich_text_quote":
                return tag("blockquote", self._pieces(element))
            case "rich_text_preformatted":
                return tag("pre", self._pieces(element))
            case _:
                return tag("p", self._pieces(element))

    def _list(self, element: JSON) -> Html:
        items = "".join(tag("li", self._pieces(item)) for item in element["elements"])
        attributes = {"class": f"indent-{min(int(element.get('indent', 0)), 5)}"}
        if element["style"] == "ordered":
            return tag("ol", items, attributes | {"start": str(int(element.get("offset", 0)) + 1)})
        return tag("ul", items, attributes)

    def _pieces(self, element: JSON) -> Html:
        return Html("".join(self._styled(piece) for piece in element["elements"]))

    def _styled(self, piece: JSON) -> Html:
        drawn, style = self._piece(piece), piece.get("style", {})
        for name, element in STYLES:
            if style.get(name):
                drawn = tag(element, drawn)
        return drawn

    def _piece(self, piece: JSON) -> Html:
        match piece["type"]:
            case "text":
                return self._formatter.plain(piece["text"])
            case "link":
                return link(piece["url"], escaped(piece.get("text") or piece["url"]))
            case "user":
                return self._formatter.mention(piece["user_id"])
            case "emoji":
                return emoji(piece["name"])
            case "date":
                return self._formatter.date(int(piece["timestamp"]), piece["format"])
            case _:
                return tag("span", escaped(self._named(piece)), {"class": "mention"})

    def _named(self, piece: JSON) -> str:
        """What stands for others than people: groups, channels, everybody, colours."""
        match piece["type"]:
            case "usergroup":
                return "@" + self._reader.name("group", piece["usergroup_id"])
            case "channel":
                return "#" + self._reader.name("channel", piece["channel_id"])
            case "broadcast":
                return f"@{piece['range']}"
            case _:
                return str(piece.get("value", ""))

"""Slack's mrkdwn and plain text as HTML, as one person sees them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from sandbox.blocks import mrkdwn
from sandbox.blocks.reading import Reader
from sandbox.page.markup import Html, emoji, escaped, link, tag
from sandbox.state.records import JSON

FENCE = re.compile(r"```\n?(.*?)\n?```\n?", re.DOTALL)
QUOTE = re.compile(r"(?:&gt;|>) ?")
EMOJI = re.compile(r":([a-z0-9_+-]+(?:::skin-tone-\d)?):")
TOKEN = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|<(?P<reference>[^<>\n]+)>"
    r"|(?P<address>https?://[^\s<>|]*[\w/#=&%-])"
    r"|(?<![\w:]):(?P<emoji>[a-z0-9_+-]+):"
    r"|(?<![\w*_~`])(?P<mark>[*_~])(?=\S)(?P<marked>[^\n]*?\S)(?P=mark)(?![\w*_~`])"
)
TAGS = {"*": "strong", "_": "em", "~": "s"}


class Formatter:
    """One person's eyes: names from the workspace, dates in the person's zone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.viewer = reader.viewer

    def text(self, text: JSON | None) -> Html:
        """A text object."""
        if text is None:
            return Html("")
        return self.mrkdwn(text["text"]) if text["type"] == "mrkdwn" else self.plain(text["text"])

    def plain(self, text: str) -> Html:
        """Plain text, in which only emoji are drawn."""
        parts = EMOJI.split(text)
        return Html(
            "".join(emoji(part) if odd % 2 else escaped(part) for odd, part in enumerate(parts))
        )

    def mrkdwn(self, text: str) -> Html:
        """Formatted text: code blocks, quotes, emphasis, links, mentions, dates, emoji."""
        parts = FENCE.split(text)
        drawn = [
            tag("pre", escaped(mrkdwn.unescape(part))) if odd % 2 else "".join(self._lines(part))
            for odd, part in enumerate(parts)
        ]
        return Html("".join(drawn))

    def _lines(self, text: str) -> Iterator[str]:
        lines = text.split("\n")
        for quoted, group in groupby(lines, lambda line: QUOTE.match(line) is not None):
            if quoted:
                said = "\n".join(QUOTE.sub("", line, count=1) for line in group)
                yield tag("blockquote", self._inline(said))
            else:
                yield self._inline("\n".join(group))

    def _inline(self, text: str) -> Html:
        drawn, position = [], 0
        for match in TOKEN.finditer(text):
            drawn.append(escaped(mrkdwn.unescape(text[position : match.start()])))
            drawn.append(self._token(match))
            position = match.end()
        drawn.append(escaped(mrkdwn.unescape(text[position:])))
        return Html("".join(drawn))

    def _token(self, match: re.Match[str]) -> Html:
        match match.lastgroup:
            case "code":
                return tag("code", escaped(mrkdwn.unescape(match["code"])))
            case "reference":
                return self._reference(match["reference"])
            case "address":
                address = mrkdwn.unescape(match["address"])
                return link(address, escaped(address))
            case "emoji":
                return emoji(match["emoji"])
            case _:
                return tag(TAGS[match["mark"]], self._inline(match["marked"]))

    def _reference(self, body: str) -> Html:
        target, _, label = body.partition("|")
        match target[:1]:
            case "@":
                return self.mention(target[1:])
            case "#":
                return tag("span", escaped("#" + self._reader.name("channel", target[1:])))
            case "!":
                return self._special(target[1:], label)
            case _:
                address = mrkdwn.unescape(target)
                shown = mrkdwn.unescape(label) if label else address.removeprefix("mailto:")
                return link(address, self.plain(shown))

    def _special(self, target: str, label: str) -> Html:
        match target.split("^"):
            case ["date", epoch, form, *address] if epoch.isdecimal():
                shown = self.date(int(epoch), mrkdwn.unescape(form))
                return link(mrkdwn.unescape(address[0]), shown) if address else shown
            case ["subteam", group, *_]:
                name = self._reader.name("group", group)
            case parts:
                name = parts[0]
        return tag("span", escaped(label or f"@{name}"), {"class": "mention"})

    def mention(self, user: str) -> Html:
        """A person by name; one's own name stands out."""
        kind = "mention me" if user == self.viewer.id else "mention"
        return tag("span", escaped("@" + self._reader.name("user", user)), {"class": kind})

    def date(self, epoch: int, form: str) -> Html:
        """A `<!date^…>` in the viewer's time zone."""
        try:
            instant = datetime.fromtimestamp(epoch, UTC).isoformat()
            shown = mrkdwn.date(epoch, form, self.viewer.tz)
        except (ValueError, OverflowError, OSError):
            return escaped(form)
        return tag("time", escaped(shown), {"datetime": instant, "title": self.viewer.tz})

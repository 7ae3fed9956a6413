"""A page of HTML as a mail program sees it."""

from html.parser import HTMLParser

Tag = tuple[str, dict[str, str | None]]


class Reading(HTMLParser):
    """What a mail program sees in a page: its tags with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[Tag] = []
        self.words: list[str] = []
        self._skipped = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._skipped = tag if tag in ("style", "title") else ""

    def handle_endtag(self, _tag: str) -> None:
        self._skipped = ""

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.words.append(data)

    def handle_decl(self, decl: str) -> None:
        self.tags.append((f"!{decl}", {}))

    def handle_comment(self, _data: str) -> None:
        self.tags.append(("comment", {}))

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

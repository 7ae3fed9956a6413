"""Slack's texts as HTML, without a browser."""

import hashlib
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox import Workspace
from sandbox.blocks.reading import Reader
from sandbox.page import rendering
from sandbox.page.formatting import Formatter
from sandbox.page.rich_text import RichText

SLACK = Workspace.open().slack
READER = Reader(SLACK.store, SLACK.person("ryan"))
FORMATTER = Formatter(READER)
HARMLESS = {"a", "blockquote", "br", "code", "em", "pre", "s", "span", "strong", "time"}
ATTRIBUTES = {"aria-label", "class", "datetime", "href", "rel", "role", "target", "title"}


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ("*a* _b_ ~c~", "<strong>a</strong> <em>b</em> <s>c</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("snake_case_name 2*3*4", "snake_case_name 2*3*4"),
        ("`*a*`", "<code>*a*</code>"),
        ("```<b>\n*a*```", "<pre>&lt;b&gt;\n*a*</pre>"),
        ("&gt; one\n&gt; two\nthree", "<blockquote>one\ntwo</blockquote>three"),
        ("a &lt;b&gt; &amp;amp;", "a &lt;b&gt; &amp;amp;"),
        ("<@U0SBANA000>", '<span class="mention">@Ana Silva</span>'),
        ("<@U0SBRYAN00>", '<span class="mention me">@Ryan Cole</span>'),
        ("<!subteam^S0SBMARKETING>", '<span class="mention">@marketing</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<javascript:alert(1)|press>", "press"),
        ("<!date^soon^x>", '<span class="mention">@date</span>'),
        (":unknown_emoji: 10:30:45", ":unknown_emoji: 10:30:45"),
    ],
)
def test_mrkdwn_is_drawn(said: str, drawn: str) -> None:
    assert FORMATTER.mrkdwn(said) == drawn.replace("<span>", "")


def test_a_date_is_in_the_viewers_zone() -> None:
    drawn = FORMATTER.mrkdwn("<!date^1796313600^{date_num} {time}|soon>")
    assert "2026-12-03 8:00 AM</time>" in drawn


class Elements(HTMLParser):
    """Which elements and attributes a piece of HTML has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


PIECES = [
    *"<>|\"'*_~`a \n",
    *("&lt;", "&gt;", "&amp;", "```", ":tada:", "!date^1^", "@U0SBANA000"),
    *("https://a.example", "javascript:alert(1)", "onload=x", "<img src=x>"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_no_text_becomes_markup(said: str) -> None:
    elements = Elements(FORMATTER.mrkdwn(said))
    assert elements.found <= HARMLESS
    assert elements.attributes <= ATTRIBUTES
    assert all(href.startswith(("http://", "https://", "mailto:")) for href in elements.addresses)


def test_rich_text_is_drawn_with_all_its_elements() -> None:
    gallery = json.loads(Path(__file__).with_name("gallery.json").read_text())
    block = next(b for b in gallery["blocks"] if b["type"] == "rich_text")
    drawn = RichText(READER, FORMATTER).draw(block["elements"])
    for piece in (
        "<strong>bold</strong>", "<s>struck</s>", "<code>coded</code>", "@Ana Silva", "@marketing",
        "#sales", "@here", 'href="https://harborlight.example"', "Dec 3, 2026 8:00 AM",
        '<ul class="indent-0"><li>one</li><li>two</li></ul>',
        '<ol class="indent-1" start="1"><li>third</li></ol>',
        "<blockquote>said</blockquote>", "<pre>a  b\n c</pre>",
    ):  # fmt: skip
        assert piece in drawn


def test_vendored_files_are_what_their_table_says() -> None:
    vendor = rendering.HERE / "static" / "vendor"
    table = (vendor / "VENDOR.md").read_text()
    scripts = list(vendor.glob("*.js"))
    assert scripts
    for script in scripts:
        assert hashlib.sha256(script.read_bytes()).hexdigest() in table

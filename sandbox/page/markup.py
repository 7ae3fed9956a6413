"""HTML in which every character somebody wrote is escaped."""

import html
from collections.abc import Mapping
from urllib.parse import urlsplit

from sandbox.page.emoji import CHARACTERS

SAFE_SCHEMES = ("http", "https", "mailto")


class Html(str):
    """Text that is safe to put into a page as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def escaped(text: str) -> Html:
    """Text as text."""
    return Html(html.escape(text, quote=True))


def tag(name: str, inner: str, attributes: Mapping[str, str] | None = None) -> Html:
    """An element around HTML; the values of its attributes are escaped."""
    written = "".join(f' {key}="{html.escape(v)}"' for key, v in (attributes or {}).items())
    return Html(f"<{name}{written}>{inner}</{name}>")


def emoji(name: str) -> Html:
    """An emoji with its name for those who do not see it; an unknown one as `:name:`."""
    base = name.partition("::skin-tone")[0]
    if base not in CHARACTERS:
        return escaped(f":{name}:")
    return tag("span", CHARACTERS[base], {"role": "img", "aria-label": base.replace("_", " ")})


def link(url: str, label: str) -> Html:
    """A link that opens in a tab of its own; what is no web or mail address stays text."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        scheme = ""
    if scheme not in SAFE_SCHEMES:
        return Html(label)
    return tag("a", label, {"href": url, "target": "_blank", "rel": "noopener noreferrer"})

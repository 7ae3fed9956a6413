"""The templates of the letters, and how plain text and HTML print what they say.

A template says its words once, through the macros called ``say``; these are there for plain text
(``say.txt``) and for HTML (``say.html``), so that both say the same.
"""

import re
import textwrap
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Undefined
from markupsafe import Markup

from messages import cleaning
from messages.filters import days, money
from messages.printed_words import day, fee, instant
from workflows.document import Deliverable, Document, Milestone
from workflows.invoice import Invoice

FOLDER = Path(__file__).with_name("mails")
_GAP = re.compile(r"\n\s*\n")
_WIDTH = 76
"""Columns of plain text (RFC 5322, 2.1.1, asks for less than 78)."""
_MOST = 12
"""How many deliverables or milestones a letter lists; the document has all of them."""
_LONGEST = 200
"""Characters of a title, or of a label."""
_GLIMPSE = 700
"""Characters of a scope."""


def plain(name: str, **facts: object) -> tuple[str, str]:
    """Return the subject and the plain text of what the template ``name`` says with ``facts``.

    Its first line is the subject. Raises jinja2's UndefinedError when it needs more.
    """
    said = _TEXT.get_template(f"{name}.jinja").render(facts)
    subject, _, text = said.strip().partition("\n")
    return cleaning.one_line(subject), _GAP.sub("\n\n", text).strip() + "\n"


def html(name: str, **facts: object) -> str:
    """Return the same as a page of HTML."""
    return _GAP.sub("\n", _HTML.get_template(f"{name}.jinja").render(facts)).strip() + "\n"


def _printed(value: object) -> str:
    """What ``{{ value }}`` prints: what a macro said as it is, people's text clean, on one line.

    Raises TypeError for anything else: a date or an amount wants its filter, None a condition.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, (str, Undefined)) or type(value) is int:
        return cleaning.isolated(cleaning.one_line(str(value)))
    raise TypeError(f"A template prints {value!r} without a filter.")


def _printed_plain(value: object) -> Markup:
    """The same for plain text, in which nothing has to be escaped."""
    return Markup(_printed(value))  # noqa: S704  no page is made of it


def _wrapped(said: str, indent: str = "", first: str = "") -> Markup:
    """Plain text in lines of 76 columns; a longer word stays whole, as addresses must."""
    filled = textwrap.fill(
        " ".join(str(said).split()),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return Markup(filled)  # noqa: S704  no page is made of it


def _cut(text: str, limit: int) -> str:
    """The beginning of a person's text, in ``limit`` characters on one line."""
    return cleaning.cut(cleaning.one_line(text), limit)


def _beginning(text: str) -> str:
    """The beginning of a person's long text, with its line breaks."""
    return cleaning.cut(cleaning.paragraphs(text), _GLIMPSE)


def _paragraphs(text: str) -> list[list[str]]:
    """The paragraphs of a person's text, each as its lines."""
    return [each.split("\n") for each in cleaning.paragraphs(text).split("\n\n") if each]


def _host(url: str) -> str:
    """The part of a web address by which one knows whose it is."""
    return urlsplit(url).netloc


def _deliverables(document: Document) -> list[str]:
    """The deliverables with their days, the first of very many."""
    return _first([_deliverable(each) for each in document.deliverables])


def _milestones(document: Document) -> list[str]:
    """The milestones with their days, the first of very many."""
    return _first([_milestone(each) for each in document.milestones])


def _deliverable(item: Deliverable) -> str:
    title = _cut(item.title, _LONGEST)
    return f"{title}, due {day(item.due)}" if item.due else title


def _milestone(item: Milestone) -> str:
    title = _cut(item.title, _LONGEST)
    return f"{day(item.on)}: {title}" if item.on else title


def _first(texts: list[str]) -> list[str]:
    left = len(texts) - _MOST
    return [*texts[:_MOST], f"and {left} more, in the document"] if left > 0 else texts


def _bill(invoice: Invoice) -> str:
    """An invoice by its number and what it is for: "INV-7 (Instalment 1 of 2)"."""
    label = _cut(invoice.label, _LONGEST)
    return f"{invoice.number} ({label})" if label else invoice.number


def _environment(kind: str, finalize: Callable[[object], str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {each.__name__: each for each in (money, day, days, fee, instant)}
    ours = (*(_beginning, _bill, _cut, _deliverables, _host, _milestones, _paragraphs, _wrapped),)
    environment.filters |= {each.__name__.removeprefix("_"): each for each in ours}
    environment.globals["shell"] = f"shell.{kind}"
    environment.globals["say"] = environment.get_template(f"say.{kind}").module
    return environment


_TEXT = _environment("txt", _printed_plain)
_HTML = _environment("html", _printed)

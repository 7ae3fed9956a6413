"""Notes on a deal's timeline, in HTML, each with a mark by which it is found again."""

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from integrations.crm.hubspot.line import AT_ONCE, OBJECTS, Errand
from integrations.crm.marks import mark_of
from integrations.crm.reading import readable

_LONGEST_TEXT = 10_000
"""A body takes 65,536 characters, and one of ours may become six when it is escaped."""
_ON_DEAL = {"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 214}
_BODY = "hs_note_body"


def text_in_html(text: str) -> str:
    """Return a text as a note shows it; what is a web address in a line of its own is a link."""
    return "<br>".join(_line(each) for each in text[:_LONGEST_TEXT].split("\n"))


def link_in_html(title: str, url: str) -> str:
    """Return a link as a note shows it."""
    return f'<a href="{html.escape(url)}">{html.escape(title[:_LONGEST_TEXT])}</a>'


def note_once(errand: Errand, deal: str, key: str, body: str, at: datetime) -> None:
    """Put a note on a deal that is there, at ``at``, unless it has one of this ``key``."""
    mark = mark_of(key)
    if _has(errand, deal, mark):
        return
    properties = {
        "hs_timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        _BODY: f"<p>{body}</p><p>{mark}</p>",
    }
    on_deal: list[dict[str, Any]] = [{"to": {"id": deal}, "types": [_ON_DEAL]}]
    errand.post(f"{OBJECTS}/notes", {"properties": properties, "associations": on_deal})


def _has(errand: Errand, deal: str, mark: str) -> bool:
    """Whether one of the deal's own notes has the mark; a search would not know the newest yet."""
    listed = readable(
        "notes", errand.beside([deal], "notes"), lambda found: int(found[1]["toObjectId"])
    )
    newest = [str(each) for each in sorted(set(listed), reverse=True)]
    return any(
        body.endswith(mark)
        for start in range(0, len(newest), AT_ONCE)
        for body in readable(
            "notes", errand.read("notes", newest[start : start + AT_ONCE], [_BODY]), _body
        )
    )


def _body(note: Mapping[str, Any]) -> str:
    return _without_tags(note["properties"].get(_BODY) or "")


def _without_tags(body: str) -> str:
    """Return what stands in a note; our mark ends it, and nothing that somebody typed does."""
    return re.sub(r"<[^>]{0,200}>", "", body).strip()


def _line(text: str) -> str:
    is_address = text.startswith(("https://", "http://")) and " " not in text
    return link_in_html(text, text) if is_address else html.escape(text)

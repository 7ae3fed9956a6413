"""The pages as HTML: templates with everything escaped, and the headers that go with them."""

import base64
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from messages import cleaning, filters

_FOLDER = Path(__file__).parent / "templates"
_STYLE = (_FOLDER / "style.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

HEADERS: Mapping[str, str] = {
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            "img-src 'self'",
            f"style-src 'sha256-{_STYLE_HASH}'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""What every answer here carries. HSTS is set by the proxy that has the certificate."""


def sealed(response: Response) -> Response:
    """Return the response with our headers; those that it has already stay."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def page(name: str, status: int = 200, **facts: object) -> Response:
    """Return the page ``name`` (a template). Raises UndefinedError when it needs more facts."""
    html = _TEMPLATES.get_template(f"{name}.html").render(facts)
    return HTMLResponse(html, status_code=status)


def _moment(at: datetime) -> str:
    """An instant: "Fri 5 Mar 2027, 14:05 UTC"."""
    at = at.astimezone(UTC)
    return f"{filters.day(at.date())}, {at:%H:%M} UTC"


def _mailto(email: str, subject: str) -> str:
    """A link that begins a mail (RFC 6068)."""
    return f"mailto:{quote(email, safe='@')}?subject={quote(subject)}"


def _grouped(sha256: str) -> str:
    """A fingerprint in groups of eight, to be compared by eye."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = _STYLE
    environment.filters |= {
        "day": filters.day,
        "fingerprint": _grouped,
        "mailto": _mailto,
        "moment": _moment,
        "money": filters.money,
        "one_line": cleaning.one_line,
        "paragraphs": cleaning.paragraphs,
        "words": filters.words,
    }
    return environment


_TEMPLATES = _environment()

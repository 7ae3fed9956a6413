"""Templates: what identifies one, what it needs, and those that come with Frontdesk."""

import re
from hashlib import sha256
from pathlib import Path

from bot.ports.documents import Template

_FOLDER = Path(__file__).parent / "templates"
SHIPPED = ("sow", "invoice", "certificate", "timeline", "report", "quarter", "chart")
_REQUIRED = re.compile(r"^//\s*required:(.*)$", re.MULTILINE)
_BLANK = re.compile(r"^//\s*signed as:[ \t]*(\S+)[ \t]*$", re.MULTILINE)


def template_of(key: str, version: int, source: str) -> Template:
    """Return the template with this ``source``.

    What it requires is said by its first comment line ``// required: client, title, prices``, and
    which blank of the partner's is signed in its place by ``// signed as: ID``.
    """
    declared, blank = _REQUIRED.search(source), _BLANK.search(source)
    names = declared[1].split(",") if declared else ()
    return Template(
        key=key,
        version=version,
        source=source,
        sha256=sha256(source.encode()).hexdigest(),
        required=tuple(name.strip() for name in names if name.strip()),
        blank=blank[1] if blank else "",
    )


def shipped_template(key: str) -> Template:
    """Return the template of Frontdesk's own, version 0. Raises KeyError where there is none.

    It is complete in itself, the house style at its head: to be taken as it is and changed.
    """
    if key not in SHIPPED:
        raise KeyError(key)
    style, own = ((_FOLDER / f"{name}.typ").read_text(encoding="utf-8") for name in ("style", key))
    return template_of(key, 0, f"{style}\n{own}")

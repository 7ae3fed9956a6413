"""How people name an asset on the shelf: SHELF-3, the request it came of, or its permanent link."""

import re
from urllib.parse import quote

from bot.desk import Desk
from bot.ports import Unit
from workflows.request import Request

WORKFLOW = "shelf"
PATH = "/a/"
"""Where an asset's permanent page is, under the public address; its name follows."""

_NAME = re.compile(r"(SHELF|AST)-\d{1,9}", re.IGNORECASE)


def permanent(desk: Desk, asset: Request) -> str:
    """Return the link that always leads to the asset, whatever becomes of its files.

    It opens nothing by itself, so it can stand in the CRM.
    """
    return link_to(desk, asset.details.source or asset.ref)


def link_to(desk: Desk, name: str) -> str:
    """Return the permanent link of the asset called ``name``, by either of its names."""
    return f"{desk.public_url}{PATH}{quote(name)}"


def named(desk: Desk, text: str) -> str:
    """Return the reference that ``text`` is, or that its permanent link names; else ""."""
    link = f"{desk.public_url}{PATH}"
    name = text.strip().removeprefix(link).partition("?")[0]
    return name.upper() if _NAME.fullmatch(name) else ""


def links_in(desk: Desk, text: str) -> tuple[str, ...]:
    """Return the references of all permanent links in a text, in their order."""
    link = re.escape(f"{desk.public_url}{PATH}")
    found = re.findall(rf"{link}((?:SHELF|AST)-\d{{1,9}})", text, re.IGNORECASE)
    return tuple(dict.fromkeys(each.upper() for each in found))


def found(desk: Desk, unit: Unit, text: str) -> Request | None:
    """Return the asset that ``text`` names, wherever it stands; None where it names none."""
    return by_ref(unit, named(desk, text))


def by_ref(unit: Unit, ref: str) -> Request | None:
    """Return the asset called ``ref``, or that came of the request ``ref``; else None."""
    request = unit.requests.get(ref) if ref else None
    if request is not None and request.workflow == "sales_asset":
        shelved = request.details.record.shelved_as
        request = unit.requests.get(shelved) if shelved else None
    return request if request is not None and request.workflow == WORKFLOW else None

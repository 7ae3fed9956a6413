"""What a Statement of Work says, as fields to be filled in: a name and a text each."""

from collections.abc import Mapping

from messages.message import Json

_PLAIN = (
    *("company", "number", "version", "title", "client", "client_address", "contact_name"),
    *("prepared_by", "date", "background", "scope", "total", "fee", "start", "end"),
    "payment_terms",
)
_LISTS: Mapping[str, tuple[str, ...]] = {
    "deliverables": ("title", "description", "acceptance", "due"),
    "milestones": ("title", "on", "note"),
    "prices": ("text", "quantity", "unit_price", "amount"),
}
NAMES = frozenset(f"sow_{name}" for name in (*_PLAIN, *_LISTS, "assumptions"))
"""What the fields are called."""


def fields(data: Json) -> dict[str, str]:
    """Return the fields of what :func:`messages.printed.sow` said: ``sow_total`` and so on."""
    said = {name: str(data[name]) for name in _PLAIN}
    for name, parts in _LISTS.items():
        said[name] = "\n".join(_line(each, parts) for each in data[name])
    said["assumptions"] = "\n".join(data["assumptions"])
    return {f"sow_{name}": text for name, text in said.items()}


def _line(row: Mapping[str, object], parts: tuple[str, ...]) -> str:
    return "; ".join(text for text in (str(row[part]) for part in parts) if text)

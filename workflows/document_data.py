"""A document as JSON, to be kept and handed on, and back."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from workflows.document import Deliverable, Document, Milestone, PriceLine
from workflows.money import Money


def to_data(document: Document) -> dict[str, Any]:
    """Return ``document`` as a JSON value: days in ISO form, quantities as text."""
    return {name: _plain(value) for name, value in asdict(document).items()}


def of_data(data: Mapping[str, Any]) -> Document:
    """Return the document that :func:`to_data` wrote."""
    known = {each.name for each in fields(Document)}
    values: dict[str, Any] = {name: value for name, value in data.items() if name in known}
    lists = {"deliverables": _deliverable, "milestones": _milestone, "prices": _price}
    for name, read in lists.items():
        values[name] = tuple(read(each) for each in values.get(name, ()))
    values["assumptions"] = tuple(values.get("assumptions", ()))
    for name in ("start", "end"):
        values[name] = _day(values.get(name))
    return Document(**values)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a document
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _deliverable(data: Mapping[str, Any]) -> Deliverable:
    return Deliverable(**{**data, "due": _day(data.get("due"))})


def _milestone(data: Mapping[str, Any]) -> Milestone:
    return Milestone(**{**data, "on": _day(data.get("on"))})


def _price(data: Mapping[str, Any]) -> PriceLine:
    price = Money(**data["price"])
    return PriceLine(text=data["text"], price=price, quantity=Decimal(data["quantity"]))

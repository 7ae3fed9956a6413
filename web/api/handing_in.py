"""A ticket as it is sent: short, in time, and of the form that is described."""

import asyncio
import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from starlette.requests import ClientDisconnect, Request

from bot.api.reading import WrongQuery
from bot.api.tickets import HandedIn
from bot.ports import Json
from web.review.forms import Unreadable

LONGEST_BODY = 256 * 1024
"""Bytes: every field of a form, with its longest texts."""

PATIENCE = 10.0
"""Seconds in which a body must have come in."""

LONGEST_TICKET = 200
EMAIL = r"[^\s@]{1,64}@[^\s@]{1,190}"

_PARTS = frozenset({"workflow", "by", "ticket", "fields"})
_NO_TEXT = "There are characters in this that belong to no text: a NUL, or half of a pair."
_NEITHER = "Name the ticket as its own system does, or send the header Idempotency-Key."


async def ticket_in(
    request: Request, workflows: Mapping[str, object], *, patience: float = PATIENCE
) -> Callable[[], HandedIn]:
    """Return what reads the ticket in the body.

    That raises Unreadable where there is nothing to read, and WrongQuery with a sentence by part.
    """
    key = request.headers.get("idempotency-key", "")
    try:
        body = await _body_in_time(request, patience)
    except Unreadable as found:
        unreadable = found

        def refuse() -> HandedIn:
            raise unreadable

        return refuse
    return lambda: _read(_parsed(body), key, workflows)


async def _body_in_time(request: Request, patience: float) -> bytes:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Unreadable(415, "Send JSON, with Content-Type: application/json.")
    try:
        async with asyncio.timeout(patience):
            return await _body(request)
    except TimeoutError:
        raise Unreadable(408, "What you sent took too long to arrive.") from None
    except ClientDisconnect:
        raise Unreadable(400, "The connection broke.") from None


def _parsed(body: bytes) -> object:
    try:
        found: object = json.loads(body, parse_float=_number, parse_constant=_number)
    except (ValueError, RecursionError):
        raise Unreadable(400, "This is not JSON.") from None
    try:
        said = json.dumps(found, ensure_ascii=False, default=str).encode()
    except (ValueError, RecursionError):  # half of a pair, such as \ud800, is JSON and no text
        raise Unreadable(400, _NO_TEXT) from None
    if rb"\u0000" in said.replace(rb"\\", b""):
        raise Unreadable(400, _NO_TEXT)
    return found


def _number(text: str) -> Decimal:
    """Return it to the last decimal; what Python takes for JSON, such as NaN, is a ValueError."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def _read(found: object, key: str, workflows: Mapping[str, object]) -> HandedIn:
    if not isinstance(found, dict):
        raise WrongQuery({"body": "Right is an object."})
    wrong = dict.fromkeys(found.keys() - _PARTS, "There is no such part.")
    workflow = _text(found, "workflow")
    if workflow not in workflows:
        wrong["workflow"] = f"Right is one of {', '.join(sorted(workflows))}."
    by = _text(found, "by")
    if not re.fullmatch(EMAIL, by):
        wrong["by"] = "Right is the e-mail address of a member of the workspace."
    ticket = found.get("ticket", key)
    if not isinstance(ticket, str) or not ticket.strip() or len(ticket) > LONGEST_TICKET:
        wrong["ticket"] = f"{_NEITHER} At most {LONGEST_TICKET} characters."
    fields = found.get("fields", {})
    if not isinstance(fields, dict):
        wrong["fields"] = "Right is an object: answers by the names of the form's fields."
    if wrong:
        raise WrongQuery(dict(sorted(wrong.items())))
    return HandedIn(workflow=workflow, by=by, ticket=ticket.strip(), fields=fields)


def _text(found: Json, name: str) -> str:
    value = found.get(name)
    return value if isinstance(value, str) else ""


async def _body(request: Request) -> bytes:
    found = bytearray()
    async for piece in request.stream():
        found += piece
        if len(found) > LONGEST_BODY:
            raise Unreadable(413, f"This is too long: at most {LONGEST_BODY // 1024} KB.")
    return bytes(found)

"""A request's own address: it can stand anywhere, and by itself it shows nothing of the request."""

import re
from urllib.parse import urlsplit

from bot.desk import Desk
from bot.errors import SlackError

PATH = "/requests/"
"""Where a request's page is, under the public address; its number follows."""

_NAME = re.compile(r"[A-Z]{1,20}-[0-9]{1,9}", re.IGNORECASE)


def link_of(desk: Desk, ref: str) -> str:
    """Return the link that always leads to the request, for those who may see it."""
    return f"{desk.public_url}{PATH}{ref}"


def number_in(text: str) -> str:
    """Return ``SOW-7`` for ``sow-7``; "" for what can be no request's number."""
    return text.upper() if _NAME.fullmatch(text) else ""


def named_by(desk: Desk, url: str) -> str:
    """Return the number of the request whose link ``url`` is, or "" where it is no such link."""
    link = urlsplit(f"{desk.public_url}{PATH}")
    try:
        given = urlsplit(url)
    except ValueError:
        return ""
    if (given.scheme, given.netloc.lower()) != (link.scheme, link.netloc.lower()):
        return ""
    if not given.path.startswith(link.path):
        return ""
    return number_in(given.path.removeprefix(link.path).rstrip("/"))


def way_in(desk: Desk) -> str:
    """Return the address that opens our Home tab in Slack, or "" while Slack does not say."""
    try:
        return desk.slack.home_address()
    except SlackError:
        return ""

"""Where a request comes from: the address of the visitor, behind proxies that we trust alone."""

from collections.abc import Sequence
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from starlette.requests import Request

from bot.review import Visitor

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

NOWHERE = "unknown"
"""The address of who comes without one (a Unix socket)."""


def visitor_of(request: Request, proxies: Sequence[Network]) -> Visitor:
    """Return who asks.

    X-Forwarded-For counts only where the connection comes from one of ``proxies``; then the visitor
    is its rightmost address that is none of them. What stands further left anybody can write.
    """
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    peer = request.client.host if request.client else ""
    return Visitor(_address(peer, forwarded, proxies), request.headers.get("user-agent", ""))


def _address(peer: str, forwarded: Sequence[str], proxies: Sequence[Network]) -> str:
    seen = _read(peer)
    if seen is None:
        return NOWHERE
    for hop in reversed(forwarded):
        if not any(seen in network for network in proxies):
            break
        before = _read(hop)
        if before is None:
            break
        seen = before
    return str(seen)


def _read(text: str) -> Address | None:
    """Return the address; with a port behind it, too, and IPv4 where IPv6 stands in for it."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address

"""Which addresses a webhook may lead to: an endpoint's name must not open what is inside."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import (
    IPv4Address,
    IPv6Address,
    IPv6Network,
    ip_address,
)

from bot.ports.webhooks import Endpoint, NotTaken

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host; raises OSError."""

_SECRETS = frozenset(map(ip_address, ("fd00:ec2::254", "100.100.100.200", "168.63.129.16")))
"""Where clouds keep their machines' secrets beside the link-local addresses."""
_NAT64 = IPv6Network("64:ff9b::/96")


def resolved(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, as this machine is told. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


def address_of(endpoint: Endpoint, host: str, port: int, resolve: Resolve) -> str:
    """Return the address to connect to: what is checked is what is used. Raises NotTaken.

    One that is named as this machine (127.0.0.1) is meant; a name that leads there or into a
    private network is not, unless the endpoint may be inside. Nothing leads to link-local
    addresses and others where clouds keep their machines' secrets.
    """
    try:
        found = list(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as error:
        raise NotTaken(f"Its name cannot be looked up ({type(error).__name__}).") from error
    if not found:
        raise NotTaken("Its name has no address.")
    if not _is_this_machine(host):
        for each in found:
            if not _may_lead_to(_meant(each), inside=endpoint.inside):
                raise NotTaken(
                    "Its name leads into a private network; add +inside where that is meant."
                )
    return found[0].partition("%")[0]


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _may_lead_to(address: Address, *, inside: bool) -> bool:
    if address.is_link_local or address.is_multicast or address.is_unspecified:
        return False
    if address in _SECRETS:
        return False
    return inside or address.is_global


def _meant(text: str) -> Address:
    """Return the address that is reached; of IPv6 the IPv4 address that it stands for, if so."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv4Address):
        return address
    teredo = address.teredo
    inner = address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    return inner or address

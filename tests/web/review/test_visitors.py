"""Whose address is on record."""

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from bot.review import Visitor
from web.review.visitors import visitor_of

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def request(peer: str | None, *forwarded: str, agent: str = "") -> Request:
    headers = [(b"x-forwarded-for", each.encode()) for each in forwarded]
    headers.append((b"user-agent", agent.encode()))
    client = None if peer is None else (peer, 50000)
    return Request({"type": "http", "headers": headers, "client": client})


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("198.51.100.4", (), "198.51.100.4"),
        ("198.51.100.4", ("192.0.2.7",), "198.51.100.4"),
        ("10.0.0.5", (), "10.0.0.5"),
        ("10.0.0.5", ("192.0.2.7",), "192.0.2.7"),
        ("10.0.0.5", ("203.0.113.9, 192.0.2.7",), "192.0.2.7"),
        ("10.0.0.5", ("203.0.113.9", "192.0.2.7"), "192.0.2.7"),
        ("10.0.0.5", ("203.0.113.9, 192.0.2.7, 10.2.0.1",), "192.0.2.7"),
        ("10.0.0.5", ("10.9.9.9",), "10.9.9.9"),
        ("10.0.0.5", ("192.0.2.7, nonsense",), "10.0.0.5"),
        ("10.0.0.5", ("192.0.2.7:4711",), "192.0.2.7"),
        ("10.0.0.5", ("[2001:db8::7]:4711",), "2001:db8::7"),
        ("10.0.0.5", ("2001:DB8::7",), "2001:db8::7"),
        ("::ffff:10.0.0.5", ("192.0.2.7",), "192.0.2.7"),
        ("fd00::1", ("192.0.2.7",), "192.0.2.7"),
        (None, ("192.0.2.7",), "unknown"),
        ("testclient", ("192.0.2.7",), "unknown"),
    ],
    ids=str,
)
def test_only_trusted_proxies_say_who_came(
    peer: str | None, forwarded: tuple[str, ...], expected: str
) -> None:
    assert visitor_of(request(peer, *forwarded), PROXIES).ip == expected


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert visitor_of(request("127.0.0.1", "192.0.2.7"), ()).ip == "127.0.0.1"


def test_the_browser_is_told_by_its_own_words() -> None:
    assert visitor_of(request("127.0.0.1", agent="Lynx/2.9"), ()).agent == "Lynx/2.9"


@pytest.mark.parametrize(
    ("ip", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_addresses_of_one_ipv6_network_count_together(ip: str, expected: str) -> None:
    assert Visitor(ip, "").network == expected

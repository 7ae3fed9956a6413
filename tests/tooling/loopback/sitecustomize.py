"""No test reaches beyond this machine: whoever imports this cannot leave loopback any more.

tests/conftest.py imports it and puts its folder on PYTHONPATH, so that every Python process which a
test starts imports it as well, before anything else (that is what Python's `sitecustomize` is).
Unix sockets, and PostgreSQL's C library on its way to TEST_DATABASE_URL, are not concerned.
"""

import ipaddress
import os
import sys
from collections.abc import Callable
from typing import Any


def _is_this_machine(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host in {"localhost", os.uname().nodename}
    return address.is_loopback or address.is_unspecified


def _asks_no_name_server(host: str) -> bool:
    return host == "" or _is_this_machine(host) or host.replace(".", "").isdigit() or ":" in host


def _refuse_unless(allowed: Callable[[str], bool], host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else str(host or "")
    if not allowed(name):
        text = f"Tests reach nothing beyond this machine, and something tried to reach {name}."
        raise RuntimeError(text)


def _guard(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        if isinstance(arguments[1], tuple):  # a path is a Unix socket, None is already connected
            _refuse_unless(_is_this_machine, arguments[1][0])
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        _refuse_unless(_asks_no_name_server, arguments[0])


sys.addaudithook(_guard)

"""Where things are: URLs, the address to listen on, proxies, databases."""

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from stat import S_ISDIR
from urllib.parse import SplitResult, urlsplit

from settings.wording import Wrong, shown

Network = IPv4Network | IPv6Network

_PORTS = range(65536)
WEB = ("http", "https")
_HOST = re.compile(r"(?!-)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_POSTGRES = re.compile(r"postgres(ql)?(\+\w+)?")
_SQLITE = re.compile(r"sqlite(\+pysqlite)?:///(?P<path>[^?#\0]+)(?P<query>\?[^#]*)?")
_DATABASES = "right are sqlite:///PATH and postgresql+psycopg://USER:PASSWORD@HOST/NAME"


def api_url(text: str) -> str:
    """Return the base URL of Slack's Web API, with the slash at its end that methods follow."""
    web(text, example="https://slack.com/api/")
    return text.rstrip("/") + "/"


def public_url(text: str, *, plain_http: bool) -> str:
    """Return the public base URL without a slash at its end; http only with ``plain_http``."""
    found = web(text, example="https://frontdesk.harborlight.example")
    if found.scheme != "https" and not plain_http:
        raise Wrong(f"{shown(text)} is not https; outside the sandbox clients reach it by https.")
    return text.rstrip("/")


def partner_url(text: str, otherwise: str) -> str:
    """Return the bare address of a partner, to whom a secret is sent, without a slash at its end.

    ``otherwise`` says after a wrong one what would be right.
    """
    found = located(text)
    if (
        found is None
        or found.scheme not in WEB
        or found.username
        or found.path not in ("", "/")
        or found.query
    ):
        raise Wrong(f"{_named(text)} {otherwise}")
    if is_plain_http_abroad(text):
        raise Wrong(f"{shown(text)} is not https; the secret would be sent in the clear.")
    return text.rstrip("/")


def is_plain_http_abroad(url: str) -> bool:
    """Whether what is sent to ``url`` can be read on the way: http, and not to this machine."""
    found = urlsplit(url)
    return found.scheme == "http" and not is_loopback(found.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine and nobody else can reach it."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def host(text: str) -> str:
    """Return the address or host name to listen on."""
    try:
        ip_address(text)
    except ValueError:
        if not _HOST.fullmatch(text):
            raise Wrong(f"{shown(text)} is not an address such as 127.0.0.1.") from None
    return text


def port(text: str) -> int:
    """Return the port to listen on; 0: any free one."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) not in _PORTS:
        raise Wrong(f"{shown(text)} is not a port; right is a number from 0 to 65535.")
    return int(text)


def proxies(text: str) -> tuple[Network, ...]:
    """Return the networks of trusted proxies; a single address is a network of one."""
    networks: list[Network] = []
    for part in filter(None, (each.strip() for each in text.split(","))):
        try:
            networks.append(ip_network(part))
        except ValueError:
            right = "right are addresses and networks, such as 10.0.0.5, 10.1.0.0/16"
            raise Wrong(f"{shown(part)} is not an IP address or network; {right}.") from None
    return tuple(networks)


def is_sqlite(url: str) -> bool:
    """Whether ``url`` names a SQLite database."""
    return url.startswith("sqlite")


def database_url(text: str, root: Path) -> str:
    """Return the URL for SQLAlchemy: a SQLite file (absolute, from ``root``) or PostgreSQL.

    Whatever PostgreSQL driver is named, it is psycopg that is used.
    """
    found = _SQLITE.fullmatch(text)
    if found is not None and found["path"] != ":memory:":
        return f"sqlite:///{root / found['path']}{found['query'] or ''}"
    if is_sqlite(text):
        raise Wrong(f"this names no file for SQLite; {_DATABASES}.")
    return postgres_url(text)


def postgres_url(text: str) -> str:
    """Return the PostgreSQL URL for SQLAlchemy and psycopg. The text is in no message."""
    scheme, mark, rest = text.partition("://")
    if not mark or not _POSTGRES.fullmatch(scheme):
        raise Wrong(f"this is not the URL of a database that Frontdesk can use; {_DATABASES}.")
    url = f"postgresql+psycopg://{rest}"
    if _split(url) is None:
        raise Wrong("the part behind :// cannot be read; write special characters as %XX.")
    return url


def path(text: str, root: Path) -> Path:
    """Return the path, relative ones from ``root``. A URL, which may hold secrets, is refused."""
    if "://" in text:
        raise Wrong("this is a URL; right is the path of a file or folder on this machine.")
    return root / text


def folder(text: str, root: Path) -> Path:
    """Return an existing folder, relative ones from ``root``."""
    found = new_folder(text, root)
    if not found.exists():
        raise Wrong(f"{shown(text)} is not a folder on this machine.")
    return found


def new_folder(text: str, root: Path) -> Path:
    """Return a folder that may be yet to be made, relative ones from ``root``."""
    found = path(text, root)
    try:
        is_folder = S_ISDIR(found.stat().st_mode)
    except FileNotFoundError:
        return found
    except OSError as error:
        raise Wrong(f"{shown(text)} cannot be used: {error.strerror}.") from None
    except ValueError:
        raise Wrong(f"no folder can be called {shown(text)}.") from None
    if not is_folder:
        raise Wrong(f"{shown(text)} is a file; right is a folder.")
    return found


def web(text: str, example: str) -> SplitResult:
    """Return the parts of a URL without a user name, ? or #."""
    found = located(text)
    if found is None or found.scheme not in WEB:
        raise Wrong(f"{_named(text)} is not a URL; right is one such as {example}")
    if found.username is not None or "?" in text or "#" in text:
        raise Wrong(f"a URL here has no user name, ? or #; right is one such as {example}")
    return found


def _named(text: str) -> str:
    """Return a wrong URL as it can be shown: before an @ stands a password."""
    return "this" if "@" in text else shown(text)


def located(text: str) -> SplitResult | None:
    """Return the parts of a URL of printable ASCII that names a host and perhaps a port, or None.

    What ends in a number, or has a colon, is an IP address or no host; no other name has a part
    that is empty or longer than 63 letters.
    """
    found = _split(text)
    host = found.hostname if found else None
    if not host:
        return None
    try:
        if host.rpartition(".")[2].isdigit() or ":" in host:
            ip_address(host)
        else:
            host.encode("idna").decode("idna")
    except ValueError:
        return None
    return found


def _split(text: str) -> SplitResult | None:
    """Return the parts of a URL of printable ASCII whose port, when given, is one."""
    try:
        found = urlsplit(text)
        is_sound = found.port is None or found.port in _PORTS
    except ValueError:
        return None
    return found if is_sound and re.fullmatch(r"[!-~]+", text) else None

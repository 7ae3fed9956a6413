"""Authorities of the company's own, that are believed beside the usual ones."""

import ssl
from pathlib import Path

from settings.wording import Wrong, shown


def authorities(text: str, root: Path) -> Path:
    """Return the path of a PEM file with certificates, of which each can be read."""
    path = root / text
    try:
        path.read_bytes()
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError:
        said = "holds no certificate, or one that is damaged; right is a PEM file of authorities"
        raise Wrong(f"{shown(text)} {said}.") from None
    except OSError as error:
        raise Wrong(f"{shown(text)} cannot be read: {error.strerror}.") from None
    except ValueError:  # no path has a NUL
        raise Wrong(f"{shown(text)} is no path; right is that of a PEM file.") from None
    return path

"""From where the library is to what keeps files there, or to what is missing for that."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot.ports.library import Library
from integrations.connection import NotConnected
from integrations.library.local import LocalLibrary
from integrations.library.remote import PIECE, RemoteLibrary

_INSTALL = {
    "s3": "Install it: `make s3`, or pip install --require-hashes --requirement "
    "requirements-s3.lock.",
    "gs": "Install gcsfs beside Frontdesk's requirements.",
    "az": "Install adlfs beside Frontdesk's requirements.",
}
_BUCKETS = frozenset({"s3", "gs", "gcs", "az", "abfs"})
_CONNECT, _ANSWER = 5.0, 15.0
"""Seconds for a connection, and for each answer."""
_TRIES = 2
"""How often a call is made that did not come through; the worker tries again later anyway."""


def connect(place: Path | str, options: Mapping[str, str]) -> Library:
    """Return what keeps files in a folder of this machine, or below a URL; nothing is asked yet.

    Raises NotConnected.
    """
    return LocalLibrary(place) if isinstance(place, Path) else connect_url(place, options)


def connect_url(url: str, options: Mapping[str, str], seconds: float = 60.0) -> RemoteLibrary:
    """Return what keeps files below ``url``, such as ``s3://bucket/prefix``.

    ``options`` are for S3: ``endpoint``, ``region``, ``profile``, ``key``, ``secret``, ``token``;
    what is not named is found where AWS's own programs look for it. Raises NotConnected.
    """
    scheme, _, root = url.partition("://")
    fix = _INSTALL.get(scheme, f"Install what fsspec needs for {scheme}, or correct the address.")
    try:
        from fsspec import get_filesystem_class  # noqa: PLC0415 - loaded where it is used

        kind = get_filesystem_class(scheme)
    except ImportError as missing:
        said = str(missing).partition("\n")[0]
        raise NotConnected(f"what {scheme}:// needs is not installed: {said}", fix) from missing
    except ValueError as unknown:
        raise NotConnected(f"{scheme}:// is known to nobody", fix) from unknown
    if scheme == "s3":
        return _s3(kind, root, options, seconds)
    try:
        files = kind(**kind._get_kwargs_from_urls(url), skip_instance_cache=True)  # noqa: SLF001 - fsspec's own way
        root = kind._strip_protocol(url)  # noqa: SLF001 - likewise
    except Exception as trouble:
        raise NotConnected(
            f"{scheme}:// cannot be used: {type(trouble).__name__}", fix
        ) from trouble
    return RemoteLibrary(files, root, is_bucket=scheme in _BUCKETS, seconds=seconds)


def _s3(kind: type[Any], root: str, options: Mapping[str, str], seconds: float) -> RemoteLibrary:
    from integrations.library import s3  # noqa: PLC0415 - loaded where it is used

    files = kind(**s3.settings(options, PIECE, _CONNECT, _ANSWER))
    files.retries = _TRIES
    return RemoteLibrary(
        files,
        root,
        is_bucket=True,
        writing={"chunksize": PIECE},
        seconds=seconds,
        looked_at=partial(s3.shortcomings, files, root.partition("/")[0]),
    )

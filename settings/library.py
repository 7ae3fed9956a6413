"""Where the files of assets are kept: a folder of this machine, or a bucket elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from settings.addresses import is_plain_http_abroad, new_folder
from settings.environment import Environment
from settings.wording import Wrong, shown

_HERE = frozenset({"file", "local"})
_NEVER = frozenset({"http", "https", "memory"})
"""Nothing can be kept there, or not beyond the end of the process."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_BUCKET = re.compile(r"[A-Za-z0-9._-]+")
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+@)?[A-Za-z0-9._-]+(?::[0-9]{1,5})?")
_PART = re.compile(r"[A-Za-z0-9._@:-]+")
_REGION = re.compile(r"[A-Za-z0-9-]{1,64}")
_SIGNS = re.compile(r"[!-~]+")
_PROFILE = re.compile(r"[\w.@+ -]{1,128}")
_RIGHT = "right is the path of a folder, or a URL such as s3://bucket/assets"
_OPTIONS = "after the ? of s3:// stand endpoint=https://HOST, region=NAME and profile=NAME alone"
_KEYS = {
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPlace:
    """Where files are kept: in a ``folder``, or below a ``url`` such as ``s3://bucket/assets``.

    ``options`` say how an S3 is reached: ``endpoint``, ``region``, ``profile``, and the keys.
    """

    folder: Path | None = None
    url: str = ""
    options: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __str__(self) -> str:
        """Return it as an admin would name it; no key is in it."""
        if self.folder is not None:
            return str(self.folder)
        server = self.options.get("endpoint")
        return f"{self.url} at {server}" if server else self.url


def library_place(text: str, root: Path, keys: Mapping[str, str]) -> LibraryPlace:
    """Return the folder (relative ones from ``root``) or the place that the URL names.

    ``keys`` go with an S3 whose URL names no profile.
    """
    scheme, mark, _ = text.partition("://")
    if not mark or scheme in _HERE:
        return LibraryPlace(folder=new_folder(text, root))
    try:
        found = urlsplit(text)
        password, said = (
            found.password,
            parse_qsl(found.query, keep_blank_values=True, strict_parsing=bool(found.query)),
        )
    except ValueError:
        raise Wrong(f"this URL cannot be read; {_RIGHT}") from None
    if password is not None:
        raise Wrong("a URL here has no password; it is in the environment, see docs/operations.md.")
    path, plain = found.path.strip("/"), _without_keys(text)
    where = _BUCKET if scheme == "s3" else _HOST
    is_sound = _SCHEME.fullmatch(scheme) and where.fullmatch(found.netloc)
    if found.fragment:
        raise Wrong(f"{plain} is followed by a #; {_RIGHT}")
    if scheme in _NEVER or not is_sound:
        raise Wrong(f"{plain} names no bucket; {_RIGHT}")
    if path and not all(_PART.fullmatch(each) and each.strip(".") for each in path.split("/")):
        raise Wrong(f"{plain} names folders by other signs than letters, digits and ._-@:")
    url = f"{scheme}://{found.netloc}/{path}".rstrip("/")
    if scheme != "s3":
        if said:
            raise Wrong(f"{plain} is followed by a ?; only s3:// can be.")
        return LibraryPlace(url=url)
    options = _options(said)
    return LibraryPlace(url=url, options=options if "profile" in options else {**options, **keys})


def library(env: Environment, root: Path, by_default: Path) -> tuple[LibraryPlace, dict[str, str]]:
    """Return where files are kept, and the keys of an S3: none where the machine finds its own."""
    read = {key: env.read(name, _key, "") for name, key in _KEYS.items()}
    keys = {key: value for key, value in read.items() if value}
    place = env.read(
        "FRONTDESK_LIBRARY",
        partial(library_place, root=root, keys=keys),
        LibraryPlace(folder=by_default),
    )
    given = [name for name, key in _KEYS.items() if key in place.options]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        if given and not env.is_set(name):
            env.problems.append(f"{name}: it is missing beside {given[0]}; set both, or neither.")
    if is_plain_http_abroad(place.options.get("endpoint", "")):
        env.warnings.append("FRONTDESK_LIBRARY: it is plain http; files can be read on their way.")
    return place, keys


def _without_keys(text: str) -> str:
    """Return what can be shown of a wrong URL: keys stand before an @, and after ? and #."""
    return "this URL" if "@" in text else shown(re.split("[?#]", text)[0])


def _key(text: str) -> str:
    if not _SIGNS.fullmatch(text):
        raise Wrong("this holds characters that no key has.")
    return text


def _options(said: list[tuple[str, str]]) -> dict[str, str]:
    options = dict(said)
    if len(options) != len(said) or not all(map(_is_option, options, options.values())):
        raise Wrong(f"{_OPTIONS}.")
    return options


def _is_option(name: str, value: str) -> bool:
    match name:
        case "endpoint":
            return _is_server(value)
        case "region":
            return _REGION.fullmatch(value) is not None
        case "profile":
            return _PROFILE.fullmatch(value) is not None
        case _:
            return False


def _is_server(text: str) -> bool:
    try:
        found = urlsplit(text)
        is_sound = found.port is None or found.port > 0
    except ValueError:
        return False
    plain = not (found.query or found.fragment or found.username or found.path.strip("/"))
    return is_sound and plain and found.scheme in {"http", "https"} and bool(found.hostname)

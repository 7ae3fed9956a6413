"""Which endpoints of others are told the facts of the record."""

import base64
import re

from bot.ports.webhooks import Endpoint
from settings.addresses import WEB, is_plain_http_abroad, located
from settings.wording import Wrong, meant, shown

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_GRANTS = ("private", "amounts", "inside")
_MARK = "whsec_"
_LEAST, _MOST = 24, 64
"""Bytes of a secret (standardwebhooks.com)."""
_RIGHT = "right is NAME=https://HOST/PATH#whsec_SECRET"
_MAKE_ONE = (
    "make one with: python3 -c \"import base64, secrets; print('whsec_' + "
    'base64.b64encode(secrets.token_bytes(32)).decode())"'
)


def endpoints(text: str) -> tuple[Endpoint, ...]:
    """Return the endpoints, in their order. No part of an address or a secret is in a message."""
    found = tuple(_endpoint(each) for each in text.split())
    names = [each.name for each in found]
    for name in names:
        if names.count(name) > 1:
            raise Wrong(f"{shown(name)} is there twice; give each endpoint a name of its own.")
    return found


def _endpoint(text: str) -> Endpoint:
    head, mark, address = text.partition("=")
    name, *grants = head.split("+")
    if not mark or not _NAME.fullmatch(name):
        raise Wrong(f"an endpoint has no name of small letters, digits and hyphens; {_RIGHT}.")
    for each in grants:
        if each not in _GRANTS:
            raise Wrong(f"{name}: {shown(each)} cannot be granted; {meant(each, _GRANTS)}")
    url, _, secrets = address.partition("#")
    return Endpoint(
        name=name,
        url=_url(name, url),
        secrets=tuple(_secret(name, each) for each in secrets.split(",")),
        **{each: each in grants for each in _GRANTS},
    )


def _url(name: str, text: str) -> str:
    found = located(text)
    if found is None or found.port == 0:
        raise Wrong(f"{name}: its address cannot be read; {_RIGHT}.")
    if found.username is not None:
        raise Wrong(f"{name}: an address here has no user name; {_RIGHT}.")
    if found.scheme not in WEB or is_plain_http_abroad(text):
        raise Wrong(f"{name}: it is not https; http is for this machine alone. {_RIGHT}.")
    return text


def _secret(name: str, text: str) -> bytes:
    try:
        found = base64.b64decode(text.removeprefix(_MARK), validate=True)
    except ValueError:  # no base64, or signs beyond ASCII
        found = b""
    if not text.startswith(_MARK) or not _LEAST <= len(found) <= _MOST:
        raise Wrong(f"{name}: behind # stands no secret of 24 to 64 bytes; {_MAKE_ONE}.")
    return found

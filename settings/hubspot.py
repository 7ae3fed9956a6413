"""Which HubSpot keeps the deals, if any, by the key that opens it."""

import re
from dataclasses import dataclass, field

from settings.addresses import partner_url
from settings.environment import Environment
from settings.wording import Wrong

_URL = "FRONTDESK_HUBSPOT_URL"
_USUAL = "https://api.hubapi.com"
_KEY = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")
_NO_API = "is no address of HubSpot's API; right is https://api.hubapi.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubSpotChoice:
    """An account: a key belongs to one alone."""

    url: str
    token: str = field(repr=False)


def read_hubspot(env: Environment) -> HubSpotChoice | None:
    """Return what is chosen; an address without a key is a problem."""
    url = env.read(_URL, _address, "")
    token = env.read("FRONTDESK_HUBSPOT_TOKEN", _key, "")
    if url not in ("", _USUAL) and not env.is_set("FRONTDESK_HUBSPOT_TOKEN"):
        lonely = "it does nothing without FRONTDESK_HUBSPOT_TOKEN; set that, or remove it."
        env.problems.append(f"{_URL}: {lonely}")
    return HubSpotChoice(url=url, token=token) if token and url else None


def _address(text: str) -> str:
    return partner_url(text, _NO_API)


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise Wrong("this is no key; right is what HubSpot shows for a service key, as it stands.")
    return text

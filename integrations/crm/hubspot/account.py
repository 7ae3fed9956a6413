"""What holds for all deals of an account: its currency and zone, its owners, and its stages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

from integrations.crm.hubspot.line import API, Errand, Unseen
from integrations.crm.reading import readable, words_of

_FRESH = 600.0
"""Seconds: so old may be what is known of stages and owners."""
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Account:
    """An account, as its deals need it; ``page`` is where people see it."""

    portal: str
    currency: str
    zone: ZoneInfo
    page: str
    has_several: bool = False
    """Whether deals can be in other currencies than the account's."""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Account":
        """Return what HubSpot says of itself; UTC where it names no zone that there is."""
        portal = str(said["portalId"])
        try:
            zone = ZoneInfo(str(said["timeZone"]))
        except (KeyError, ValueError, OSError):
            zone = ZoneInfo("UTC")
        page = f"https://{said['uiDomain']}/contacts/{portal}"
        several = bool(said.get("additionalCurrencies"))
        return cls(portal, str(said["companyCurrency"]), zone, page, several)


@dataclass
class Known:
    """What was read of an account, for a while; any thread may read it anew."""

    _account: Account | None = None
    _stages: Mapping[str, str] = field(default_factory=dict)
    _owners: Mapping[str, str] = field(default_factory=dict)
    _stages_until: float = 0.0
    _owners_until: float = 0.0

    def account(self, errand: Errand) -> Account:
        """Return the account that the key is of."""
        found = self._account
        if found is None:
            self._account = found = Account.of(errand.get(f"/account-info/{API}/details"))
        return found

    def stages(self, errand: Errand) -> Mapping[str, str]:
        """Return ``won``, ``lost`` or the company's own word, by the id of the stage."""
        if monotonic() > self._stages_until:
            pipelines = errand.get(f"/crm/pipelines/{API}/deals")["results"]
            listed = [stage for each in pipelines for stage in each["stages"]]
            self._stages = dict(readable("stages", listed, lambda it: (it["id"], _stage(it))))
            self._stages_until = monotonic() + _FRESH
        return self._stages

    def owners(self, errand: Errand) -> Mapping[str, str]:
        """Return owners' addresses by their ids; none where the key does not see owners."""
        if monotonic() > self._owners_until:
            try:
                self._owners = dict(_owners(errand))
            except Unseen:
                self._owners = {}
            self._owners_until = monotonic() + _FRESH
        return self._owners


def _owners(errand: Errand) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    after: dict[str, str] = {}
    while True:
        page = errand.get(f"/crm/owners/{API}", limit=_PAGE, **after)
        found += readable("owners", page["results"], _owner)
        following = page.get("paging", {}).get("next", {}).get("after")
        if not following:
            return found
        after = {"after": str(following)}


def _owner(owner: Mapping[str, Any]) -> tuple[str, str]:
    return str(owner["id"]), words_of(owner.get("email"))


def _stage(stage: Mapping[str, Any]) -> str:
    """Return what a stage means: where the chance is 1 a deal is won, where it is 0 lost."""
    about = stage.get("metadata") or {}
    if about.get("isClosed") != "false":
        chance = str(about.get("probability", ""))
        if chance in ("1", "1.0"):
            return "won"
        if chance in ("0", "0.0"):
            return "lost"
    return words_of(stage.get("label")) or "open"

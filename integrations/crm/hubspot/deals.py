"""Deals: how they are named, what is asked of them, and what HubSpot's records say."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.ports import Deal
from integrations.crm.hubspot.account import Account
from integrations.crm.reading import amount_of, words_of

WANTED = (
    "dealname",
    "amount",
    "dealstage",
    "closedate",
    "hubspot_owner_id",
    "hs_lastmodifieddate",
)
"""What its key should see of deals."""
CURRENCY = "deal_currency_code"
"""It stands there only where an account has several currencies."""
READ = (*WANTED, CURRENCY)
_NUMBER = re.compile(r"[1-9][0-9]{4,18}")
_HIGHEST = 2**63 - 1
"""No number of theirs is higher; they would refuse the whole batch for one that is."""
_ADDRESS = re.compile(
    r"https://app(?:-[a-z0-9]+)?\.hubspot\.com/contacts/([0-9]+)/(?:record/0-3|deal)/([1-9][0-9]{4,18})(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A deal's number; of which account, where that was said too."""

    number: str
    portal: str = ""


def named(ref: str) -> Named | None:
    """Return which deal ``ref`` is: its number, or its address as people paste it."""
    text = ref.strip()
    found = _ADDRESS.search(text)
    number, portal = (found[2], found[1]) if found else (text, "")
    if not _NUMBER.fullmatch(number) or int(number) > _HIGHEST:
        return None
    return Named(number, portal)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What stands beside a deal: empty where there is nothing, or nothing that the key sees."""

    stages: Mapping[str, str]
    owners: Mapping[str, str]
    company: Mapping[str, Any]
    contact: Mapping[str, Any]


def deal_of(record: Mapping[str, Any], account: Account, beside: Beside) -> Deal:
    """Return the deal that a record is."""
    said, number = record["properties"], str(record["id"])
    full_name = (beside.contact.get("firstname"), beside.contact.get("lastname"))
    return Deal(
        ref=number,
        name=words_of(said.get("dealname")),
        account=words_of(beside.company.get("name")),
        amount=amount_of(said.get("amount"), _currency(said, account)),
        stage=beside.stages.get(said.get("dealstage") or "", "open"),
        close_on=_day(said.get("closedate"), account.zone),
        contact_name=words_of(" ".join(filter(None, full_name))),
        contact_email=words_of(beside.contact.get("email")),
        owner_email=beside.owners.get(said.get("hubspot_owner_id") or "", ""),
        url=f"{account.page}/record/0-3/{number}",
        updated_at=datetime.fromisoformat(record["updatedAt"]),
    )


def _currency(said: Mapping[str, Any], account: Account) -> str:
    """Return the currency of a deal; "" where it has one of several and the key does not see it."""
    if account.has_several and CURRENCY not in said:
        return ""
    return str(said.get(CURRENCY) or account.currency)


def _day(said: str | None, zone: ZoneInfo) -> date | None:
    """Return the day in the account's zone: an instant in ISO 8601, or milliseconds since 1970."""
    if not said:
        return None
    try:
        if said.lstrip("-").isdigit():
            return datetime.fromtimestamp(int(said) / 1000, zone).date()
        at = datetime.fromisoformat(said)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        return None

"""Opportunities: what is asked of Salesforce, and the deals that its answers are."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from simple_salesforce.format import format_soql

from bot.ports import Deal
from integrations.crm.reading import amount_of, words_of

_ID = re.compile(r"(?<![A-Za-z0-9])(006[A-Za-z0-9]{12})(?:[A-Za-z0-9]{3})?(?![A-Za-z0-9])")
_CONTACTS = "OpportunityContactRoles"
_READ: Mapping[str, tuple[str, ...]] = {
    "Id": ("Id",),
    "Name": ("Name",),
    "AccountId": ("Account.Name",),
    "Amount": ("Amount",),
    "CurrencyIsoCode": ("CurrencyIsoCode",),
    "StageName": ("StageName",),
    "CloseDate": ("CloseDate",),
    "IsClosed": ("IsClosed",),
    "IsWon": ("IsWon",),
    "OwnerId": ("Owner.Email",),
    "LastModifiedDate": ("LastModifiedDate",),
}
"""What is read of an opportunity, by the field that our user has to see for it."""
CURRENCY = "CurrencyIsoCode"
"""The field that is there only where an organisation has several currencies."""
CURRENCIES = "CurrencyType"
"""The kind of records that is there only where an organisation has several currencies."""
_MOST_WORDS = 8
_LONGEST_WORD = 80


def id_in(ref: str) -> str:
    """Return the first 15 letters of the opportunity's id that ``ref`` is, or leads to; or "".

    They tell opportunities apart; the three further ones of the longer form follow from them.
    """
    found = _ID.search(ref)
    return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What our user sees of opportunities; every organisation decides that for itself.

    ``has_several`` currencies: each amount says its own, also where our user does not see which.
    """

    fields: frozenset[str]
    has_contacts: bool
    has_several: bool

    @classmethod
    def of(cls, described: Mapping[str, Any], has_currencies: Callable[[], bool]) -> "Shape":
        """Return the shape that Salesforce describes.

        ``has_currencies`` asks whether there are :data:`CURRENCIES`, where the fields do not tell.
        """
        fields = frozenset(each["name"] for each in described["fields"])
        children = (each.get("relationshipName") for each in described["childRelationships"])
        return cls(fields, _CONTACTS in children, CURRENCY in fields or has_currencies())

    @property
    def unseen(self) -> list[str]:
        """What our user should see, and does not."""
        wanted = (name for name in _READ if name != CURRENCY or self.has_several)
        return [name for name in wanted if name not in self.fields]

    @property
    def selected(self) -> str:
        """What a query asks for."""
        seen = [path for name, paths in _READ.items() if name in self.fields for path in paths]
        if self.has_contacts:
            seen.append(
                f"(SELECT Contact.Name, Contact.Email FROM {_CONTACTS} "
                "WHERE IsPrimary = true LIMIT 1)"
            )
        return ", ".join(seen)

    def searching(self, text: str, limit: int) -> str:
        """Return the query for opportunities that have every word of ``text``, newest first."""
        words = text.split()[:_MOST_WORDS]
        every = " AND ".join(f"({self._having(word[:_LONGEST_WORD])})" for word in words)
        where = f" WHERE {every}" if every else ""
        order = "ORDER BY LastModifiedDate DESC, Id DESC"
        return f"SELECT {self.selected} FROM Opportunity{where} {order} LIMIT {limit}"

    def listing(self, ids: Collection[str]) -> str:
        """Return the query for opportunities by id."""
        listed = format_soql("{}", sorted(ids))
        return f"SELECT {self.selected} FROM Opportunity WHERE Id IN {listed}"

    def _having(self, word: str) -> str:
        places = ["Name", *(["Account.Name"] if "AccountId" in self.fields else [])]
        found = [format_soql(f"{place} LIKE '%{{:like}}%'", word) for place in places]
        if number := id_in(word):
            found.append(format_soql("Id = {}", number))
        return " OR ".join(found)


def deal_of(record: Mapping[str, Any], url: str, currency: str) -> Deal:
    """Return the deal that a record is; ``currency`` where the record says none, "" if unknown."""
    account, owner = record.get("Account") or {}, record.get("Owner") or {}
    contact = next(_contacts(record), {})
    closes = record.get("CloseDate")
    return Deal(
        ref=record["Id"],
        name=words_of(record.get("Name")),
        account=words_of(account.get("Name")),
        amount=amount_of(record.get("Amount"), record.get(CURRENCY) or currency),
        stage=_stage(record),
        close_on=date.fromisoformat(closes) if closes else None,
        contact_name=words_of(contact.get("Name")),
        contact_email=words_of(contact.get("Email")),
        owner_email=words_of(owner.get("Email")),
        url=f"{url}/lightning/r/Opportunity/{record['Id']}/view",
        updated_at=datetime.fromisoformat(record["LastModifiedDate"]),
    )


def _contacts(record: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    roles = record.get(_CONTACTS) or {}
    yield from (each["Contact"] for each in roles.get("records", ()) if each.get("Contact"))


def _stage(record: Mapping[str, Any]) -> str:
    """Return ``won`` or ``lost`` of what is closed, else the company's own word."""
    if record.get("IsWon"):
        return "won"
    return "lost" if record.get("IsClosed") else words_of(record.get("StageName")) or "open"

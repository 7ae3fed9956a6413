"""From records to deals: what stands beside each is read for all of them at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from bot.ports import Deal
from integrations.crm.hubspot.account import Known
from integrations.crm.hubspot.deals import Beside, deal_of
from integrations.crm.hubspot.line import OBJECTS, Errand, Unseen
from integrations.crm.hubspot.searching import for_companies
from integrations.crm.reading import readable, words_of

OF_COMPANY = ("name",)
OF_CONTACT = ("firstname", "lastname", "email")
"""What is read of them."""
_PRIMARY = 5
"""The type by which one of a deal's companies is the primary one."""


def gather(
    errand: Errand, known: Known, records: Sequence[Mapping[str, Any]], *, whole: bool
) -> list[Deal]:
    """Return the deals that these records are; contact and owner too, where they are ``whole``.

    One that cannot be read is left out. Raises ValueError where that is all of them.
    """
    if not records:
        return []
    by_number = dict(readable("deals", records, lambda each: (str(each["id"]), each)))
    numbers = list(by_number)
    account, stages = known.account(errand), known.stages(errand)
    owners = known.owners(errand) if whole else {}
    companies = _related(errand, numbers, "companies", OF_COMPANY)
    contacts = _related(errand, numbers, "contacts", OF_CONTACT) if whole else {}

    def deal(number: str) -> Deal:
        beside = Beside(
            stages=stages,
            owners=owners,
            company=companies.get(number, {}),
            contact=contacts.get(number, {}),
        )
        return deal_of(by_number[number], account, beside)

    found = readable("deals", numbers, deal)
    if not found:
        raise ValueError("none of these deals can be read")
    return found


def companies_with(errand: Errand, pieces: Sequence[str]) -> dict[str, str]:
    """Return the names of companies that have any of these, by id; none if they are unseen."""
    if not pieces:
        return {}
    try:
        asked = for_companies(pieces, OF_COMPANY)
        found = errand.post(f"{OBJECTS}/companies/search", asked)["results"]
    except Unseen:
        return {}
    return dict(readable("companies", found, _name))


def _name(company: Mapping[str, Any]) -> tuple[str, str]:
    return str(company["id"]), words_of(company["properties"].get("name"))


def _related(
    errand: Errand, deals: Collection[str], kind: str, properties: Collection[str]
) -> dict[str, Mapping[str, Any]]:
    """Return what a record of a kind says that stands beside each deal; none if they are unseen."""
    try:
        beside = _one_each(errand.beside(deals, kind))
        found = errand.read(kind, sorted(set(beside.values())), properties)
        records = dict(readable(kind, found, _said))
    except Unseen:
        return {}
    return {deal: records[each] for deal, each in beside.items() if each in records}


def _said(record: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    said: Mapping[str, Any] = {**record["properties"]}
    return str(record["id"]), said


def _one_each(found: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, str]:
    """Return one of the records beside each deal: its primary one, else the oldest."""
    best: dict[str, tuple[bool, int]] = {}
    for deal, candidate in readable("associations", found, _candidate):
        best[deal] = min(best.get(deal, candidate), candidate)
    return {deal: str(number) for deal, (_, number) in best.items()}


def _candidate(found: tuple[str, Mapping[str, Any]]) -> tuple[str, tuple[bool, int]]:
    """Return the deal, and the record beside it so that the best one is the least."""
    deal, each = found
    is_primary = any(kind["typeId"] == _PRIMARY for kind in each["associationTypes"])
    return deal, (not is_primary, int(each["toObjectId"]))

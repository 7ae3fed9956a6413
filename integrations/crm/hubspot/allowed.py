"""What the key has to be let do, and what of that it is not."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.ports import CrmRefused
from integrations.crm.hubspot.account import Account
from integrations.crm.hubspot.deals import CURRENCY, READ, WANTED
from integrations.crm.hubspot.gathering import OF_COMPANY, OF_CONTACT
from integrations.crm.hubspot.line import API, OBJECTS, Errand, Line, NotThere, Unseen
from integrations.crm.hubspot.searching import for_companies, for_deals

_WORD = "frontdesk"
Ask = Callable[[Errand], object]

_NOBODY = "1"
"""A number that no record has: it is asked about where there is none of a kind."""


def lacking(line: Line) -> Iterator[str]:
    """Yield what is missing, with the fix; nothing is written by that.

    Every kind of call is tried that is made otherwise. Raises CrmUnavailable and CrmRefused.
    """
    if scopes := _scopes(line):
        yield f"Give its key these scopes: {', '.join(scopes)}."
        return
    hidden = [(kind, names) for kind in ("deals", *_SEEN) if (names := _hidden(line, kind))]
    for kind, names in hidden:
        yield f"Let its key see these properties of {kind}: {', '.join(names)}."
    if not hidden:
        for what, ask in _TOGETHER.items():
            if said := _refusal(line, ask):
                yield f"Let its key {what}. {said}."


def _scopes(line: Line) -> Sequence[str]:
    """Return the scopes that are missing, each once."""
    found: dict[str, None] = {}
    for own, ask in _NEEDED:
        with line.errand() as errand:
            try:
                ask(errand)
            except Unseen:
                found[own] = None
    return list(found)


def _hidden(line: Line, kind: str) -> list[str]:
    """Return the properties of a kind that are read or searched by, and not seen."""
    with line.errand() as errand:
        wanted = _SEEN.get(kind) or _of_deals(errand)
        seen = errand.get(f"/crm/properties/{API}/{kind}")["results"]
    names = {each["name"] for each in seen}
    return [each for each in wanted if each not in names]


def _of_deals(errand: Errand) -> Sequence[str]:
    """Return what should be seen of deals; their currency, where the account has several."""
    account = Account.of(errand.get(f"/account-info/{API}/details"))
    return (*WANTED, CURRENCY) if account.has_several else WANTED


def _refusal(line: Line, ask: Ask) -> str:
    """Return why HubSpot does not do that, "" where it does."""
    try:
        with line.errand() as errand:
            ask(errand)
    except NotThere:
        return ""
    except CrmRefused as refused:
        return str(refused)
    return ""


def _page(path: str) -> Ask:
    return lambda errand: errand.get(path, limit=1)


def _one(errand: Errand, kind: str) -> str:
    """Return the number of one that is there."""
    listed = errand.get(f"{OBJECTS}/{kind}", limit=1)["results"]
    return str(listed[0]["id"]) if listed else _NOBODY


def _batch(kind: str, properties: Sequence[str]) -> Ask:
    return lambda errand: list(errand.read(kind, [_one(errand, kind)], properties))


def _beside(kind: str) -> Ask:
    return lambda errand: list(errand.beside([_one(errand, "deals")], kind))


def _search(errand: Errand) -> object:
    asked = for_deals([_WORD], {_one(errand, "companies"): _WORD}, READ)
    return errand.post(f"{OBJECTS}/deals/search", asked)


def _write(errand: Errand) -> None:
    """Ask for writing no notes at all: who lacks the scope for it hears that first."""
    try:
        errand.post(f"{OBJECTS}/notes/batch/create", {"inputs": []})
    except (NotThere, Unseen):
        raise
    except CrmRefused:
        return  # an empty list is nothing that it takes, and nothing that was meant


_NEEDED: Sequence[tuple[str, Ask]] = (
    ("crm.objects.deals.read", lambda errand: errand.get(f"/account-info/{API}/details")),
    ("crm.objects.deals.read", _page(f"{OBJECTS}/deals")),
    ("crm.objects.deals.read", lambda errand: errand.get(f"/crm/pipelines/{API}/deals")),
    ("crm.objects.companies.read", _page(f"{OBJECTS}/companies")),
    ("crm.objects.contacts.read", _page(f"{OBJECTS}/contacts")),
    ("crm.objects.owners.read", _page(f"/crm/owners/{API}")),
    ("crm.objects.contacts.read", _page(f"{OBJECTS}/notes")),
    ("crm.objects.contacts.write", _write),
)
"""Each with a scope that is enough for it; HubSpot names others that let the key do far more."""

_SEEN: Mapping[str, Sequence[str]] = {"companies": OF_COMPANY, "contacts": OF_CONTACT}
"""The properties of what stands beside deals."""

_TOGETHER: Mapping[str, Ask] = {
    "read many deals at once": _batch("deals", READ),
    "read many companies at once": _batch("companies", OF_COMPANY),
    "read many contacts at once": _batch("contacts", OF_CONTACT),
    "read many notes at once": _batch("notes", ("hs_note_body",)),
    "see which companies stand beside a deal": _beside("companies"),
    "see which contacts stand beside a deal": _beside("contacts"),
    "see which notes stand on a deal": _beside("notes"),
    "search companies by their names": lambda errand: errand.post(
        f"{OBJECTS}/companies/search", for_companies([_WORD], OF_COMPANY)
    ),
    "search deals by their names and their companies": _search,
}
"""What takes more than one right at once, or another kind of call; as far as HubSpot says why."""

"""What is asked of HubSpot's search for words that somebody typed.

It matches tokens of one property, and a deal does not have its company's name. So the words are
looked for among companies first, and deals are asked for that have the other words. Its limits (18
filters, 5 groups) leave out what is sifted afterwards.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.ports import Deal

_PIECE = re.compile(r"[^\W_]+")
_MOST_PIECES = 4
_LONGEST_PIECE = 40
_MOST_KINDS = 3
_NEWEST = [{"propertyName": "hs_lastmodifieddate", "direction": "DESCENDING"}]
_MOST = 100


def pieces_of(text: str) -> list[str]:
    """Return what is asked for: the longest runs of letters and digits, in small letters."""
    found = dict.fromkeys(each[:_LONGEST_PIECE] for each in _PIECE.findall(text.casefold()))
    return sorted(found, key=len, reverse=True)[:_MOST_PIECES]


def for_companies(pieces: Sequence[str], properties: Sequence[str]) -> dict[str, Any]:
    """Return the search for companies with any of them in the name."""
    return _search([[_having("name", each)] for each in pieces], properties)


def for_deals(
    pieces: Sequence[str], companies: Mapping[str, str], properties: Sequence[str]
) -> dict[str, Any]:
    """Return the search for deals that have each piece, in the name or the company's.

    ``companies`` are names by id.
    """
    groups: list[list[Any]] = [[_having("dealname", each) for each in pieces]] if pieces else []
    for covered, ids in _by_what_they_have(pieces, companies):
        of_them = {"propertyName": "associations.company", "operator": "IN", "values": ids}
        others = [_having("dealname", each) for each in pieces if each not in covered]
        groups.append([*others, of_them])
    return _search(groups, properties)


def has_every_word(deal: Deal, text: str) -> bool:
    """Whether the deal has every word of ``text``, in any case."""
    said = f"{deal.name} {deal.account} {deal.ref}".casefold()
    return all(word in said for word in text.casefold().split())


def _by_what_they_have(
    pieces: Sequence[str], companies: Mapping[str, str]
) -> Iterable[tuple[frozenset[str], list[str]]]:
    """Return companies together by which pieces they have; those first that have the most."""
    kinds: dict[frozenset[str], list[str]] = {}
    for number, name in companies.items():
        covered = frozenset(each for each in pieces if each in name.casefold())
        if covered:
            kinds.setdefault(covered, []).append(number)
    return sorted(kinds.items(), key=lambda kind: -len(kind[0]))[:_MOST_KINDS]


def _having(name: str, piece: str) -> dict[str, str]:
    return {"propertyName": name, "operator": "CONTAINS_TOKEN", "value": f"*{piece}*"}


def _search(groups: list[list[Any]], properties: Sequence[str]) -> dict[str, Any]:
    return {
        "filterGroups": [{"filters": each} for each in groups],
        "sorts": _NEWEST,
        "properties": list(properties),
        "limit": _MOST,
    }

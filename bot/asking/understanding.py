"""What an ask already says of the form's fields: the type of the asset, the industry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.asking.hearing import heard
from bot.asking.nouns import is_asset, kind
from bot.asking.spoken import folded

_INTO = frozenset("for in from on about to de fuer para per pour , and".split())
_ARTICLES = frozenset("the a an our".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a message says of the asset it asks for; what it does not say plainly is empty."""

    asset_type: str = ""
    """deck, case_study, brochure, one_pager, proposal_template, master_deck, video or other."""
    industry: str = ""
    """One of the industries that were offered, spelled as it was offered."""


def understood(text: str, industries: Sequence[str] = ()) -> Understood:
    """Return what can be filled into the form for the ask in ``text``, raw as Slack delivers it.

    Whether it is an ask at all is for `is_ask` to say. Sentences that ask count before the others.
    """
    own = heard(text)
    asking = [each.words for each in own if each.asks]
    rest = [each.words for each in own if not each.asks]
    kinds = [kind(word) for words in (*asking, *rest) for word in words.split() if is_asset(word)]
    asset_type = next(filter(None, kinds), "")
    return Understood(asset_type=asset_type, industry=_industry(asking, rest, industries))


def _industry(asking: list[str], rest: list[str], industries: Sequence[str]) -> str:
    """Return the industry beside the asset, or else the only one that is named at all."""
    beside = {each for words in asking for each, near in _named(words, industries) if near}
    if len(beside) == 1:
        return beside.pop()
    named = {each for words in (*asking, *rest) for each, _ in _named(words, industries)}
    return named.pop() if len(named) == 1 else ""


def _named(words: str, industries: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each industry in a sentence, and whether it stands right beside an asset."""
    row = words.split()
    for industry in industries:
        name = folded(industry).split()
        for at in range(len(row) - len(name) + 1):
            if name and row[at : at + len(name)] == name:
                yield industry, _is_beside(row, at, at + len(name))


def _is_beside(row: list[str], start: int, end: int) -> bool:
    if end < len(row) and is_asset(row[end]):
        return True
    lead = [each for each in row[max(0, start - 3) : start] if each not in _ARTICLES]
    return bool(lead) and lead[-1] in _INTO and any(is_asset(each) for each in lead)

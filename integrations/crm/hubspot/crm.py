"""The company's deals in HubSpot: they are read, and notes are written on them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from bot.ports import CrmRefused, CrmUnavailable, Deal
from integrations.crm.hubspot.account import Known
from integrations.crm.hubspot.allowed import lacking
from integrations.crm.hubspot.deals import READ, Named, named
from integrations.crm.hubspot.gathering import companies_with, gather
from integrations.crm.hubspot.line import AT_ONCE, OBJECTS, SECONDS, Errand, Line, NotThere
from integrations.crm.hubspot.notes import link_in_html, note_once, text_in_html
from integrations.crm.hubspot.searching import for_deals, has_every_word, pieces_of

_WHILE_TYPING = 2.0
"""Seconds: Slack waits three for what it offers."""


class HubSpotCrm:
    """:class:`bot.ports.Crm` over one account. What is noted, and each link, is a note on the deal.

    HubSpot knows no keys of ours, and deals have no list of links: so a note carries a mark, and
    the deal's notes are looked through for it before one is made.
    """

    def __init__(self, line: Line) -> None:
        """Call nobody yet."""
        self._line = line
        self._known = Known()

    @property
    def name(self) -> str:
        """HubSpot."""
        return "HubSpot"

    def close(self) -> None:
        """Nothing is held: each errand has a connection of its own."""

    def search(self, text: str, limit: int = 100) -> Sequence[Deal]:
        """Return deals whose name, company or number has every word, the latest first.

        Without contact and owner, which take further calls.
        """
        with self._reading(_WHILE_TYPING) as errand:
            deal = named(text)
            found = self._deals(errand, [deal], whole=False) if deal else {}
            return [*found.values()] or self._with_every_word(errand, text)[:limit]

    def get(self, ref: str) -> Deal | None:
        """Return the deal whose number ``ref`` is, or to which it leads, or None."""
        return self.several([ref]).get(ref)

    def several(self, refs: Collection[str]) -> Mapping[str, Deal]:
        """Return the deals, by reference, in a handful of calls for each hundred of them."""
        wanted = {ref: deal for ref in refs if (deal := named(ref))}
        different = sorted(set(wanted.values()), key=lambda each: (each.number, each.portal))
        found: dict[Named, Deal] = {}
        for start in range(0, len(different), AT_ONCE):
            with self._reading(SECONDS) as errand:
                found |= self._deals(errand, different[start : start + AT_ONCE], whole=True)
        return {ref: found[deal] for ref, deal in wanted.items() if deal in found}

    def note(self, ref: str, key: str, text: str, at: datetime) -> None:
        """Add a note to the deal, once for each ``key``."""
        self._write(ref, key, text_in_html(text), at)

    def link(self, ref: str, title: str, url: str, at: datetime) -> None:
        """Add a note that is the link to the deal, once for each ``url``."""
        self._write(ref, f"link:{url}", link_in_html(title, url), at)

    def check(self) -> Sequence[str]:
        """Look at what the key may read and write; nothing is written by that."""
        return list(lacking(self._line))

    def _deals(
        self, errand: Errand, deals: Sequence[Named], *, whole: bool
    ) -> Mapping[Named, Deal]:
        ours = [each for each in deals if self._is_ours(errand, each)]
        records = list(errand.read("deals", sorted({each.number for each in ours}), READ))
        found = {each.ref: each for each in gather(errand, self._known, records, whole=whole)}
        return {each: found[each.number] for each in ours if each.number in found}

    def _with_every_word(self, errand: Errand, text: str) -> list[Deal]:
        pieces = pieces_of(text)
        asked = for_deals(pieces, companies_with(errand, pieces), READ)
        records = errand.post(f"{OBJECTS}/deals/search", asked)["results"]
        found = gather(errand, self._known, records, whole=False)
        return [each for each in found if has_every_word(each, text)]

    def _is_ours(self, errand: Errand, deal: Named) -> bool:
        return not deal.portal or deal.portal == self._known.account(errand).portal

    def _write(self, ref: str, key: str, body: str, at: datetime) -> None:
        deal = named(ref)
        if deal is None:
            return
        with self._line.errand() as errand:
            if self._is_ours(errand, deal) and _is_there(errand, deal):
                note_once(errand, deal.number, key, body, at)

    @contextmanager
    def _reading(self, seconds: float) -> Iterator[Errand]:
        """What is refused while reading may be there later: a scope may have been taken away."""
        try:
            with self._line.errand(seconds) as errand:
                yield errand
        except CrmRefused as refused:
            raise CrmUnavailable(str(refused)) from refused


def _is_there(errand: Errand, deal: Named) -> bool:
    try:
        errand.get(f"{OBJECTS}/deals/{deal.number}", properties="dealname")
    except NotThere:
        return False
    return True

"""The assets in a sentence: each becomes one word, a mark that says of which kind it is."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.asking.ways import either

MARK = "ASSET"
"""Every mark begins with it; nothing else in a sentence is in capitals."""

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "master_deck": """(?:master|corporate|company|standard) (?:pitch )?deck,
            (?:master|corporate|company|standard) (?:presentation|slides)""",
        "proposal_template": """(?:proposal|rfp|quote) templates?, angebotsvorlagen?,
            templates? for (?:a |our |the )?(?:proposals?|rfps?), plantilla de propuesta,
            modele de proposition""",
        "case_study": r"""case ?stud(?:y|ies), (?:customer|client) references?, cas clients?,
            (?:customer|client|success|reference|published) (?:stor(?:y|ies)|cases?),
            \w*fallstudien?, kundenreferenz(?:en)?, referenzen, erfolgsgeschichten?,
            etudes? de cas, casos? de (?:exito|estudio), cas[oi] (?:di )?studio,
            estudos? de caso""",
        "one_pager": r"""(?:one|1|two|2|single) ?pagers?, einseiter, scheda (?:prodotto|sintetica),
            (?:one|1|single) page (?:summary|overview|intro)""",
        "brochure": r"""brochures?, leaflets?, flyers?, booklets?, pamphlets?, \w*broschueren?,
            folletos?, folhetos?, plaquettes?, depliants?, volantin[oi]""",
        "video": r"""(?:\w+ (?:second|minute) )?(?:explainer |testimonial |demo |teaser )?videos?,
            explainers?, animations?, erklaervideos?, videoclips?""",
        "deck": r"""(?:(?:pitch|slide|sales|demo|client|customer) ?)?decks?, slides?, slideshows?,
            presentations?, power ?points?, pptx?, folien, foliensatz, \w*praesentation(?:en)?,
            presentacion(?:es)?, presentazion[ei], apresentac(?:ao|oes), diapositivas?, diapos?""",
        "other": r"""data ?sheets?, fact ?sheets?, white ?papers?, battle ?cards?,
            (?:roi|tco|benchmark|comparison|handling|features?|product) sheets?, e ?books?,
            (?:solution|sell|cheat|specs?|info|value|faq) sheets?, infographics?,
            (?:roi|tco|savings|value|payback) calculators?,
            (?:feature|product|competitor|competitive) comparisons?,
            comparison (?:table|chart|matrix), (?:solution|product) (?:briefs?|overviews?),
            roll ?ups?(?: banners?)?, banners?, posters?, hand ?outs?, leave ?behinds?,
            testimonials?, (?:e ?mail|outreach|cold mail|prospecting|sequence) templates?,
            talk tracks?, (?:security|compliance) (?:sheet|overview|paper)s?, customer quotes?,
            datenbla(?:tt|etter), produktblatt, fichas? tecnicas?,
            fiches? (?:produit|technique)s?""",
        "": r"""collateral, unterlagen, materials?(?= (?:for|about|on|to|we|i) ),
            (?:marketing|sales|client|customer|talking|reference|printed|demo) materials?,
            (?<!for )(?<!with )(?<!in )reference(?= (?:from|in|for the|of the) ),
            references(?= (?:from|in|for the|of the) )""",
    }
)
"""How the assets of each type are called, in several languages, without accents."""

_PATTERNS = tuple(
    (re.compile(rf"\b{either(names)}(?![^ ])"), f"{MARK}_{kind}") for kind, names in _KINDS.items()
)

_DECKS_OF_OTHERS = r"""(?:all )?(?:hands )?on decks?, deck of cards, full deck, deck the halls,
    (?:cards?|flight|upper|lower|sun|top|main|tape|wooden|pool|roof|stream|boat|observation) decks?,
    deck (?:chairs?|hands?|shoes?|party|screws|boards?), stacked the deck,
    (?:clear|cleared|clearing|hit|below|swab)(?: the)? decks?,
    (?:build|rebuild|stain|paint|repair|sand|oil)(?:ing)?(?: my| our| the)? deck"""
_SCREENS = r"""video (?:calls?|conferenc\w+|chats?|meetings?|link|camera|games?|card|feed|on|off),
    video editing, (?:share|sharing|shared) (?:your|my|the) (?:screen|slides|video),
    power ?point (?:is|keeps|crashe[sd]|crashing|licen[cs]e|skills),
    (?:on|see|to|at|of|the) slides? \d+, slides? (?:number )?\d+,
    (?:water|hair|stock|prices?|numbers?|let it|playground) slides?"""
_OTHER_PAPERS = r"""frequent flyers?, flyer miles, balance sheets?, time ?sheets?, term sheets?,
    spread ?sheets?, google sheets?, price sheets?,
    (?:sow|contract|nda|msa|invoice|expenses?|agenda|jira|ticket|budget|legal|cv|resume) templates?,
    (?:raw|training|course|building|reading|onboarding|study|learning) materials?"""
_NO_ASSET = re.compile(
    rf"\b(?:{either(_DECKS_OF_OTHERS)}|{either(_SCREENS)}|{either(_OTHER_PAPERS)})(?![^ ])"
)

_HEADS = frozenset(
    """review reviews reviewer reviewers call calls meeting meetings session sessions interview
    interviews feedback request requests owner owners channel folder budget skills training slot
    rehearsal idea ideas poll shoot shooting deadline editor editors designer producer agency writer
    numbers format formats process workshop team teams mode notes day prep discussion approval room
    questions printer printers stand competition contest library queue backlog quiz""".split()
)
"""Behind an asset these are what is meant: a deck review, a video editor."""

_LONG = 7
"""Words of so many letters are known with one mistake in them."""

_SPELLED = (
    "brochure leaflet presentation datasheet onepager casestudy whitepaper battlecard infographic "
    "testimonial collateral factsheet template"
).split()


def _less(word: str) -> set[str]:
    """Return ``word`` and what remains of it without any one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


_NEAR = {less: word for word in _SPELLED for less in _less(word)}
_FIRST = frozenset("case cases one 1 data white battle fact".split())


def marked(words: str) -> str:
    """Return ``words`` with every asset in it as one mark, such as ``ASSET_case_study``."""
    found = _NO_ASSET.sub("~", _spelled(words))
    for pattern, mark in _PATTERNS:
        found = pattern.sub(mark, found)
    return _of_something_else(found.split())


def is_asset(word: str) -> bool:
    """Tell whether a word of a marked sentence stands for an asset."""
    return word.startswith(MARK)


def names_asset(words: str) -> bool:
    """Tell whether there is a mark among ``words``."""
    return MARK in words


def kind(mark: str) -> str:
    """Return the asset type a mark stands for; empty for collateral of no certain type."""
    return mark.removeprefix(f"{MARK}_")


def _spelled(words: str) -> str:
    """Put right a mistake in a long noun, and the two halves of one together."""
    spelled: list[str] = []
    for word in words.split():
        before = spelled[-1] if spelled else ""
        whole = _right(before + word) if before in _FIRST else None
        if whole is not None:
            spelled[-1] = whole
        else:
            spelled.append(_right(word) or word)
    return " ".join(spelled)


def _right(word: str) -> str | None:
    if len(word) < _LONG:
        return None
    return next((_NEAR[each] for each in (word, *sorted(_less(word))) if each in _NEAR), None)


def _of_something_else(words: list[str]) -> str:
    """A review of a deck is no deck: leave the mark out where it only says which review."""
    kept = [
        "~" if is_asset(word) and after in _HEADS else word
        for word, after in zip(words, [*words[1:], ""], strict=True)
    ]
    return " ".join(kept)

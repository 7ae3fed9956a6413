"""The decision whether a message asks for an asset, sentence by sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.asking.leading import asks
from bot.asking.nouns import marked, names_asset
from bot.asking.purpose import purposeful
from bot.asking.spoken import Sentence, sentences
from bot.asking.ways import either

_OVER = either(
    r"""no need, not needed, no longer (?:need|needed|required|necessary), never ?mind,
    (?:do|does|did|will|would) not (?:\w+ )?need, cancel (?:my|our|the|that), found (?:it|one),
    sorted, got it now, forget (?:it|that|about), scrap that, false alarm, like a hole, said nobody,
    kidding, (?:request|form|ticket) (?:is|was|has been) (?:in|submitted|filed|sent|raised)"""
)
_HANDED_IN = either("submitted, filed, filled in, filled out, raised, logged, put in")
_WITHDRAWN = re.compile(
    rf"\b(?:{_OVER}|(?:i|we) (?:have )?(?:already |just )?{_HANDED_IN} (?:a|an|the|my|our) "
    r"(?:\w+ )?(?:request|form|ticket))\b"
)
"""Nothing in the message is asked for any more, or it already is, where it belongs."""

_LIFE = either(
    """kids?, birthday, wedding, party, football, vacation, halloween, karaoke, fridge, printer,
    toner, carpenter, garden, patio, terrace, bbq, barbecue, skateboard, guitar, netflix, gym,
    landlord, funny, memes?, my (?:son|daughter|wife|husband|mum|dad)"""
)
_ELSEWHERE = re.compile(rf"\b{_LIFE}\b|\bast \d")
"""A sentence about life outside of selling, or about a request that is already made."""

_SPEAK = either("asks?, asked, said, says, wrote, told, wondered, wants to know")
_REPORTED = re.compile(
    rf"\b(?:{_SPEAK}(?: (?:me|us|him|her|them|twice|again))?"
    r" (?:if|whether|that|why|who|where|what|how)|(?:asked|said|says|wrote) ,)(?![^ ]).*|^.* yet$"
)
"""From here on others speak; "do we have one yet?" asks how far it is."""

_MANY = either("many, huge, big, muchas, vielen, mille, so many")
_THANK = either(
    """thanks, thank you, thx, ty, cheers for, danke, gracias, grazie, merci, obrigad[oa], kudos,
    props, congrats, nice, great, loved?, well done"""
)
_THANKS = re.compile(rf"^(?:{_MANY} )?{_THANK}\b[^,]*")

_REPLY = r"(?:anyone|someone) (?:has|have|knows of)\b.*\b(?:send|share|ping|let me know|shout|dm)\b"
_SUBORDINATE = re.compile(
    rf"^(?:if(?! {_REPLY})|when|whenever|once|unless|why|since|how (?:many|often|long|come))\b[^,]*"
)
"""A condition in front; "if anyone has one, please share" is none."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence of the author's with its assets marked; ``asks`` when it asks for one."""

    words: str
    asks: bool


def is_ask(text: str) -> bool:
    """Tell whether the author of a Slack message asks for a sales asset: new, updated or existing.

    ``text`` is raw, as Slack delivers it. In doubt: no. Time is linear in its length, and only its
    first 2,000 characters outside of quotations and code are read.
    """
    return any(each.asks for each in heard(text))


def heard(text: str) -> tuple[Heard, ...]:
    """Return the author's sentences, each with the answer whether it asks for an asset."""
    spoken = sentences(text)
    withdrawn = any(_WITHDRAWN.search(each.words) for each in spoken)
    return tuple(_heard(spoken, withdrawn=withdrawn))


def _heard(spoken: tuple[Sentence, ...], *, withdrawn: bool) -> Iterator[Heard]:
    named = False
    for each in spoken:
        words = purposeful(marked(each.words))
        if withdrawn or _ELSEWHERE.search(words):
            yield Heard(words, asks=False)
            continue
        yield Heard(words, asks(_own_main_clause(words), named=named, question=each.question))
        named = named or names_asset(words)


def _own_main_clause(words: str) -> str:
    """Leave out thanks, a condition in front, and what others asked."""
    return _SUBORDINATE.sub("", _THANKS.sub("", _REPORTED.sub("", words)).strip(" ,")).strip(" ,")

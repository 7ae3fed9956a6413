"""From the words that ask to the thing that is asked for: whether that is an asset."""

import re
from dataclasses import dataclass

from bot.asking import beside
from bot.asking.frames import FOLLOWING, WAYS
from bot.asking.nouns import is_asset, names_asset
from bot.asking.purpose import is_what_to_show
from bot.asking.ways import Way

_REACH = 11
"""An asset stands at most so many words behind the words that ask for it."""

_SHORT_ASK = 4
"""So many words at most stand before the asset in an ask without a verb: "ESG deck?"."""

_STOP = frozenset(
    """for from in on about at by to as into through during before after if when that which because
    but so then who whom whose what how why whether where not no never nobody my your his her
    their mine yours he she they it is are was were be been being do does did will would can
    could should must yesterdays todays seen read sent taken given forgotten found feedback time
    access approval comments permission present presenting with i we yesterday today town
    offsite onboarding qbr standup retro training thoughts input board internal hands kickoff
    keynote zeit fuer zum zur tiempo para tempo temps pour per""".split()
)
"""Behind one of these something else than the thing asked for begins."""

_CLAUSE = frozenset("""the i we it you and because this""".split()) | _STOP
"""Behind a comma these begin another clause."""

_OF = frozenset(
    """copy version versions couple bunch set kind sort pdf update refresh translation piece some
    any one few edition lot type pair revision kinds types sorts example examples pack""".split()
)
"""A copy of the brochure is a brochure."""

_DEFINITE = (["the"], ["our"], ["this"], ["that"], ["it"])
"""Before these a word such as "approved" is something that was done, else a quality."""

_OPINION = frozenset(
    """next previous last the this that these those new nice great good cool old final another
    awesome love loved liked got sent use using need needs review seen have has had ready done
    any der die das den dem ist war wann wer wie wo el la los las es cuando donde il lo gli le les
    quando dove quand est qui meine deine unsere""".split()
)
"""No ask without a verb begins with these; they begin remarks."""

_INDEFINITE = frozenset(
    """a an any some one another our latest current newest official approved""".split()
)
_MADE_ANEW = frozenset(("one", "ones", "something"))
_AS_IT_IS = frozenset(("it", "that", "this", "them"))

_FOR_USE = ("i can", "i could", "we can", "we could", "that i", "to send", "to show")
"""What directly follows an asset that is to be used."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """What stands behind the words that ask: the words up to it, itself, the words after it."""

    before: list[str]
    word: str
    after: str


def asks(words: str, *, named: bool, question: bool) -> bool:
    """Tell whether the marked ``words`` of a sentence ask for an asset.

    ``named``: an earlier sentence of the message named one, so that "can somebody make one?" does.
    """
    if not (named or names_asset(words)):
        return is_what_to_show(words)
    return (
        any(
            _leads(way, words, found, named=named, question=question)
            for way, pattern in WAYS
            for found in pattern.finditer(words)
        )
        or _follows(words, named=named)
        or is_what_to_show(words)
        or beside.EXISTS.search(words) is not None
        or beside.WANTED.search(words) is not None
        or _is_without_verb(words, question=question)
    )


def _leads(way: Way, words: str, found: re.Match[str], *, named: bool, question: bool) -> bool:
    before = words[: found.start()]
    if way is Way.NEED and (
        beside.OFFER.search(before[-40:]) or (question and beside.ADVERTISED.match(words))
    ):
        return False
    behind = words[found.end() :].split(" ", _REACH + 8)
    if (named or names_asset(before)) and _is_it(way, found[0], behind):
        return True
    thing = _thing(behind)
    return thing is not None and _suits(way, thing)


def _is_it(way: Way, asked: str, behind: list[str]) -> bool:
    """Tell whether the thing is the one that was named before: make one, correct it."""
    first = [
        each for each in behind[:3] if each not in ("me", "us", "the", "final", "a", "similar")
    ]
    if not first:
        return False
    if way is Way.CHANGE or (way is Way.MAKE and len(behind) == 1 and not asked.endswith(" do ")):
        return first[0] in _AS_IT_IS | _MADE_ANEW
    return way not in (Way.NEED, Way.HELP) and first[0] in _MADE_ANEW


def _thing(behind: list[str]) -> _Thing | None:
    """Return the asset behind the words that ask, if nothing else comes first."""
    for at, word in enumerate(behind[:_REACH]):
        if is_asset(word):
            return _Thing(behind[:at], word, " ".join(behind[at + 1 :]))
        last = behind[at - 1] if at else ""
        if word == "of" and last not in _OF:
            return None
        if word.endswith("ed") and behind[at + 1 : at + 2] in _DEFINITE:
            return None
        if word in (_CLAUSE if last == "," else _STOP):
            return None
    return None


def _suits(way: Way, thing: _Thing) -> bool:
    """Tell whether asking for this thing in this way asks for an asset to sell with."""
    after, definite = thing.after, "the" in thing.before[:3]
    if beside.OF_A_PAST_MEETING.match(after) or beside.FINISHED.match(after):
        return False
    if definite and beside.OF_A_MEETING.match(after):
        return False
    if way is Way.SEND:
        mine = thing.before[:1] in (["me"], ["us"]) or beside.TO_ME.search(after)
        return bool(mine) or (
            not _INDEFINITE.isdisjoint(thing.before) and not beside.HANDED_ON.match(after)
        )
    if way in (Way.MAKE, Way.HELP):
        anew = not definite or "same" in thing.before or beside.BETTER.match(after) is not None
        return anew and "copy" not in thing.before
    return True


def _follows(words: str, *, named: bool) -> bool:
    """Tell whether the sentence asks for what it, or one before it, named."""
    found = FOLLOWING.search(words)
    return found is not None and (named or names_asset(words[: found.start()]))


def _is_without_verb(words: str, *, question: bool) -> bool:
    """Tell whether it is a bare noun with a question mark or a please: "slides for AI, anyone?"."""
    row = words.split()
    please = row[-1:] in (["please"], ["anyone"], ["someone"])
    if not (question or please):
        return False
    at = next((n for n, word in enumerate(row[: _SHORT_ASK + 1]) if is_asset(word)), None)
    if at is None or not (_STOP | _OPINION).isdisjoint(row[:at]):
        return False
    after = row[at + 1 : at + 2]
    if " ".join(row[at + 1 : at + 3]) in _FOR_USE:
        return True
    specific = bool(at) or after not in ([], ["please"], [","])
    return specific and after in ([], ["for"], ["on"], ["about"], ["in"], [","], ["please"])

"""One message in somebody's own words, understood, next to a look at each of its words.

It is read as the bot reads it: what it wants, and what it says of the questions of a form; of the
form that it asks for or, where it asks for none, of one that is unfinished. No model is asked: the
bot has none. The floor folds the text that is read, finds its words, and looks up each among those
that are known: the clients', and those of all choices.
"""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from bench.figures import Aim, Row, p50, typical
from bench.machine import cores, kept_on
from bench.processes import ROOT
from bench.size import Size
from bot.understanding.days import Today
from bot.understanding.mentions import Background
from bot.understanding.reading import READ, heard, presumed
from bot.understanding.wanting import wish
from bot.understanding.wishes import New
from modals.form import Form
from modals.sales_asset import FORM as ASSET
from modals.sow import FORM as SOW
from storage.terms import words
from workflows.calendar import Calendar
from workflows.registry import find_workflows

UNDERSTOOD = Aim(20.0)
_PHRASES = ROOT / "tests" / "bot" / "understanding" / "phrases", ROOT / "tests" / "bot" / "asks"
_LONG = (4_000, 40_000)
"""Characters; Slack takes 40,000."""
_MOST = 100
"""Short messages for each long one, in each round."""
_FORMS = {"sow": SOW, "sales_asset": ASSET}
_WORKFLOWS = find_workflows()
_ASKED = {key: _WORKFLOWS[key] for key in _FORMS}
_CLIENTS = tuple(f"Client{number} Holdings" for number in range(500))
"""As many as are known at most."""
_KNOWN = Background(
    today=Today(now=datetime(2026, 11, 18, 15, tzinfo=UTC), calendar=Calendar()),
    currency="USD",
    names=("Globex", "Initech", "Hooli Partners", *_CLIENTS),
    choices={
        "industry": [("Fintech", "Fintech"), ("Retail", "Retail"), ("Insurance", "Insurance")],
        "audience": [("IT", "IT"), ("C-level", "C-level")],
        "asset_type": [("case_study", "Case study"), ("deck", "Deck"), ("other", "Other")],
    },
)
_VOCABULARY = frozenset(
    word
    for text in (*_KNOWN.names, *(label for some in _KNOWN.choices.values() for _, label in some))
    for word in words(text)
)


def understanding(size: Size) -> list[Row]:
    """Return how long it takes to understand one message, short or long."""
    phrases = [text for folder in _PHRASES for text in _texts(folder)]
    kinds = {f"one of {len(phrases):,} messages in the tests": phrases}
    kinds |= {f"a message of {many:,} characters": [_long(phrases, many)] for many in _LONG}
    found: list[Row] = []
    with kept_on(cores()[0]):
        for what, texts in kinds.items():
            rounds = size.rounds if len(texts) > 1 else size.rounds * _MOST
            least, bot = _took(_look_up, texts, rounds), _took(_understand, texts, rounds)
            looked = f"{what}: p50; floor: its words looked up"
            found.append(Row(looked, "ms", typical(least, p50), typical(bot, p50), UNDERSTOOD))
            worst, worst_bot = (max(max(each) for each in way) for way in (least, bot))
            found.append(Row(f"{what}: worst", "ms", worst, worst_bot))
    return found


def _understand(text: str) -> object:
    wanted = wish(text, _ASKED)
    if not isinstance(wanted, New):
        return heard(text, SOW, _KNOWN)
    return [_filled(each.text, _FORMS[each.workflow]) for each in wanted.asks]


def _filled(text: str, form: Form) -> object:
    return presumed(text, form), heard(text, form, _KNOWN)


def _look_up(text: str) -> object:
    return [word for word in words(text[:READ]) if word in _VOCABULARY]


def _took(read: Callable[[str], object], texts: Sequence[str], rounds: int) -> list[list[float]]:
    """Return for each round how many ms each text took; one round before them warms up."""
    took: list[list[float]] = []
    for _ in range(rounds + 1):
        took.append([])
        for text in texts:
            begun = time.perf_counter()
            read(text)
            took[-1].append((time.perf_counter() - begun) * 1000)
    return took[1:]


def _texts(folder: Path) -> Iterator[str]:
    for file in sorted(folder.glob("*.json")):
        yield from (str(each["text"]) for each in json.loads(file.read_text("utf-8")))


def _long(phrases: Sequence[str], characters: int) -> str:
    """Return so many characters: one phrase after the other, so each sentence says something."""
    said, length = list[str](), 0
    for phrase in cycle(phrases):
        said.append(phrase)
        length += len(phrase) + 2
        if length > characters:
            break
    return ". ".join(said)[:characters]

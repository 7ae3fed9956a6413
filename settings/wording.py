"""How a wrong setting is put into words: what was found, and what was probably meant."""

import json
import re
from collections.abc import Iterable
from datetime import date, time
from difflib import get_close_matches

_LONGEST = 120
_CREDENTIALS = re.compile(
    r"""
    (xox[a-z](?=-)|xapp(?=-)           # a Slack token
    |[rs]k_(?:live|test)(?=_)|whsec(?=_)  # a key or a secret of Stripe's
    )[-_][^\s"',]+
    | (?<=hooks\.slack\.com/)\S+       # an incoming webhook
    | [^/\s@:]*:[^/\s@]*@              # user:password@
    | (?<=//)[^/\s@]*@                 # user@ in a URL
    """,
    re.VERBOSE,
)


class Wrong(ValueError):
    """A setting is wrong; the text says what was found and what is right, and shows no secret."""


class WrongSettings(Exception):
    """Frontdesk cannot start. Its text names every wrong setting and how to put it right."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Remember the problems, each as one line of printable text."""
        self.problems = tuple(_printable(each) for each in problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """The one message for the admin."""
        count = len(self.problems)
        head = "1 setting is wrong" if count == 1 else f"{count} settings are wrong"
        lines = (f"  {number}. {each}" for number, each in enumerate(self.problems, start=1))
        foot = "Every setting is explained in docs/settings.md."
        return "\n".join([f"Frontdesk cannot start: {head}.", *lines, foot])


def shown(value: object) -> str:
    """Return ``value`` as the admin would write it, in one line, cut when long.

    What looks like a token or like credentials in a URL is left out.
    """
    match value:
        case str():
            hidden = _CREDENTIALS.sub(lambda found: f"{found[1] or ''}...", value)
            return json.dumps(_cut(hidden), ensure_ascii=False)
        case bool():
            return "true" if value else "false"
        case int() if value.bit_length() > _LONGEST:
            return "a very large number"
        case list() | dict():
            return "a list" if isinstance(value, list) else "a table"
        case date() | time():
            return value.isoformat()
        case _:
            return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def meant(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean "...?"``, or, with nothing near, all that is ``known``."""
    near = nearest(word, names := list(known))
    if near is not None:
        return f"did you mean {shown(near)}?"
    return f"right are {listed(names)}." if names else "there is none."


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """Return the one of ``known`` that is most like ``word``, whatever its case; None: none is.

    Nothing is more alike than the same letters in another order.
    """
    folded, by_folded = word.casefold(), {each.casefold(): each for each in known}
    found = [each for each in by_folded if sorted(each) == sorted(folded)]
    found = found or get_close_matches(folded, by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else None


def listed(words: Iterable[str]) -> str:
    """Return ``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def _printable(text: str) -> str:
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )

"""Words and texts that are spread as in what people write: a few everywhere, most of them rare."""

from collections.abc import Sequence
from itertools import accumulate
from random import Random

WORDS = 4_000
_EVENED = 2.7
"""Mandelbrot's correction: even the most frequent word is not everywhere."""
_ONSETS = "b br c cl d dr f fl g gr h j l m n p pl pr qu r s sc sl sp st t tr v w".split()
_VOWELS = "a e i o u ai ea ee oa ou".split()
_CODAS = ("", "", "l", "m", "n", "nd", "nt", "r", "rd", "rk", "s", "st", "t")
_ENDINGS = ("", "", "", "s", "ing", "ed", "ation", "er", "able", "ness", "ical", "ity")


class Prose:
    """A vocabulary of made-up English, and texts of it; the same ones for the same ``seed``.

    How often a word is used follows its place in :attr:`words` (Zipf's law). Beside it there are so
    many :attr:`names`, each as likely as any other.
    """

    def __init__(self, seed: int, names: int) -> None:
        self.random = Random(seed)  # noqa: S311 - the same texts in every run, and no secrets
        found = self._made_up(WORDS + names)
        self.words, self.names = found[:WORDS], found[WORDS:]
        self._summed = list(accumulate(1 / (place + _EVENED) for place in range(1, WORDS + 1)))

    def text(self, length: int) -> str:
        """Return so many words."""
        return " ".join(self.random.choices(self.words, cum_weights=self._summed, k=length))

    def title(self) -> str:
        """Return three to eight words, the first with a capital."""
        return self.text(self.random.randint(3, 8)).capitalize()

    def name(self) -> str:
        """Return one of the names."""
        return self.random.choice(self.names)

    def one(self, values: Sequence[str]) -> str:
        """Return one of ``values``."""
        return self.random.choice(values)

    def _made_up(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[self._word()] = None
        return list(found)

    def _word(self) -> str:
        pick = self.random.choice
        syllables = [pick(_ONSETS) + pick(_VOWELS) + pick(_CODAS) for _ in range(pick((1, 2, 2)))]
        return "".join(syllables) + pick(_ENDINGS)

"""How long a CRM that did not answer is left alone, so that nobody waits for it in a row."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from bot.ports import CrmUnavailable


class Busy(CrmUnavailable):
    """It answers, though not what was asked for; it can be asked again after ``seconds``."""

    def __init__(self, said: str, seconds: float = 0.0, fix: str = "") -> None:
        """Remember all of it."""
        super().__init__(said, fix)
        self.seconds = seconds


class Patience:
    """After silence a CRM called ``name`` is not asked for ``rest`` seconds; from any thread."""

    def __init__(self, name: str, rest: float) -> None:
        """Ask at once."""
        self._name, self._rest = name, rest
        self._left_alone_until = {True: 0.0, False: 0.0}

    @contextmanager
    def asking(self, *, has_time: bool) -> Iterator[None]:
        """Let ask, unless nobody answered just now; in the little time of who types, for them.

        Raises CrmUnavailable.
        """
        if monotonic() < max(self._left_alone_until[each] for each in {True, has_time}):
            raise CrmUnavailable(
                f"{self._name} did not answer just now, and is left alone a while."
            )
        try:
            yield
        except Busy as busy:
            self._leave(min(busy.seconds, self._rest), has_time=has_time)
            raise
        except CrmUnavailable:
            self._leave(self._rest, has_time=has_time)
            raise

    def _leave(self, seconds: float, *, has_time: bool) -> None:
        until = max(self._left_alone_until[has_time], monotonic() + seconds)
        self._left_alone_until[has_time] = until

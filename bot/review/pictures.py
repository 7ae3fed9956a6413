"""Pages as pictures, kept in memory for as long as they are looked at."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future

Pages = Sequence[bytes]


class Pictures:
    """The pages of the ``most`` documents that were looked at last, by the hash of the document.

    Safe to use from many threads: whoever wants pages that are being made waits for them.
    """

    def __init__(self, most: int) -> None:
        """Keep nothing yet."""
        self._most = most
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, Future[Pages]] = OrderedDict()

    def of(self, sha256: str, make: Callable[[], Pages]) -> Pages:
        """Return the pages, made by ``make`` unless they are kept. Raises what ``make`` raises."""
        with self._lock:
            kept = self._kept.get(sha256)
            if kept is not None:
                self._kept.move_to_end(sha256)
        if kept is not None:
            return kept.result()
        return self._made(sha256, make)

    def _made(self, sha256: str, make: Callable[[], Pages]) -> Pages:
        making: Future[Pages] = Future()
        with self._lock:
            theirs = self._kept.setdefault(sha256, making)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        if theirs is not making:
            return theirs.result()
        try:
            pages = tuple(make())
        except BaseException as error:  # whoever waits gets it, too; the next one tries again
            with self._lock:
                self._kept.pop(sha256, None)
            making.set_exception(error)
            raise
        making.set_result(pages)
        return pages

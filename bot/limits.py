"""How often somebody may come: a bucket of tokens for each link, each address, each person."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Limit:
    """So many visits a minute by one key; what was not used comes back evenly.

    Remembers the ``most`` keys that came last, in this process alone: of ``n`` replicas each lets
    as many in, so that all of them together bear ``n`` times what one bears.
    """

    def __init__(
        self, a_minute: int, elapsed: Callable[[], float] = time.monotonic, most: int = 10_000
    ) -> None:
        """Nobody has come yet; ``elapsed`` is in seconds."""
        self._size = float(a_minute)
        self._elapsed = elapsed
        self._most = most
        self._turn = threading.Lock()
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, *keys: str) -> int:
        """Count a visit by all of ``keys``; return 0, or how many seconds to wait instead.

        A visit that has to wait is not counted.
        """
        with self._turn:
            buckets = [self._filled(key) for key in keys]
            lacking = max(1 - bucket.left for bucket in buckets)
            if lacking > 0:
                return math.ceil(lacking * _MINUTE / self._size)
            for bucket in buckets:
                bucket.left -= 1
            return 0

    def _filled(self, key: str) -> _Bucket:
        now = self._elapsed()
        bucket = self._buckets.setdefault(key, _Bucket(self._size, now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        back = (now - bucket.at) * self._size / _MINUTE
        bucket.left, bucket.at = min(self._size, bucket.left + back), now
        return bucket

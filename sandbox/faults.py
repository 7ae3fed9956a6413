"""Faults people order: what the Web API and the deliveries shall get wrong, and how often."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

How = Literal[
    "ratelimited",
    "http_error",
    "error",
    "slow",
    "stored_then_reset",
    "stored_then_hangs",
    "stored_late",
    "reset",
]
HOWS: tuple[str, ...] = get_args(How)


@dataclass
class ApiFault:
    """What a Web API method does wrong. `times` None means until cleared.

    `channel` "" means everywhere.
    """

    method: str
    how: How
    channel: str = ""
    times: int | None = 1
    retry_after: int = 1
    status: int = 500
    code: str = "internal_error"
    seconds: float = 1.0


@dataclass
class DeliveryFault:
    """What goes wrong with deliveries of one kind ("" for any)."""

    how: Literal["lost_ack", "redeliver", "cut"]
    kind: str = ""
    times: int = 1


class Faults:
    """The faults in force. Each is used up by the calls or deliveries it hits."""

    def __init__(self) -> None:
        self.api: list[ApiFault] = []
        self.delivery: list[DeliveryFault] = []
        self.dead_triggers = 0

    def add(self, fault: ApiFault) -> ApiFault:
        """Put one more in."""
        self.api.append(fault)
        return fault

    def ratelimit(
        self, method: str, *, retry_after: int = 1, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Answer 429 with Retry-After (seconds)."""
        return self.add(ApiFault(method, "ratelimited", channel, times, retry_after=retry_after))

    def fail(self, method: str, code: str, *, channel: str = "", times: int | None = 1) -> ApiFault:
        """Answer `ok: false` with any of Slack's error codes."""
        return self.add(ApiFault(method, "error", channel, times, code=code))

    def break_(
        self, method: str, *, status: int = 500, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Answer with an HTTP status and no JSON; nothing is stored."""
        return self.add(ApiFault(method, "http_error", channel, times, status=status))

    def slow(
        self, method: str, seconds: float, *, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Do it, then answer only after that many real seconds."""
        return self.add(ApiFault(method, "slow", channel, times, seconds=seconds))

    def store_then_reset(
        self, method: str, *, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Do it, then reset the connection instead of answering."""
        return self.add(ApiFault(method, "stored_then_reset", channel, times))

    def store_then_hang(
        self, method: str, *, seconds: float = 60.0, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Do it, then keep the connection silent for that many real seconds and reset it."""
        return self.add(ApiFault(method, "stored_then_hangs", channel, times, seconds=seconds))

    def store_late(
        self, method: str, *, seconds: float = 1.0, channel: str = "", times: int | None = 1
    ) -> ApiFault:
        """Reset the connection, and do it that many real seconds afterwards."""
        return self.add(ApiFault(method, "stored_late", channel, times, seconds=seconds))

    def reset(self, method: str, *, channel: str = "", times: int | None = 1) -> ApiFault:
        """Reset the connection without doing anything."""
        return self.add(ApiFault(method, "reset", channel, times))

    def lose_ack(self, kind: str = "", *, times: int = 1) -> None:
        """Drop the acks of the next deliveries of that kind, as if they had never come in time."""
        self.delivery.append(DeliveryFault("lost_ack", kind, times))

    def redeliver(self, kind: str = "", *, times: int = 1) -> None:
        """Deliver the next event of that kind so many times more, although it was acknowledged."""
        self.delivery.append(DeliveryFault("redeliver", kind, times))

    def cut(self, kind: str = "", *, times: int = 1) -> None:
        """Send half a frame of the next deliveries of that kind, and end the connection there.

        Over Socket Mode only.
        """
        self.delivery.append(DeliveryFault("cut", kind, times))

    def expire_triggers(self, times: int = 1) -> None:
        """Let the next trigger ids be expired from the start."""
        self.dead_triggers += times

    def clear(self) -> None:
        """Everything works again."""
        self.api.clear()
        self.delivery.clear()
        self.dead_triggers = 0

    def take_api(self, method: str, is_channel: Callable[[str], bool]) -> ApiFault | None:
        """The fault this call suffers, used up by one.

        `is_channel` says whether the call is for a fault's channel.
        """
        for fault in self.api:
            if fault.method == method and (not fault.channel or is_channel(fault.channel)):
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self.api.remove(fault)
                return fault
        return None

    def take_lost_ack(self, kind: str) -> bool:
        """Whether this delivery's ack is dropped."""
        return self._take("lost_ack", kind)

    def take_cut(self, kind: str) -> bool:
        """Whether this delivery is cut in half."""
        return self._take("cut", kind)

    def _take(self, how: str, kind: str) -> bool:
        fault = self._delivery(how, kind)
        if fault is None:
            return False
        fault.times -= 1
        if fault.times <= 0:
            self.delivery.remove(fault)
        return True

    def take_redeliveries(self, kind: str) -> int:
        """How many more times this event is delivered."""
        fault = self._delivery("redeliver", kind)
        if fault is None:
            return 0
        self.delivery.remove(fault)
        return fault.times

    def take_dead_trigger(self) -> bool:
        """Whether the trigger being made is expired already."""
        if self.dead_triggers <= 0:
            return False
        self.dead_triggers -= 1
        return True

    def _delivery(self, how: str, kind: str) -> DeliveryFault | None:
        matches = (f for f in self.delivery if f.how == how and f.kind in ("", kind))
        return next(matches, None)

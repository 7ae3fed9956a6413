"""Trigger ids: three real seconds, one use."""

import secrets
import time
from dataclasses import dataclass

from sandbox.facts import limit
from sandbox.faults import Faults


@dataclass
class Trigger:
    """The right to show one modal to the person who has just done something."""

    id: str
    app_id: str
    viewer: str
    channel: str
    view: str
    until: float
    used: bool = False


class Triggers:
    """The trigger ids given out by this process.

    A restart forgets them, as they live three seconds anyway.
    """

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._issued: dict[str, Trigger] = {}

    def issue(self, app_id: str, viewer: str, *, channel: str = "", view: str = "") -> Trigger:
        """A fresh trigger; `view` is the modal in which the person did something."""
        now = time.monotonic()
        self._issued = {key: t for key, t in self._issued.items() if t.until > now - 60}
        lifetime = -1 if self._faults.take_dead_trigger() else limit("trigger_id.ttl_s")
        trigger = Trigger(_new_id(), app_id, viewer, channel, view, now + lifetime)
        self._issued[trigger.id] = trigger
        return trigger

    def problem(self, trigger_id: str, app_id: str) -> str:
        """The Web API's error for this trigger id, or "" when it is good."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if trigger.until < time.monotonic():
            return "expired_trigger_id"
        return ""

    def peek(self, trigger_id: str) -> Trigger:
        """A trigger that has no problem."""
        return self._issued[trigger_id]

    def use(self, trigger_id: str) -> None:
        """Spend a trigger."""
        self._issued[trigger_id].used = True


def _new_id() -> str:
    return (
        f"{secrets.randbelow(10**10):010d}.{secrets.randbelow(10**10):010d}.{secrets.token_hex(16)}"
    )

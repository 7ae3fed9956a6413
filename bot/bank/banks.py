"""The window that lists how the files of each bank are read."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from uuid import uuid4

from bot import windows
from bot.bank.billing import billing
from bot.desk import Desk, Gesture
from bot.errors import Problem
from bot.ports import BankMapping, Json, Unit
from bot.unmoved import did
from messages import bank


class MappingGone(Problem):
    """This mapping has been removed. The next file with its columns is asked about."""


class MappingChanged(Problem):
    """Somebody has said meanwhile how these files are read. Please open the form once more."""


def show_all(desk: Desk, gesture: Gesture) -> None:
    """Show how the files of each bank are read."""
    with desk.store.unit() as unit:
        billing(desk, unit, gesture)
        view = _view(unit)
    windows.show(desk, gesture, view)


def redraw(desk: Desk, unit: Unit, window: str) -> None:
    """Promise to show in the open ``window`` how the files of each bank are read now."""
    windows.promise(desk, unit, window, _view(unit), uuid4().hex)


@contextmanager
def shown_anew(desk: Desk, window: str) -> Iterator[None]:
    """Show ``window``, if there is one, as it is now where it lists what was.

    Raises MappingGone and MappingChanged all the same.
    """
    try:
        yield
    except (MappingGone, MappingChanged):
        if window:
            with desk.store.unit() as unit:
                redraw(desk, unit, window)
                unit.commit()
            desk.wake()
        raise


def forget(desk: Desk, gesture: Gesture, key: str) -> None:
    """Remove a mapping; the next file with its columns is asked about. Raises MappingGone."""
    with shown_anew(desk, gesture.view_id), desk.store.unit() as unit:
        billing(desk, unit, gesture)
        known = unit.bank.mapping(key)
        if known is None or not unit.bank.drop_mapping(key):
            raise MappingGone
        entry = did(gesture, "remove_mapping", desk.clock.now(), {"bank": known.bank})
        unit.audit.append(entry)
        unit.commit()
    show_all(desk, gesture)


def step_of(known: BankMapping | None) -> int:
    """Return a number for how a form finds a mapping: another one whenever anything is changed."""
    return int(sha256(repr(known).encode()).hexdigest()[:12], 16) if known else 0


def _view(unit: Unit) -> Json:
    return bank.mappings([(each.key, each.bank) for each in unit.bank.mappings()])

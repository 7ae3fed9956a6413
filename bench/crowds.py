"""200 people in one instant: on a warm bot, on one that has just started, and without Slack."""

from collections.abc import Callable

from bench.figures import Aim, Row
from bench.gestures import is_list, is_silence, is_taken
from bench.house import House
from bench.load import Crowd, at_once
from bench.processes import Served
from bench.size import Size

CROWD = 200
ALL_WITHIN = Aim(1000.0)

Come = Callable[[], Crowd]
"""Lets a crowd come to a server that runs."""


def crowds(house: House, size: Size) -> list[Row]:
    """Return the slowest answer of each crowd; raise Broken unless 200 clicks decide once."""
    forms, clicks = _forms(house), _clicks(house)
    rows = [
        _warm(house, "submissions at once", house.storing, forms, size),
        _warm(house, "clicks at once on one card", house.storing, clicks, size),
    ]
    if size.everywhere or house.database == "SQLite":
        rows += [
            _warm(house, "/sow list at once", house.acking, _lists(house), size),
            _cold(house, "submissions at once", forms),
            _cold(house, "clicks at once on one card", clicks),
            _without_slack(house),
        ]
    return rows


def _forms(house: House) -> tuple[Come, Come]:
    make = house.gestures.submissions

    def taken() -> Crowd:
        crowd = at_once(house.product.port, make(CROWD), is_taken)
        house.taken += CROWD - crowd.refused
        return crowd

    return lambda: at_once(house.storing.port, make(CROWD), is_silence), taken


def _lists(house: House) -> tuple[Come, Come]:
    make = house.gestures.lists
    return (
        lambda: at_once(house.acking.port, make(CROWD), is_silence),
        lambda: at_once(house.product.port, make(CROWD), is_list),
    )


def _clicks(house: House) -> tuple[Come, Come]:
    """On a card of their own each time: the one that :attr:`House.card` names."""
    make = house.gestures.approvals

    def decided() -> Crowd:
        card = house.card
        crowd = at_once(house.product.port, make(card, CROWD), is_silence)
        house.check_one_decision(card)
        house.card = house.large_request()
        return crowd

    return lambda: at_once(house.storing.port, make("SOW-0", CROWD), is_silence), decided


def _warm(house: House, what: str, floor: Served, sides: tuple[Come, Come], size: Size) -> Row:
    found: tuple[list[Crowd], list[Crowd]] = ([], [])
    for _ in range(size.crowds):
        for server, come, crowd in zip((floor, house.product), sides, found, strict=True):
            with server.awake():
                crowd.append(come())
    return _row(f"{CROWD} {what}, {house.database}", *found)


def _cold(house: House, what: str, sides: tuple[Come, Come]) -> Row:
    found = []
    for server, come in zip((house.storing, house.product), sides, strict=True):
        server.stop()
        server.start()
        found.append([come()])
        server.pause()
    return _row(f"{CROWD} {what}, cold start, {house.database}", *found)


def _without_slack(house: House) -> Row:
    """Slack takes connections and never answers."""
    with house.product.awake(), house.workspace.hanging():
        crowd = _clicks(house)[1]()
    name = f"{CROWD} clicks at once on one card, Slack hangs, {house.database}"
    return _row(name, [], [crowd])


def _row(name: str, floor: list[Crowd], product: list[Crowd]) -> Row:
    worst = max(max(crowd.took) for crowd in product)
    refused = sum(crowd.refused for crowd in product)
    bare = max((max(crowd.took) for crowd in floor), default=None)
    return Row(f"{name}: worst", "ms", bare, worst, ALL_WITHIN, refused)

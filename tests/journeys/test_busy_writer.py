"""SQLite's one writer is busy again and again: a gesture waits for it only so long altogether.

Slack shows an error of its own after three seconds, and then nobody reads ours.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.journeys.house import House, ask_for_sow
from tests.journeys.test_database_trouble import NOT_SAVED

SLACK_WAITS = 3.0


@contextmanager
def taking_turns(house: House, seconds: float) -> Iterator[None]:
    """Two others write in the same process, by turns, each for so many seconds."""
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        while not over.is_set():
            with house.frontdesk.database.unit():
                begun.set()
                over.wait(seconds)

    threads = [threading.Thread(target=hold) for _ in range(2)]
    for each in threads:
        each.start()
    try:
        assert begun.wait(10)
        yield
    finally:
        over.set()
        for each in threads:
            each.join()


async def test_who_clicks_hears_that_the_database_is_busy_before_slack_gives_up(
    small_house: House,
) -> None:
    """The click waits twice for about 1.4 s, which is not too long for either of them."""
    house, ana, dian = small_house, small_house.person("ana"), small_house.person("dian")
    await ask_for_sow(ana)
    await house.quiet()
    card = dian.dm_with_bot().cards("SOW-1: ")[-1]

    with taking_turns(house, 0.7):
        begun = time.monotonic()
        click = await card.click("Reject")
        took = time.monotonic() - begun
        assert (await click.replied()).text == NOT_SAVED
    assert took < SLACK_WAITS

    modal = await (await card.click("Reject")).modal_opened()
    await modal.fill(reason="Not this year.")
    assert (await modal.submit()).closed
    assert house.audited("SOW-1") == ["submit", "reject"]

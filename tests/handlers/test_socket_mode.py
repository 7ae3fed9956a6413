"""A connection over which Slack does not say hello is none: it is ended, and not tried at once."""

import json
import threading
from itertools import pairwise

import pytest
from websockets.sync.server import ServerConnection

from tests.handlers.reluctant_slack import (
    HELLO,
    PATIENCE,
    ReluctantSlack,
    connected_to,
    listen,
    reluctant_slack,
)

PAUSES = (0.5, 1.0)
"""Seconds between a failure and the next attempt, at least: after the first, and the second."""


def gaps(slack: ReluctantSlack) -> list[float]:
    """Return the seconds between the bot's attempts to connect."""
    return [later - sooner for sooner, later in pairwise(slack.asked)]


def test_a_connection_without_a_greeting_is_ended_and_tried_more_and_more_slowly(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ends: list[ServerConnection] = []

    def says_nothing(connection: ServerConnection) -> None:
        listen(slack, connection)  # which answers pings as well
        ends.append(connection)

    with reluctant_slack(says_nothing) as slack, connected_to(slack) as mode:
        slack.until(lambda: len(slack.asked) > len(PAUSES), "it was tried again")
        said = mode.problem()

    assert len(ends) >= len(PAUSES), "the bot has ended them itself"
    for gap, pause in zip(gaps(slack), PAUSES, strict=False):
        assert gap >= PATIENCE + pause
    assert said is not None
    assert "NoGreeting" in said
    assert not [each for each in caplog.records if each.exc_info]


def test_a_connection_that_fails_slowly_before_its_greeting_has_not_lived() -> None:
    delay = 2 * PATIENCE

    with reluctant_slack(lambda _: None, delay) as slack, connected_to(slack):
        slack.until(lambda: len(slack.asked) > len(PAUSES), "it was tried again")

    for gap, pause in zip(gaps(slack), PAUSES, strict=False):
        assert gap >= delay + pause


def test_after_a_connection_that_has_lived_the_next_one_is_not_kept_waiting() -> None:
    life = 2 * PATIENCE

    def lives(connection: ServerConnection) -> None:
        connection.send(json.dumps(HELLO))
        threading.Event().wait(life)

    with reluctant_slack(lives) as slack, connected_to(slack) as mode:
        slack.until(lambda: mode.problem() is None, "it is connected")
        slack.until(lambda: len(slack.asked) > len(PAUSES) + 1, "it was connected again")

    assert gaps(slack)[-1] < life + 2 * PAUSES[-1], "it is no third failure"

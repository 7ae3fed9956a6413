"""Lines of the log: what they are about stands in each, and no secret does."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import pytest

from bot.ports.occasion import note, occasion
from integrations.logs import JsonLines, TextLines

SECRETS = ["xoxb-visibly-fake-1", "https://hooks.slack.com/actions/T1/2/visibly-fake-1"]


@contextmanager
def logged(form: logging.Formatter) -> Iterator[tuple[logging.Logger, io.StringIO]]:
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(form)
    log = logging.getLogger("test.logs")
    log.setLevel(logging.DEBUG)
    log.addHandler(handler)
    try:
        yield log, lines
    finally:
        log.removeHandler(handler)


def parsed(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_a_line_is_one_object_with_what_its_thread_is_at() -> None:
    with logged(JsonLines()) as (log, lines):
        log.info("before")
        with occasion(gesture="click", key="V1", ref="SOW-7", unsaid=""):
            log.warning("Something\nodd: %s", "“ü”", extra={"seconds": 0.25})
            with occasion(job="roles"):
                note(error="abcd1234")
                log.debug("inside")
            note(outcome="refused")
            log.info("again")
        note(error="nobody hears this")
        log.info("after")

    before, odd, inside, again, after = parsed(lines)
    assert datetime.fromisoformat(odd.pop("time")).utcoffset() is not None
    assert odd == {
        "level": "warning",
        "logger": "test.logs",
        "message": "Something\nodd: “ü”",
        "gesture": "click",
        "key": "V1",
        "ref": "SOW-7",
        "seconds": 0.25,
    }
    assert (inside["job"], inside["error"]) == ("roles", "abcd1234")
    assert "ref" not in inside
    assert again["outcome"] == "refused"
    assert before.keys() == after.keys() == {"time", "level", "logger", "message"}


@pytest.mark.parametrize("secret", SECRETS)
def test_no_secret_is_in_any_field_and_the_line_stays_an_object(secret: str) -> None:
    with logged(JsonLines()) as (log, lines), occasion(ref=secret):
        try:
            int(f"the token {secret} does not work")
        except ValueError:
            log.exception("Called with %s", secret)

    assert "visibly-fake" not in lines.getvalue()
    [line] = parsed(lines)
    assert "does not work" in line["traceback"] or "hooks" in secret
    assert line["logger"] == "test.logs"


def test_people_see_what_a_line_is_about_at_its_end() -> None:
    with logged(TextLines("%(message)s")) as (log, lines):
        with occasion(gesture="click", ref="SOW-7"):
            log.info("Refused")
        log.info("Nothing")
    assert lines.getvalue() == "Refused [gesture=click ref=SOW-7]\nNothing\n"


def test_a_traceback_stands_below_its_line() -> None:
    with logged(TextLines("%(message)s")) as (log, lines), occasion(ref=SECRETS[0]):
        try:
            int("x")
        except ValueError:
            log.exception("Failed")
    first, second, *_rest = lines.getvalue().splitlines()
    assert (first, second) == (
        "Failed [ref=[a secret of Slack's]]",
        "Traceback (most recent call last):",
    )

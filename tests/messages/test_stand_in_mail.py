"""The mail that stands in for Slack: both versions say the same, and text stays text."""

from dataclasses import replace

import pytest

from messages.stand_in_mail import stand_in
from tests.messages.letters import STAND_IN, stand_ins
from tests.messages.reading import Reading
from tests.messages.test_hostile_mails import NASTY, UNSEEN
from tests.messages.test_mails import words_of

MAILS = dict(stand_ins())


@pytest.mark.parametrize("name", MAILS)
def test_plain_text_and_html_say_the_same(name: str) -> None:
    worded = MAILS[name]
    assert words_of(worded.text) == words_of(Reading(worded.html).text)
    assert [line for line in worded.text.splitlines() if len(line) > 78] == []


@pytest.mark.parametrize("name", MAILS)
def test_the_only_link_opens_slack(name: str) -> None:
    tags = Reading(MAILS[name].html).tags
    assert {each[1].get("href") for each in tags if each[0] == "a"} == {STAND_IN.link}


@pytest.mark.parametrize("text", NASTY)
def test_whatever_somebody_is_called_stays_text(text: str) -> None:
    worded = stand_in(replace(STAND_IN, to_name=text))
    known = {(tag, *attributes) for tag, attributes in Reading(MAILS["stand in"].html).tags}
    tags = Reading(worded.html).tags
    assert [each for each in tags if (each[0], *each[1]) not in known] == []
    assert not any(UNSEEN.search(part) for part in (worded.subject, worded.text, worded.html))

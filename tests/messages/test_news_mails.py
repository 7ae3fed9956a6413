"""The mail to colleagues about an asset: both versions say the same, and text stays text."""

from dataclasses import replace

import pytest

from messages.news_mails import announcement_mail
from tests.messages.letters import NEWS, news
from tests.messages.reading import Reading
from tests.messages.test_hostile_deal import retyped
from tests.messages.test_hostile_mails import NASTY, UNSEEN
from tests.messages.test_mails import words_of

MAILS = dict(news())


@pytest.mark.parametrize("name", MAILS)
def test_plain_text_and_html_say_the_same(name: str) -> None:
    worded = MAILS[name]
    assert words_of(worded.text) == words_of(Reading(worded.html).text)
    assert [line for line in worded.text.splitlines() if len(line) > 78] == []


@pytest.mark.parametrize("name", MAILS)
def test_the_only_link_is_the_permanent_one(name: str) -> None:
    tags = Reading(MAILS[name].html).tags
    assert {each[1].get("href") for each in tags if each[0] == "a"} == {NEWS.link}
    assert MAILS[name].text.count("https://") == 1


def test_it_says_how_to_end_it_and_how_to_open_the_asset() -> None:
    said = " ".join(MAILS["announcement"].text.split())
    assert 'To end that, type "/asset mail" in Slack.' in said
    assert 'type "/asset find" and its title, and press Open' in said


@pytest.mark.parametrize("text", NASTY)
def test_whatever_people_type_stays_text(text: str) -> None:
    asset = replace(retyped(NEWS.asset, text), tags=(text, text))
    worded = announcement_mail(replace(NEWS, asset=asset, to_name=text, owner_name=text))
    known = {(tag, *attributes) for tag, attributes in Reading(MAILS["announcement"].html).tags}
    tags = Reading(worded.html).tags
    assert [each for each in tags if (each[0], *each[1]) not in known] == []
    assert {each[1].get("href", NEWS.link) for each in tags} == {NEWS.link}
    assert not any(UNSEEN.search(part) for part in (worded.subject, worded.text, worded.html))
    assert "\n" not in worded.subject
    assert len(worded.subject) <= 150

"""The story of what is said and shown besides cards and forms that a command opens.

A conversation from a sentence to a request, a link that is unfurled, a verdict in words, a setting
that an admin changes, a report as a picture with its rows, and the pictures of the Home tab.
"""

from tests.faults.asks import asks_sow
from tests.faults.deeds import (
    asks_for_file,
    by_command,
    hands_in,
    job,
    opens_home,
    posts_link,
    presses_reply,
    says,
    sets,
    writes_below,
)
from tests.faults.story import Step, Story, on

_WORDS = "SOW for Initech, API client, about 250k, start 1 Feb, contact legal@initech.example"
PLAIN_WORDS = Story(
    "asked in plain words",
    (
        Step("Home tab", opens_home("ana")),
        Step("ask in plain words", says("ana", _WORDS)),
        Step("answer the first question", says("ana", "Jane Doe")),
        Step("answer the second one", says("ana", "by 15 Feb")),
        Step("submit by the card", presses_reply("ana", "Submit", "That is everything")),
        Step("post a link", posts_link("ana", "sales", "SOW-1")),
        Step("write a verdict", writes_below("ryan", "SOW-1: ", "LGTM")),
        Step("record it", presses_reply("ryan", "Approve", 'You wrote "LGTM"')),
        Step("ask where it is", says("ana", "where is SOW-1?")),
        Step("begin another one", says("ben", "I need a deck for Hooli by 15 Jan")),
        Step("think better of it", says("ben", "cancel")),
        Step("change a threshold", sets("adam", "Executive decides from", amounts="USD 5000")),
        Step("ask by the new threshold", asks_sow("8,000")),
        Step(
            "ask for a report",
            hands_in("hugo", by_command("/requests", "report"), workflow="Statement of Work"),
        ),
        Step("ask for its rows", asks_for_file("hugo", "CSV")),
        Step("pictures of the month", job("home_charts"), on("2037-12-01 15:00")),
        Step("look at them", opens_home("hugo")),
    ),
    begins=on("2037-11-30 15:00"),
)

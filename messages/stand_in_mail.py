"""The mail to a colleague whom Slack does not reach: what waits, and since when; nothing else."""

from dataclasses import dataclass

from messages import cleaning, mails_templates
from messages.mails import SUBJECT, Worded


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """A request that waits for its reader, or (``waits`` is false) that they should look after.

    ``title`` says what kind of request it is. ``since`` is when Slack should have told them, in
    words and where they are. ``link`` opens Slack.
    """

    company: str
    to_name: str
    ref: str
    title: str
    since: str
    waits: bool
    link: str


def stand_in(letter: StandIn) -> Worded:
    """Return the mail, which says no more of the request than its number and its kind."""
    subject, text = mails_templates.plain("stand_in", letter=letter)
    html = mails_templates.html("stand_in", letter=letter)
    return Worded(cleaning.cut(subject, SUBJECT), text, html)

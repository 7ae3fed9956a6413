"""The mail to colleagues who want to hear of assets by mail, too: as plain text and as HTML."""

from dataclasses import dataclass

from messages import cleaning, mails_templates
from messages.asset_facts import AssetFacts
from messages.mails import SUBJECT, Worded


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """An asset that is new on the shelf, or has a new version (``is_new`` is false).

    ``owner_name`` answers for it, "" for nobody. ``link`` is the asset's permanent page, which says
    to open it from Slack: it opens nothing by itself, so it may be passed on.
    """

    company: str
    to_name: str
    asset: AssetFacts
    owner_name: str
    link: str
    is_new: bool


def announcement_mail(news: News) -> Worded:
    """Return the mail with what the sales channel is told."""
    subject, text = mails_templates.plain("announcement", letter=news)
    html = mails_templates.html("announcement", letter=news)
    return Worded(cleaning.cut(subject, SUBJECT), text, html)

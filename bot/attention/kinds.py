"""What each kind of parcel that reaches a person is about for them: one table, in their words."""

from collections.abc import Mapping
from types import MappingProxyType

from workflows.attention import Topic

BY_REQUEST = None
"""It is told by where its request stands: it waits on its reader, is their own, or another's."""

KINDS: Mapping[str, Topic | None] = MappingProxyType(
    {
        # What waits on them.
        "remind": Topic.DECISIONS,
        # Escalations, money owed, trouble, and what is needed to go on: somebody has to know.
        "question_waits": Topic.DUTIES,
        "owner_brief": Topic.DUTIES,
        "pass_on": Topic.DUTIES,
        "escalated": Topic.DUTIES,
        "payment_nudge": Topic.DUTIES,
        "misuse_alert": Topic.DUTIES,
        "nobody": Topic.DUTIES,
        "dead_letter": Topic.DUTIES,
        "library_trouble": Topic.DUTIES,
        "signing_trouble": Topic.DUTIES,
        "ownerless": Topic.DUTIES,
        "share": Topic.DUTIES,
        "offered": Topic.DUTIES,
        "seems_away": Topic.DUTIES,
        "away_set": Topic.DUTIES,
        "away_moved": Topic.DUTIES,
        "role_empty": Topic.DUTIES,
        "setting_changed": Topic.DUTIES,
        "settings_imported": Topic.DUTIES,
        "channel_trouble": Topic.DUTIES,
        "audit_head": Topic.DUTIES,
        "ticket": Topic.DUTIES,
        # News of requests, whosever they are.
        "card": BY_REQUEST,
        "notice": BY_REQUEST,
        "delivered": BY_REQUEST,
        "handed_out": BY_REQUEST,
        "twin_ended": BY_REQUEST,
        "taker_told": BY_REQUEST,
        "opinion": BY_REQUEST,
        "tag_suggested": BY_REQUEST,
        # What comes by itself, week by week.
        "misuses": Topic.REPORTS,
        "quarterly": Topic.REPORTS,
        # What answers a gesture of theirs.
        "snoozed": Topic.ANSWERS,
        "draft_kept": Topic.ANSWERS,
        "read_scope": Topic.ANSWERS,
        "not_opened": Topic.ANSWERS,
        "opinion_thanks": Topic.ANSWERS,
        "outside_offer": Topic.ANSWERS,
        "misused": Topic.ANSWERS,
        "deals_file": Topic.ANSWERS,
        "bank_file": Topic.ANSWERS,
        "export": Topic.ANSWERS,
        "request_log": Topic.ANSWERS,
        "report": Topic.ANSWERS,
        "report_chart": Topic.ANSWERS,
        "quarterly_chart": Topic.ANSWERS,
        "chart": Topic.ANSWERS,
        "chart_words": Topic.ANSWERS,
        "sheet": Topic.ANSWERS,
        "long_sheet": Topic.ANSWERS,
        "sheet_made": Topic.ANSWERS,
        # What carries other parcels comes when it was said to come.
        "digest": Topic.ANSWERS,
        "pile": Topic.ANSWERS,
    }
)
"""By :attr:`bot.ports.Parcel.kind`: every kind whose address can be a person's."""

PRESSING_NEWS = frozenset(
    {
        *("overdue", "dispute", "resolve_dispute", "reverse_payment", "write_off", "close_short"),
        *("invoice_failed", "missed", "bounced"),
    }
)
"""Notices about money owed, deadlines missed and mails that came back: no news to be put off."""

URGENT = frozenset({"escalated"})
"""Kinds that may come in quiet hours, for those who allow it."""

BY_TIME = frozenset(
    {"remind", "escalated", "payment_nudge", "question_waits", "offered", "seems_away"}
)
"""Kinds that come because time has passed: they answer no gesture, whoever acted last."""

WHOLE = frozenset({"opinion", "tag_suggested"})
"""Kinds that ask something by buttons of their own: they come with a digest, but beside it."""

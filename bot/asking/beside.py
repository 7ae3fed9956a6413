"""What stands beside an asset and makes it another matter: a deck of yesterday's call is none."""

import re

from bot.asking.nouns import MARK
from bot.asking.ways import either

_MEETING = either(
    """yesterdays?, todays?, today, tonight, tomorrows?, last, mondays?, tuesdays?, wednesdays?,
    thursdays?, fridays?, this, call, meeting, workshop, webinar, all hands, kick ?off, keynote,
    offsite, training, session, standup, qbr, retro, town hall"""
)
OF_A_PAST_MEETING = re.compile(rf"^(?:from|of) (?:the |our |my )?(?:\w+ )?{_MEETING}\b")
"""Behind the asset: it is what was shown in a meeting."""

OF_A_MEETING = re.compile(
    rf"^(?:from|of|for|at|in) (?:the |our |my |your )?(?:\w+ )?{_MEETING}\b"
    r"|^(?:that )?(?:you|she|he|they) "
)
"""Behind the asset: with "the" before it, it belongs to a meeting or to somebody."""

_DONE = either(
    r"""approved, reviewed, signed, checked, proofread, printed, back, removed, deleted, open, up,
    out of, ready, listo, lista, pronta, pronto, fertig, loading, at \d, at home,
    to (?:be|look|work|get|feel|load|open|stop), left(?: over| on| at| in|$)"""
)
FINISHED = re.compile(rf"^(?:[^ ]+ )?{_DONE}\b")
"""Behind the asset: it exists, and something is to happen to it, or has happened."""

HANDED_ON = re.compile(r"^(?:[^ ]+ )?(?:to|with) (?!(?:me|us|use|show|share|send|the team)\b)")
"""Behind the asset: somebody else is to get it."""

TO_ME = re.compile(r"\b(?:to|with) (?:me|us)\b")
"""Behind the asset: the author is to get it."""

BETTER = re.compile(r"^(?:shorter|longer|smaller|simpler|nicer|prettier|look|more)\b")
"""Behind the asset: how it is to become."""

OFFER = re.compile(
    r"\b(?:(?:do you|does anyone|who|if you|if anyone|you|they) (?:\w+ )?"
    r"|(?:do|does|did|why|if|when) )$"
)
"""Before a need: whose it is, or that it is none."""

ADVERTISED = re.compile(
    r"^(?:needs?|looking for|want|wanted|in need of) (?!.*\b(?:anyone|someone|who|can|could)\b)"
)
"""The beginning of a question that offers: "Need a deck? Use the form"."""

_FOR_WHOM = r"(?: (?:for|on|about|in)(?: (?!is|are|was)[^ ]+){1,4}?)?"
WANTED = re.compile(
    rf"(?:^|(?<!no) ){MARK}_[^ ]*{_FOR_WHOM} "
    r"(?:(?:is|are|urgently|badly|asap|also|both|all|,) ){0,3}(?:needed|wanted|required)\b"
)
"""One-pager for Acme needed."""

EXISTS = re.compile(
    rf"\bdo(?:es)? (?:[^ ,]+ ){{0,5}}{MARK}_[^ ]*(?: [^ ,]+){{0,8}} exist\b"
    rf"|\b(?:is|are) (?:an?|any|the) (?:[^ ,]+ ){{0,4}}{MARK}_[^ ]*(?: [^ ,]+){{0,5}} available\b"
    rf"|\bwhich {MARK}_[^ ]* is (?:the |our )?(?:latest|current|newest|official|right|valid)\b"
)
"""Does a case study about this exist, is there one available, which one is current."""

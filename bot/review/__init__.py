"""The client's review: what a private link shows, and what can be done with it. No HTTP here."""

from bot.review.answering import (
    CONSENT,
    AlreadyAnswered,
    Consent,
    NotFilledIn,
    approve,
    ask,
    decline,
    request_changes,
)
from bot.review.looking import DocumentMissing, LinkVoid, NoSuchLink, Visitor, pdf, picture, see
from bot.review.paper import Assistant, Content, Decision, Paper, QuestionAsked, State

__all__ = [
    "CONSENT",
    "AlreadyAnswered",
    "Assistant",
    "Consent",
    "Content",
    "Decision",
    "DocumentMissing",
    "LinkVoid",
    "NoSuchLink",
    "NotFilledIn",
    "Paper",
    "QuestionAsked",
    "State",
    "Visitor",
    "approve",
    "ask",
    "decline",
    "pdf",
    "picture",
    "request_changes",
    "see",
]

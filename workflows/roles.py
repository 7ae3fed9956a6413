"""Who may act: roles held in the company, and seats that a single request gives."""

from enum import StrEnum


class Role(StrEnum):
    """A role somebody holds in the company; ``frontdesk.toml`` says who."""

    REQUESTER = "requester"
    SALES_ASSISTANT = "sales_assistant"
    EXECUTIVE = "executive"
    BILLING = "billing"
    TRIAGE = "triage"
    PRE_SALES = "pre_sales"
    MARKETING = "marketing"
    DELIVERY = "delivery"
    SALES_MANAGER = "sales_manager"
    HEAD_OF_SALES = "head_of_sales"
    HEAD_OF_MARKETING = "head_of_marketing"
    AUDITOR = "auditor"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        """The role in words, for sentences: ``sales assistant``."""
        return "pre-sales" if self is Role.PRE_SALES else self.value.replace("_", " ")


class Seat(StrEnum):
    """A position that one request gives to a person, whatever role they hold."""

    ASKER = "asker"
    """The one who asked; their name stands on the request."""
    OWNER = "owner"
    """The one person responsible for the request now."""
    CONTRIBUTOR = "contributor"
    """Who helps the owner."""
    FOLLOWER = "follower"
    """Who asked for the same thing and waits for this request now."""
    DECIDER = "decider"
    """Whoever may act on the current stage: its holders, or the one it was given to."""
    CLIENT = "client"
    """The client's contact, who acts by mail and on a page of ours and is no member of Slack."""
    FRONTDESK = "frontdesk"
    """Frontdesk itself: what follows of a promise, of the clock, or of a file."""

    @property
    def label(self) -> str:
        """The seat in words, for sentences."""
        return "requester" if self is Seat.ASKER else self.value


OUTSIDE = frozenset({Seat.CLIENT.value, Seat.FRONTDESK.value})
"""The ids under which those act who have no Slack id; no Slack id looks like them."""

Party = Role | Seat
"""Anybody a transition, a reminder or an effect can name."""

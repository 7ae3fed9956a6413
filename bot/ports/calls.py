"""Calls that partners make to us, to say that something changed there."""

from dataclasses import dataclass


class NotTheirs(Exception):
    """A call of which nobody knows that it is from the partner."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a partner called about, by their name for it, and an ``occasion`` that a copy has, too.

    ``about`` is "" for a call that is about nothing of ours.
    """

    about: str
    occasion: str
    is_payment: bool = False
    """Whether ``about`` is a payment; for what it is is to be asked."""

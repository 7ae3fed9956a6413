"""In which ways something is asked for, whatever the language."""

from enum import Enum, auto


class Way(Enum):
    """How something is asked for, and so what may stand between the words and the asset."""

    NEED = auto()
    """I need, we are looking for."""
    HAVE = auto()
    """Do we have, is there, who has, where is."""
    MAKE = auto()
    """Could somebody make, please prepare."""
    SEND = auto()
    """Could somebody send: to whom decides."""
    GET = auto()
    """Could I get, can we have."""
    CHANGE = auto()
    """Could marketing update, translate, shorten."""
    HELP = auto()
    """Can anyone help with."""


def either(phrases: str) -> str:
    """Return a pattern for any of some phrases: commas separate them, lines mean nothing."""
    return f"(?:{'|'.join(' '.join(each.split()) for each in phrases.split(','))})"

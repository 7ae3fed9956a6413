"""What a button of the Home tab can mean about the tab itself."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, means


@means("look_for")
@dataclass(frozen=True, slots=True)
class LookFor:
    """Say what the Home tab is to show."""


@means("show_everything")
@dataclass(frozen=True, slots=True)
class ShowEverything:
    """Show the whole Home tab again."""


@means("older")
@dataclass(frozen=True, slots=True)
class Older:
    """Show on the Home tab what follows the request at ``at`` and ``ref``."""

    at: Count
    ref: Name


@means("newest")
@dataclass(frozen=True, slots=True)
class Newest:
    """Show the first page on the Home tab again."""


@means("help")
@dataclass(frozen=True, slots=True)
class Help:
    """Say what whoever pressed it can do here."""

"""What a button about assets can mean, beside the decisions."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, Text, means


@means("open")
@dataclass(frozen=True, slots=True)
class Open:
    """Get a personal link to the current version of the asset ``ref``."""

    ref: Name


@means("use")
@dataclass(frozen=True, slots=True)
class Use:
    """Say in which deal the asset ``ref`` is used."""

    ref: Name


@means("report")
@dataclass(frozen=True, slots=True)
class Report:
    """Report the asset ``ref`` as outdated."""

    ref: Name


@means("this_one")
@dataclass(frozen=True, slots=True)
class ThisOne:
    """The asset ``ref`` does what the unfinished form ``draft`` was about to ask for."""

    ref: Name
    draft: Name


@means("follow")
@dataclass(frozen=True, slots=True)
class Follow:
    """Follow the open request ``ref`` instead of asking by the unfinished form ``draft``."""

    ref: Name
    draft: Name


@means("find_more")
@dataclass(frozen=True, slots=True)
class FindMore:
    """Show what else was found for ``text`` on the shelf, after the first ``skip``."""

    text: Text
    skip: Count


@means("triage_more")
@dataclass(frozen=True, slots=True)
class TriageMore:
    """Show the requests with this ``standing`` after the first ``skip``, as triage sees them."""

    standing: Name
    skip: Count


@means("add_tag")
@dataclass(frozen=True, slots=True)
class AddTag:
    """Add the suggested value, an observation with this ``key``, to its list."""

    key: Name


@means("start_refresh")
@dataclass(frozen=True, slots=True)
class StartRefresh:
    """Ask for a refresh of every asset whose review was due in the report of ``period``."""

    period: Name

"""What a button about reports can mean."""

from dataclasses import dataclass

from messages.buttons.wire import Name, Text, means


@means("ask_report")
@dataclass(frozen=True, slots=True)
class AskReport:
    """Choose a report, at first of the workflow with this key."""

    workflow: Name


@means("sheet:", "form")
@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Get the rows behind a report as a file of the kind ``form``: ``csv`` or ``xlsx``.

    ``report``, the days ``first`` and ``last`` (ISO), and what it was narrowed down to.
    """

    form: Name
    report: Name
    first: Name
    last: Name
    workflow: Text = ""
    person: Text = ""
    client: Text = ""

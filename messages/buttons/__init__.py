"""What buttons can mean, and how that is written on them: one module for each kind of thing."""

from messages.buttons import wire
from messages.buttons.absence import Away, EndAway, HandOn
from messages.buttons.attention import PUT_OFF, PutOff
from messages.buttons.bank import (
    BankRows,
    ChangeMapping,
    ChooseColumns,
    ChooseInvoice,
    ConfirmRow,
    ForgetMapping,
    HandInStatement,
    Mappings,
    SettleRow,
)
from messages.buttons.company import Admin, ChangeSetting
from messages.buttons.home import Help, LookFor, Newest, Older, ShowEverything
from messages.buttons.reports import AskReport, Sheet
from messages.buttons.requests import (
    SCORES,
    Button,
    Details,
    Export,
    FindRequests,
    New,
    Rate,
    Replay,
    Resume,
    Settings,
    ShowAll,
    Word,
)
from messages.buttons.shelf import (
    AddTag,
    FindMore,
    Follow,
    Open,
    Report,
    StartRefresh,
    ThisOne,
    TriageMore,
    Use,
)
from messages.buttons.talk import Discard, Pick, Submit
from messages.buttons.verdicts import (
    JUST_TALKING,
    LONGEST_WORDS,
    RECORD,
    JustTalking,
    Record,
)
from messages.buttons.wire import NotOurs

Look = Details | ShowAll | FindRequests | Settings | Rate | Word | Export
"""What a button can mean that shows what there is to see, or takes what people think of it."""

Plain = Button | New | Resume | Replay | Look
"""Anything that a button about requests, drafts and messages can mean."""

Shelf = Open | Use | Report | ThisOne | Follow | FindMore | TriageMore | AddTag | StartRefresh
"""Anything that a button about assets can mean, beside the decisions."""

Absence = Away | EndAway | HandOn
"""Anything that a button about somebody's absence can mean."""

HomeTab = LookFor | ShowEverything | Older | Newest | Help
"""What a button of the Home tab can mean about the tab itself."""

Reports = AskReport | Sheet
"""Anything that a button about reports can mean."""

Talk = Pick | Submit | Discard
"""Anything that a button of a conversation can mean, beside those of every draft."""

Company = Admin | ChangeSetting
"""Anything that a button about the settings of the company can mean."""

Bank = (
    BankRows
    | HandInStatement
    | Mappings
    | ChooseColumns
    | ChangeMapping
    | ForgetMapping
    | ConfirmRow
    | ChooseInvoice
    | SettleRow
)
"""Anything that a button about bank statements can mean."""

Verdicts = Record | JustTalking
"""Anything that a button below what somebody wrote can mean."""

Gesture = Plain | Shelf | PutOff | Absence | HomeTab | Reports | Talk | Company | Bank | Verdicts
"""Anything that a button of ours can mean."""


def encode(gesture: Gesture) -> tuple[str, str]:
    """Return the ``action_id`` and the ``value`` of a button that means ``gesture``."""
    return wire.encode(gesture)


def decode(action_id: str, value: str) -> Gesture:
    """Return what a pressed button means. Raises :class:`NotOurs` for anything else."""
    meant = wire.decode(action_id, value)
    if not isinstance(meant, Gesture):
        raise NotOurs
    return meant


__all__ = [
    "JUST_TALKING",
    "LONGEST_WORDS",
    "PUT_OFF",
    "RECORD",
    "SCORES",
    "Absence",
    "AddTag",
    "Admin",
    "AskReport",
    "Away",
    "Bank",
    "BankRows",
    "Button",
    "ChangeMapping",
    "ChangeSetting",
    "ChooseColumns",
    "ChooseInvoice",
    "Company",
    "ConfirmRow",
    "Details",
    "Discard",
    "EndAway",
    "Export",
    "FindMore",
    "FindRequests",
    "Follow",
    "ForgetMapping",
    "Gesture",
    "HandInStatement",
    "HandOn",
    "Help",
    "HomeTab",
    "JustTalking",
    "Look",
    "LookFor",
    "Mappings",
    "New",
    "Newest",
    "NotOurs",
    "Older",
    "Open",
    "Pick",
    "Plain",
    "PutOff",
    "Rate",
    "Record",
    "Replay",
    "Report",
    "Reports",
    "Resume",
    "Settings",
    "SettleRow",
    "Sheet",
    "Shelf",
    "ShowAll",
    "ShowEverything",
    "StartRefresh",
    "Submit",
    "Talk",
    "ThisOne",
    "TriageMore",
    "Use",
    "Verdicts",
    "Word",
    "decode",
    "encode",
]

"""Both halves of the wire format of buttons: what is posted today is pressed years later.

A button says what it is in its ``action_id`` and about what in its ``value``, compact JSON with a
version. Never rename or renumber anything here: old messages keep their buttons. Nothing that
arrives is trusted: who may do what is decided anew.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workflows.refusals import Refusal

DO = "do:"
NEW = "new:"
DETAILS = "details"
RESUME = "resume"
SHOW_ALL = "show_all"
SETTINGS = "settings"
ADMIN = "admin"
CHANGE_SETTING = "change_setting"
PUT_OFF = "put_off"
REPLAY = "replay"
RATE = "rate:"
EXPORT = "export"
HAND_ON = "hand_on:"
SHEET = "sheet:"
PICK = "pick:"
WORD = "word"
SCORES = range(1, 6)
"""What can be said about how a request went, from badly to very well."""
_VERSION = 1
_LONGEST = 255


class NotOurs(Refusal):
    """This button is from an older version of Frontdesk; please open the request again."""


@dataclass(frozen=True, slots=True)
class Button:
    """Do the transition ``action`` to ``ref``, as its reader saw it at ``step``.

    ``about`` is the part of it that the message was about: an invoice's number, say.
    """

    action: str
    ref: str
    step: int
    about: str = ""


@dataclass(frozen=True, slots=True)
class Details:
    """Open the page of the request ``ref``."""

    ref: str


@dataclass(frozen=True, slots=True)
class New:
    """Open the form of the workflow with this key."""

    workflow: str


@dataclass(frozen=True, slots=True)
class Resume:
    """Open the form again with what the draft keeps."""

    draft: str


@dataclass(frozen=True, slots=True)
class ShowAll:
    """List everything that concerns whoever pressed it, as ``/requests`` does."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Choose how one is reached, as ``/requests settings`` does."""


@dataclass(frozen=True, slots=True)
class Admin:
    """See the settings of the company, as ``/requests admin`` does."""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Change the setting with this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Replay:
    """Send again what the parcel with this id could not deliver."""

    parcel: int


@dataclass(frozen=True, slots=True)
class PutOff:
    """Be reminded later that ``ref`` waits, as it stood at ``step``; ``until`` says when."""

    ref: str
    step: int
    until: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Say how the closed request ``ref`` went: ``score`` from 1 to 5."""

    ref: str
    score: int


@dataclass(frozen=True, slots=True)
class Export:
    """Get everything that is kept of the request ``ref`` in one file."""

    ref: str


@dataclass(frozen=True, slots=True)
class Word:
    """Add a word to the score that was given for the closed request ``ref``."""

    ref: str


@dataclass(frozen=True, slots=True)
class Open:
    """Get a personal link to the current version of the asset ``ref``."""

    ref: str


@dataclass(frozen=True, slots=True)
class Use:
    """Say in which deal the asset ``ref`` is used."""

    ref: str


@dataclass(frozen=True, slots=True)
class Report:
    """Report the asset ``ref`` as outdated."""

    ref: str


@dataclass(frozen=True, slots=True)
class ThisOne:
    """The asset ``ref`` does what the unfinished form ``draft`` was about to ask for."""

    ref: str
    draft: str


@dataclass(frozen=True, slots=True)
class Follow:
    """Follow the open request ``ref`` instead of asking by the unfinished form ``draft``."""

    ref: str
    draft: str


@dataclass(frozen=True, slots=True)
class FindMore:
    """Show what else was found for ``text`` on the shelf, after the first ``skip``."""

    text: str
    skip: int


@dataclass(frozen=True, slots=True)
class TriageMore:
    """Show the requests with this ``standing`` after the first ``skip``, as triage sees them."""

    standing: str
    skip: int


@dataclass(frozen=True, slots=True)
class AddTag:
    """Add the suggested value, an observation with this ``key``, to its list."""

    key: str


@dataclass(frozen=True, slots=True)
class StartRefresh:
    """Ask for a refresh of every asset whose review was due in the report of ``period``."""

    period: str


@dataclass(frozen=True, slots=True)
class Away:
    """Say who stands in while one is away."""


@dataclass(frozen=True, slots=True)
class EndAway:
    """End the delegation with this id."""

    delegation: str


@dataclass(frozen=True, slots=True)
class HandOn:
    """Hand the request ``ref``, as its reader saw it at ``step``, to the person with this id."""

    ref: str
    step: int
    person: str


@dataclass(frozen=True, slots=True)
class AskReport:
    """Choose a report, at first of the workflow with this key."""

    workflow: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Get the rows behind a report as a file of the kind ``form``: ``csv`` or ``xlsx``.

    ``report``, the days ``first`` and ``last`` (ISO), and what it was narrowed down to.
    """

    form: str
    report: str
    first: str
    last: str
    workflow: str = ""
    person: str = ""
    client: str = ""


Reports = AskReport | Sheet
"""Anything that a button about reports can mean."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Mean the reading number ``nth`` (from 0) of what was said of ``field`` for ``draft``.

    As it stood when it was ``shown``: other words may have come since.
    """

    draft: str
    shown: str
    field: str
    nth: int


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand in the ``draft`` that was filled in by talking, as it stood when it was ``shown``."""

    draft: str
    shown: str


@dataclass(frozen=True, slots=True)
class Discard:
    """Forget the ``draft`` that was filled in by talking."""

    draft: str


Talk = Pick | Submit | Discard
"""Anything that a button of a conversation can mean, beside those of every draft."""


@dataclass(frozen=True, slots=True)
class FindRequests:
    """Show which requests fit ``text`` after the one at ``at`` and ``ref``; of a kind, or of all.

    ``workflow`` is a key or "". Where they begin is as :class:`bot.ports.Spot` says.
    """

    text: str
    workflow: str
    at: int
    ref: str


@dataclass(frozen=True, slots=True)
class LookFor:
    """Say what the Home tab is to show."""


@dataclass(frozen=True, slots=True)
class ShowEverything:
    """Show the whole Home tab again."""


@dataclass(frozen=True, slots=True)
class Older:
    """Show on the Home tab what follows the request at ``at`` and ``ref``."""

    at: int
    ref: str


@dataclass(frozen=True, slots=True)
class Newest:
    """Show the first page on the Home tab again."""


@dataclass(frozen=True, slots=True)
class Help:
    """Say what whoever pressed it can do here."""


HomeTab = LookFor | ShowEverything | Older | Newest | Help
"""What a button of the Home tab can mean about the tab itself."""

Absence = Away | EndAway | HandOn
"""Anything that a button about somebody's absence can mean."""

Shelf = Open | Use | Report | ThisOne | Follow | FindMore | TriageMore | AddTag | StartRefresh
"""Anything that a button about assets can mean, beside the decisions."""

Look = Details | ShowAll | FindRequests | Settings | Rate | Word | Export
"""What a button can mean that shows what there is to see, or takes what people think of it."""

Plain = Button | New | Resume | Replay | Look
"""Anything that a button about requests, drafts and messages can mean."""

Company = Admin | ChangeSetting
"""Anything that a button about the settings of the company can mean."""

Gesture = Plain | Shelf | PutOff | Absence | HomeTab | Reports | Talk | Company
"""Anything that a button of ours can mean."""

_Said = dict[str, Any]


def encode(gesture: Gesture) -> tuple[str, str]:
    """Return the ``action_id`` and the ``value`` of a button that means ``gesture``."""
    said = asdict(gesture)
    match gesture:
        case Button():
            action_id = DO + said.pop("action")
            said = {name: value for name, value in said.items() if value != ""}
        case New():
            action_id = NEW + said.pop("workflow")
        case Rate():
            action_id = f"{RATE}{gesture.score}"
        case HandOn():
            action_id = f"{HAND_ON}{gesture.person}"
        case Sheet():
            action_id = f"{SHEET}{gesture.form}"
        case Pick():
            action_id = f"{PICK}{gesture.nth}"
        case _:
            action_id = _ACTION_IDS[type(gesture)]
    return action_id, json.dumps({"v": _VERSION, **said}, separators=(",", ":"))


def decode(action_id: str, value: str) -> Gesture:
    """Return what a pressed button means. Raises :class:`NotOurs` for anything else."""
    said = _said(value)
    head, colon, rest = action_id.partition(":")
    read = _READERS.get(head + colon)
    if read is None:
        raise NotOurs
    return read(rest, said)


_ACTION_IDS: Mapping[type[Gesture], str] = {
    Details: DETAILS,
    Resume: RESUME,
    ShowAll: SHOW_ALL,
    Settings: SETTINGS,
    Admin: ADMIN,
    ChangeSetting: CHANGE_SETTING,
    PutOff: PUT_OFF,
    Replay: REPLAY,
    Export: EXPORT,
    Word: WORD,
    Open: "open",
    Use: "use",
    Report: "report",
    ThisOne: "this_one",
    Follow: "follow",
    FindMore: "find_more",
    TriageMore: "triage_more",
    AddTag: "add_tag",
    StartRefresh: "start_refresh",
    Away: "away",
    EndAway: "end_away",
    AskReport: "ask_report",
    Submit: "submit",
    Discard: "discard",
    FindRequests: "find_requests",
    LookFor: "look_for",
    ShowEverything: "show_everything",
    Older: "older",
    Newest: "newest",
    Help: "help",
}

_READERS: Mapping[str, Callable[[str, _Said], Gesture]] = {
    DO: lambda action, said: Button(
        _name(action),
        _name(said.get("ref")),
        _count(said.get("step")),
        _name(said["about"]) if "about" in said else "",
    ),
    NEW: lambda workflow, _said: New(_name(workflow)),
    RATE: lambda _score, said: Rate(_name(said.get("ref")), _score_of(said.get("score"))),
    DETAILS: lambda _rest, said: Details(_name(said.get("ref"))),
    RESUME: lambda _rest, said: Resume(_name(said.get("draft"))),
    SHOW_ALL: lambda _rest, _said: ShowAll(),
    ADMIN: lambda _rest, _said: Admin(),
    CHANGE_SETTING: lambda _rest, said: ChangeSetting(_name(said.get("name"))),
    SETTINGS: lambda _rest, _said: Settings(),
    PUT_OFF: lambda _rest, said: PutOff(
        _name(said.get("ref")), _count(said.get("step")), _name(said.get("until"))
    ),
    REPLAY: lambda _rest, said: Replay(_count(said.get("parcel"))),
    EXPORT: lambda _rest, said: Export(_name(said.get("ref"))),
    WORD: lambda _rest, said: Word(_name(said.get("ref"))),
    "open": lambda _rest, said: Open(_name(said.get("ref"))),
    "use": lambda _rest, said: Use(_name(said.get("ref"))),
    "report": lambda _rest, said: Report(_name(said.get("ref"))),
    "this_one": lambda _rest, said: ThisOne(_name(said.get("ref")), _name(said.get("draft"))),
    "follow": lambda _rest, said: Follow(_name(said.get("ref")), _name(said.get("draft"))),
    "find_more": lambda _rest, said: FindMore(_text(said.get("text")), _count(said.get("skip"))),
    "triage_more": lambda _rest, said: TriageMore(
        _name(said.get("standing")), _count(said.get("skip"))
    ),
    "add_tag": lambda _rest, said: AddTag(_name(said.get("key"))),
    "away": lambda _rest, _said: Away(),
    HAND_ON: lambda _rest, said: HandOn(
        _name(said.get("ref")), _count(said.get("step")), _name(said.get("person"))
    ),
    PICK: lambda _nth, said: Pick(
        _name(said.get("draft")),
        _name(said.get("shown")),
        _name(said.get("field")),
        _count(said.get("nth")),
    ),
    "submit": lambda _rest, said: Submit(_name(said.get("draft")), _name(said.get("shown"))),
    "discard": lambda _rest, said: Discard(_name(said.get("draft"))),
    "end_away": lambda _rest, said: EndAway(_name(said.get("delegation"))),
    "ask_report": lambda _rest, said: AskReport(_name(said.get("workflow"))),
    SHEET: lambda _form, said: Sheet(
        **{name: _name(said.get(name)) for name in ("form", "report", "first", "last")},
        **{name: _text(said.get(name)) for name in ("workflow", "person", "client")},
    ),
    "find_requests": lambda _rest, said: FindRequests(
        _text(said.get("text")),
        _text(said.get("workflow")),
        _count(said.get("at")),
        _name(said.get("ref")),
    ),
    "look_for": lambda _rest, _said: LookFor(),
    "show_everything": lambda _rest, _said: ShowEverything(),
    "older": lambda _rest, said: Older(_count(said.get("at")), _name(said.get("ref"))),
    "newest": lambda _rest, _said: Newest(),
    "help": lambda _rest, _said: Help(),
    "start_refresh": lambda _rest, said: StartRefresh(_name(said.get("period"))),
}


def _said(value: str) -> _Said:
    try:
        said = json.loads(value)
    except (ValueError, RecursionError):
        raise NotOurs from None
    if not isinstance(said, dict) or said.get("v") != _VERSION:
        raise NotOurs
    return said


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST:
        raise NotOurs
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise NotOurs
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise NotOurs
    return value


def _score_of(value: object) -> int:
    score = _count(value)
    if score not in SCORES:
        raise NotOurs
    return score

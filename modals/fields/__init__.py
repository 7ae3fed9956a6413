"""The kinds of fields a form can have."""

from modals.fields.amount import Amount
from modals.fields.choice import TICKED, Choice, Tick
from modals.fields.day import Day
from modals.fields.field import Field, Invalid, Option, Shown, State
from modals.fields.files import Files
from modals.fields.person import Person
from modals.fields.texts import Email, Lines, Reference, Text

__all__ = [
    "TICKED",
    "Amount",
    "Choice",
    "Day",
    "Email",
    "Field",
    "Files",
    "Invalid",
    "Lines",
    "Option",
    "Person",
    "Reference",
    "Shown",
    "State",
    "Text",
    "Tick",
]

"""The kinds of fields a form can have."""

from modals.fields.addresses import Email, Emails
from modals.fields.amount import Amount
from modals.fields.choice import TICKED, Choice, Tick
from modals.fields.day import Day
from modals.fields.field import Field, Invalid, Option, Shown, State
from modals.fields.files import Files
from modals.fields.items import Items
from modals.fields.numbers import Quantity, Whole
from modals.fields.person import Person
from modals.fields.texts import Lines, Reference, Text

__all__ = [
    "TICKED",
    "Amount",
    "Choice",
    "Day",
    "Email",
    "Emails",
    "Field",
    "Files",
    "Invalid",
    "Items",
    "Lines",
    "Option",
    "Person",
    "Quantity",
    "Reference",
    "Shown",
    "State",
    "Text",
    "Tick",
    "Whole",
]

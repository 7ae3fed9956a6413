"""The kinds of fields a form can have."""

from modals.fields.addresses import Email, Emails
from modals.fields.amount import Amount
from modals.fields.choice import TICKED, Choice, Offering, Tick
from modals.fields.day import Day
from modals.fields.field import Field, Invalid, Option, Shown, State
from modals.fields.files import Files
from modals.fields.items import Items
from modals.fields.link import Link
from modals.fields.lookup import Lookup
from modals.fields.numbers import Quantity, Whole
from modals.fields.person import People, Person
from modals.fields.several import Checks, Several
from modals.fields.texts import Lines, Reference, Text

__all__ = [
    "TICKED",
    "Amount",
    "Checks",
    "Choice",
    "Day",
    "Email",
    "Emails",
    "Field",
    "Files",
    "Invalid",
    "Items",
    "Lines",
    "Link",
    "Lookup",
    "Offering",
    "Option",
    "People",
    "Person",
    "Quantity",
    "Reference",
    "Several",
    "Shown",
    "State",
    "Text",
    "Tick",
    "Whole",
]

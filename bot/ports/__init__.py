"""What the use cases need of the outside: values that cross the border, and Protocols.

Every Protocol has one contract suite that each implementation passes. All instants are UTC-aware.
"""

from bot.ports.clock import Clock
from bot.ports.memory import Audit, Cards, Deliveries, Drafts, Outbox, People, Requests, Store, Unit
from bot.ports.post_office import PostOffice
from bot.ports.slack import Slack
from bot.ports.values import (
    Backlog,
    Card,
    Claimed,
    Draft,
    Identity,
    Json,
    Parcel,
    Person,
    Place,
    Reach,
)
from messages.message import Message

__all__ = [
    "Audit",
    "Backlog",
    "Card",
    "Cards",
    "Claimed",
    "Clock",
    "Deliveries",
    "Draft",
    "Drafts",
    "Identity",
    "Json",
    "Message",
    "Outbox",
    "Parcel",
    "People",
    "Person",
    "Place",
    "PostOffice",
    "Reach",
    "Requests",
    "Slack",
    "Store",
    "Unit",
]

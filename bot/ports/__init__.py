"""What the use cases need of the outside: values that cross the border, and Protocols.

Every Protocol has one contract suite that each implementation passes. All instants are UTC-aware.
"""

from bot.ports.attention import ReadersPost, Snooze, Snoozes
from bot.ports.clock import Clock
from bot.ports.crm import Crm, CrmUnavailable
from bot.ports.delegations import Delegations
from bot.ports.documents import DocumentRenderer, Glimpse, NotRendered, Template
from bot.ports.library import Library, LibraryUnavailable
from bot.ports.lookups import By, Clue, Clues, Lookups, Spot, Wanted
from bot.ports.mail import Attachment, Mail, Mailer, MailRefused, MailUnavailable
from bot.ports.memory import Audit, Cards, Deliveries, Drafts, Outbox, People, Requests, Store, Unit
from bot.ports.meter import Count, Meter, NoMeter, Span
from bot.ports.overrides import Override, Overrides, Source
from bot.ports.post_office import PostOffice
from bot.ports.records import (
    Deal,
    Deals,
    Files,
    Link,
    Links,
    Opinion,
    Opinions,
    StoredFile,
)
from bot.ports.retention import ERASED, FORGOTTEN, Ended, Erasure, Passing, Retention, Traced
from bot.ports.shelf import (
    Index,
    Indexed,
    Kind,
    KnownDeal,
    KnownDeals,
    Lists,
    Marks,
    Observation,
    Observations,
    Preferences,
    Rank,
    Ranks,
    Seen,
    Sought,
    Usage,
)
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
    Upload,
)
from messages.message import Message

__all__ = [
    "ERASED",
    "FORGOTTEN",
    "Attachment",
    "Audit",
    "Backlog",
    "By",
    "Card",
    "Cards",
    "Claimed",
    "Clock",
    "Clue",
    "Clues",
    "Count",
    "Crm",
    "CrmUnavailable",
    "Deal",
    "Deals",
    "Delegations",
    "Deliveries",
    "DocumentRenderer",
    "Draft",
    "Drafts",
    "Ended",
    "Erasure",
    "Files",
    "Glimpse",
    "Identity",
    "Index",
    "Indexed",
    "Json",
    "Kind",
    "KnownDeal",
    "KnownDeals",
    "Library",
    "LibraryUnavailable",
    "Link",
    "Links",
    "Lists",
    "Lookups",
    "Mail",
    "MailRefused",
    "MailUnavailable",
    "Mailer",
    "Marks",
    "Message",
    "Meter",
    "NoMeter",
    "NotRendered",
    "Observation",
    "Observations",
    "Opinion",
    "Opinions",
    "Outbox",
    "Override",
    "Overrides",
    "Parcel",
    "Passing",
    "People",
    "Person",
    "Place",
    "PostOffice",
    "Preferences",
    "Rank",
    "Ranks",
    "Reach",
    "ReadersPost",
    "Requests",
    "Retention",
    "Seen",
    "Slack",
    "Snooze",
    "Snoozes",
    "Sought",
    "Source",
    "Span",
    "Spot",
    "Store",
    "StoredFile",
    "Template",
    "Traced",
    "Unit",
    "Upload",
    "Usage",
    "Wanted",
]

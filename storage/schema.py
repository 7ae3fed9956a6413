"""Every table there is, in one place: importing this module completes the metadata."""

from storage.audit import audit
from storage.cards import cards
from storage.columns import metadata
from storage.deals import deal_notes, deals
from storage.deliveries import deliveries
from storage.drafts import drafts
from storage.files import files
from storage.links import links
from storage.opinions import opinions
from storage.outbox import gates, outbox
from storage.people import bindings, people, role_holders
from storage.request_rows import requests, votes
from storage.requests import counters

APPEND_ONLY = (audit, files, links, deal_notes)
"""What the bot itself may only read and append to."""

WRITABLE = (
    *(requests, counters, votes, drafts, cards),
    *(people, role_holders, bindings),
    *(deliveries, outbox, gates),
    *(deals, opinions),
)

__all__ = ["APPEND_ONLY", "WRITABLE", "metadata"]

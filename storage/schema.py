"""Every table there is, in one place: importing this module completes the metadata."""

from storage.audit import audit
from storage.bank import bank_mappings, bank_rows, bank_statements
from storage.cards import cards
from storage.columns import metadata
from storage.counters import counters
from storage.deals import deal_notes, deals
from storage.delegations import delegations
from storage.deliveries import deliveries
from storage.drafts import drafts
from storage.envelopes import envelopes
from storage.filed import filed
from storage.files import files
from storage.index_rows import indexed, indexed_words
from storage.known_deals import known_deals
from storage.links import links
from storage.lists import lists
from storage.marks import marks
from storage.observations import observations
from storage.opinions import opinions
from storage.outbox import gates, outbox
from storage.overrides import overrides
from storage.partner_invoices import partner_invoices
from storage.people import bindings, people, role_holders
from storage.preferences import preferences
from storage.ranks import ranks
from storage.request_rows import requests, votes
from storage.sealed import audit_values
from storage.snoozes import snoozes
from storage.tickets import tickets
from storage.tokens import tokens

APPEND_ONLY = (audit, deal_notes)
"""What the bot itself may only read and append to."""

REMOVABLE = (files, links, marks)
"""What the bot never changes, and removes when its time is over."""

WRITABLE = (
    *(requests, filed, counters, votes, drafts, cards),
    *(people, role_holders, bindings),
    *(deliveries, outbox, gates, audit_values),
    *(deals, opinions, known_deals, observations, envelopes, partner_invoices),
    *(indexed, indexed_words, ranks, lists, preferences, delegations, snoozes, overrides),
    *(tokens, tickets),
    *(bank_mappings, bank_statements, bank_rows),
)

__all__ = ["APPEND_ONLY", "REMOVABLE", "WRITABLE", "metadata"]

"""What is kept beside the requests: each in tables of its own, all in one transaction."""

from sqlalchemy import Connection

from bot.ports import (
    Bank,
    Cards,
    Deals,
    Delegations,
    Deliveries,
    Drafts,
    Envelopes,
    Erasure,
    Files,
    Index,
    KnownDeals,
    Links,
    Lists,
    Marks,
    Observations,
    Opinions,
    Overrides,
    PartnerInvoices,
    People,
    Preferences,
    Ranks,
    Retention,
    Snoozes,
    Tickets,
    Tokens,
)
from storage.bank import StoredBank
from storage.cards import StoredCards
from storage.deals import StoredDeals
from storage.delegations import StoredDelegations
from storage.deliveries import StoredDeliveries
from storage.drafts import StoredDrafts
from storage.envelopes import StoredEnvelopes
from storage.erasure import StoredErasure
from storage.files import StoredFiles
from storage.index import StoredIndex
from storage.known_deals import StoredKnownDeals
from storage.links import StoredLinks
from storage.lists import StoredLists
from storage.marks import StoredMarks
from storage.observations import StoredObservations
from storage.opinions import StoredOpinions
from storage.overrides import StoredOverrides
from storage.partner_invoices import StoredPartnerInvoices
from storage.people import StoredPeople
from storage.preferences import StoredPreferences
from storage.ranks import StoredRanks
from storage.retention import StoredRetention
from storage.snoozes import StoredSnoozes
from storage.tickets import StoredTickets
from storage.tokens import StoredTokens


class Beside:
    """Everything of :class:`bot.ports.Unit` that needs no more than the connection."""

    def __init__(self, connection: Connection) -> None:
        self.drafts: Drafts = StoredDrafts(connection)
        self.cards: Cards = StoredCards(connection)
        self.people: People = StoredPeople(connection)
        self.deliveries: Deliveries = StoredDeliveries(connection)
        self.files: Files = StoredFiles(connection)
        self.links: Links = StoredLinks(connection)
        self.envelopes: Envelopes = StoredEnvelopes(connection)
        self.partner_invoices: PartnerInvoices = StoredPartnerInvoices(connection)
        self.deals: Deals = StoredDeals(connection)
        self.opinions: Opinions = StoredOpinions(connection)
        self.index: Index = StoredIndex(connection)
        self.ranks: Ranks = StoredRanks(connection)
        self.known_deals: KnownDeals = StoredKnownDeals(connection)
        self.observations: Observations = StoredObservations(connection)
        self.lists: Lists = StoredLists(connection)
        self.marks: Marks = StoredMarks(connection)
        self.preferences: Preferences = StoredPreferences(connection)
        self.delegations: Delegations = StoredDelegations(connection)
        self.snoozes: Snoozes = StoredSnoozes(connection)
        self.overrides: Overrides = StoredOverrides(connection)
        self.tickets: Tickets = StoredTickets(connection)
        self.tokens: Tokens = StoredTokens(connection)
        self.bank: Bank = StoredBank(connection)
        self.retention: Retention = StoredRetention(connection)
        self.erasure: Erasure = StoredErasure(connection)

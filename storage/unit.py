"""One transaction over everything that is remembered."""

from sqlalchemy import Connection

from bot.ports import (
    Audit,
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
    Lookups,
    Marks,
    Observations,
    Opinions,
    Outbox,
    Overrides,
    People,
    Preferences,
    Ranks,
    Requests,
    Retention,
    Snoozes,
    Tickets,
    Tokens,
)
from storage.audit import ChainedAudit
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
from storage.lookups import StoredLookups
from storage.marks import StoredMarks
from storage.observations import StoredObservations
from storage.opinions import StoredOpinions
from storage.outbox import BufferedOutbox
from storage.overrides import StoredOverrides
from storage.people import StoredPeople
from storage.preferences import StoredPreferences
from storage.ranks import StoredRanks
from storage.request_rows import RequestRows
from storage.requests import StoredRequests
from storage.retention import StoredRetention
from storage.snoozes import StoredSnoozes
from storage.states import Snapshot
from storage.tickets import StoredTickets
from storage.tokens import StoredTokens


class StoredUnit:
    """:class:`bot.ports.Unit` over one connection in a transaction.

    What is added to the outbox and the audit is written by :meth:`commit`: in few round trips, and
    with the audit's lock held as shortly as can be.
    """

    def __init__(self, connection: Connection, rows: RequestRows, audit_key: bytes) -> None:
        self._stored: dict[str, Snapshot] = {}
        self.lookups: Lookups = (lookups := StoredLookups(connection, rows))
        self.requests: Requests = StoredRequests(connection, rows, self._stored, lookups)
        self.drafts: Drafts = StoredDrafts(connection)
        self.cards: Cards = StoredCards(connection)
        self.people: People = StoredPeople(connection)
        self.deliveries: Deliveries = StoredDeliveries(connection)
        self.files: Files = StoredFiles(connection)
        self.links: Links = StoredLinks(connection)
        self.envelopes: Envelopes = StoredEnvelopes(connection)
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
        self.retention: Retention = StoredRetention(connection)
        self.erasure: Erasure = StoredErasure(connection)
        self.audit: Audit = (audit := ChainedAudit(connection, audit_key, self._stored))
        self.outbox: Outbox = (outbox := BufferedOutbox(connection))
        self._connection = connection
        self._buffers = (outbox, audit)

    def commit(self) -> None:
        """Make everything durable. Raises Stale or Unavailable; nothing is written then.

        One exception: when the connection breaks while the database commits, nobody can know.
        Whoever is told Unavailable and comes again is recognised by delivery key and version.
        """
        for buffer in self._buffers:
            buffer.flush()
        self._connection.commit()
        self._stored.clear()

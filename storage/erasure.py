"""Erasing a person: what need not be kept is emptied, wherever they are named."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    cast,
    delete,
    func,
    literal,
    select,
    true,
    type_coerce,
    update,
)

from bot.ports.retention import Traced
from bot.ports.wiping import GONE, Wiper
from storage.audit import audit
from storage.bank import bank_rows, bank_statements
from storage.cards import cards
from storage.claims import IS_UNLEASED
from storage.deals import deals
from storage.delegations import delegations
from storage.drafts import drafts
from storage.known_deals import known_deals
from storage.links import links
from storage.observations import observations
from storage.opinions import opinions
from storage.outbox import gates, outbox
from storage.overrides import overrides
from storage.people import bindings, people, role_holders
from storage.preferences import preferences
from storage.request_rows import requests
from storage.sealed import SEALED, audit_values
from storage.snoozes import snoozes

_ABOUT = type_coerce(outbox.c.payload, JSON)["ref"].as_string()
_AT_ONCE = 500

Kept = Callable[[str], bool]


class StoredErasure:
    """:class:`bot.ports.Erasure` in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def trace(self, who: str) -> Traced | None:
        """Return whom a Slack id or an e-mail address means, or None when nobody is known by it."""
        address = who.strip().casefold()
        found = select(people).where(
            (people.c.user == who.strip()) | (func.lower(people.c.email) == address)
        )
        member = self._connection.execute(found).first()
        if member is not None:
            named = {member.email, member.name} - {"", GONE}
            return Traced(user=member.user, names=_longest(named), active=member.active)
        names = frozenset(self._contact(address)) if "@" in address else frozenset()
        return Traced(user="", names=_longest({address, *names})) if names else None

    def member(self, user: str) -> Mapping[str, int]:
        """Empty what is kept of a member, but in requests; return how much of what it was."""
        nobody = f"erased-{secrets.token_hex(4)}"
        emptied = {"name": GONE, "email": "", "tz": "UTC", "status": "", "emoji": ""}
        emptied_too = {"status_until": None, "active": False, "erased": True}
        of = people.c.user == user
        count = {
            "member": self._run(update(people).where(of).values(**emptied, **emptied_too)),
            "opinions": self._run(
                update(opinions).where(opinions.c.user == user).values(user=nobody)
            ),
            "observations": self._run(
                update(observations)
                .where(observations.c.user == user)
                .values(user=nobody, key=literal("erased:") + cast(observations.c.nth, Text))
            ),
        }
        by_them = update(overrides).where(overrides.c.by == user)
        count["settings they changed"] = self._run(by_them.values(by=nobody))
        settled = update(bank_rows).where(bank_rows.c.by == user)
        count["rows of bank statements they settled"] = self._run(settled.values(by=nobody))
        unread = delete(bank_statements).where(bank_statements.c.by == user)
        count["unread bank statements they handed in"] = self._run(unread)
        own: tuple[tuple[str, Table], ...] = (
            *(("preferences", preferences), ("drafts", drafts), ("snoozes", snoozes)),
            ("absences", delegations),
            *(("roles", role_holders), ("addresses that named them", bindings)),
        )
        for what, table in own:
            count[what] = self._run(delete(table).where(table.c.user == user))
        places = [f"{kind}:{user}" for kind in ("user", "home")]
        count["cards"] = self._run(delete(cards).where(cards.c.address.in_(places)))
        return count

    def words(self, words: Sequence[str], kept: Kept, user: str) -> Mapping[str, int]:
        """Erase ``words`` wherever they stand, but in requests and in what is about ``kept`` ones.

        Messages to the member ``user`` go as a whole.
        """
        wiper = Wiper(words)
        return {
            "deals": self._wipe(deals, wiper, "contact_name", "contact_email", "owner_email"),
            "rows of bank statements": self._wipe(bank_rows, wiper, "payer", "reference"),
            "unread bank statements": self._wipe(bank_statements, wiper, "name", "text"),
            "deals as last told": self._wipe(known_deals, wiper, "deal"),
            "others' drafts": self._wipe(drafts, wiper, "state", "full", "talk"),
            "what was observed": self._wipe(observations, wiper, "text", "about"),
            "clients' links": self._drop_links(wiper, kept),
            "messages": self._wipe_messages(wiper, kept, user),
            "when they were written to last": self._drop_gates(wiper, user),
        }

    def said(self, words: Sequence[str], kept: Kept) -> Mapping[int, Sequence[str]]:
        """Erase what the audit's rows say with one of ``words``, but of ``kept`` requests."""
        wiper, gone = Wiper(words), dict[int, Sequence[str]]()
        rows = select(audit_values.c.seq, audit_values.c.said, audit.c.ref).join_from(
            audit_values, audit, audit.c.seq == audit_values.c.seq
        )
        for row in self._pages(rows, audit_values.c.seq):
            named = sorted(name for name, (_salt, text) in row.said.items() if wiper.finds(text))
            if not named or kept(row.ref):
                continue
            gone[row.seq] = named
            left = {name: each for name, each in row.said.items() if name not in named}
            this = audit_values.c.seq == row.seq
            self._run(
                update(audit_values).where(this).values(said=left)
                if left
                else delete(audit_values).where(this)
            )
        return gone

    def indelible(self, words: Sequence[str]) -> Sequence[int]:
        """Return the rows of the first releases whose chained text holds one of ``words``."""
        wiper = Wiper(words)
        unsealed = select(audit.c.seq, audit.c.detail).where(
            ~audit.c.detail.contains(f'"{SEALED}":', autoescape=True)
        )
        return [row.seq for row in self._pages(unsealed, audit.c.seq) if wiper.finds(row.detail)]

    def _contact(self, address: str) -> Iterator[str]:
        """Yield the address, if a client's contact has it, and the names that stand beside it."""
        beside = (
            select(links.c.name).where(func.lower(links.c.email) == address),
            select(deals.c.contact_name).where(func.lower(deals.c.contact_email) == address),
        )
        for query in beside:
            for name in self._connection.execute(query).scalars():
                yield from (address, name)
        for row in self._pages(select(requests.c.ref, requests.c.details), requests.c.ref):
            grown = row.details.get("record") or {}
            for known, prefix in ((row.details, "contact"), (grown, "payer")):
                if str(known.get(f"{prefix}_email", "")).casefold() == address:
                    yield from (address, str(known.get(f"{prefix}_name", "")))

    def _wipe(self, table: Table, wiper: Wiper, *columns: str) -> int:
        keys, count = tuple(table.primary_key), 0
        rows = select(*keys, *(table.c[name] for name in columns if table.c[name] not in keys))
        for row in self._pages(rows, keys[0]):
            found = {name: getattr(row, name) for name in columns}
            clean = {name: wiper.wiped(value) for name, value in found.items()}
            if clean != found:
                this = keys[0] == row[0]
                count += self._run(update(table).where(this).values(**clean))
        return count

    def _drop_links(self, wiper: Wiper, kept: Kept) -> int:
        rows = select(links.c.token_hash, links.c.ref, links.c.email)
        gone = [
            row.token_hash
            for row in self._pages(rows, links.c.token_hash)
            if wiper.finds(row.email) and not kept(row.ref)
        ]
        return self._drop(links, links.c.token_hash, gone)

    def _wipe_messages(self, wiper: Wiper, kept: Kept, user: str) -> int:
        """Remove what was said to them, and their names from what was said to others."""
        rows = select(outbox.c.id, outbox.c.address, outbox.c.payload, _ABOUT.label("ref"))
        gone: list[int] = []
        count = 0
        for row in self._pages(rows, outbox.c.id):
            if kept(row.ref or ""):
                continue
            clean = wiper.wiped(row.payload)
            if _is_to(row.address, user) or wiper.finds(row.address):
                gone.append(row.id)
            elif clean != row.payload:
                this = outbox.c.id == row.id
                count += self._run(update(outbox).where(this).values(payload=clean))
        return count + self._drop(outbox, outbox.c.id, gone)

    def _drop_gates(self, wiper: Wiper, user: str) -> int:
        """Forget their addresses' pace; what is being sent to them now keeps its lease."""
        gone = [
            row.address
            for row in self._pages(select(gates.c.address), gates.c.address)
            if _is_to(row.address, user) or wiper.finds(row.address)
        ]
        return self._drop(gates, gates.c.address, gone, IS_UNLEASED)

    def _drop(
        self,
        table: Table,
        key: ColumnElement[Any],
        gone: Sequence[object],
        only: ColumnElement[bool] | None = None,
    ) -> int:
        parts = (gone[start : start + _AT_ONCE] for start in range(0, len(gone), _AT_ONCE))
        here = true() if only is None else only
        return sum(self._run(delete(table).where(key.in_(some), here)) for some in parts)

    def _pages(self, rows: Select[Any], key: ColumnElement[Any]) -> Iterator[Any]:
        """Yield the rows in the order of ``key``, so many a statement."""
        beyond: ColumnElement[bool] = true()
        name = str(key.key)
        while True:
            page = self._connection.execute(rows.where(beyond).order_by(key).limit(_AT_ONCE)).all()
            yield from page
            if len(page) < _AT_ONCE:
                return
            beyond = key > getattr(page[-1], name)

    def _run(self, statement: Any) -> int:  # noqa: ANN401 - an UPDATE or a DELETE
        count: int = self._connection.execute(statement).rowcount
        return count


def _longest(words: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, words), key=lambda word: (-len(word), word)))


def _is_to(address: str, user: str) -> bool:
    """Whether what goes there goes to the member: in a DM, to Home, in a conversation."""
    return bool(user) and address.rpartition(":")[2] == user

"""Partners of a bot that can be killed: the doubles of DocuSign and Stripe outlive it.

They call as in life: what they have to tell is told again until it is taken, oldest first.
Calls are made when the bot is quiet, so that a story is the same each time, or at once.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx

from tests.faults.memory import Memory
from tests.integrations.billing.double import Double as Stripe
from tests.integrations.billing.hooks import signed
from tests.integrations.billing.kept import Invoice
from tests.integrations.signatures.double import Double as DocuSign
from tests.journeys import billing, signing

Fact = tuple[object, ...]

_MOMENT = 0.02
"""Seconds between two calls."""
_MOST_CHANGES = 5
"""At Stripe, by one deed: a customer, an invoice, its two lines, and that it is final."""


@dataclass
class Partners:
    """Both accounts, and the settings of a bot that uses them. Stripe mails its invoices."""

    docusign: DocuSign
    stripe: Stripe
    environ: dict[str, Any]
    memory: Memory
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def keep(self) -> None:
        """Put what happened into the memory of the house."""
        assert self.memory.accounts is not None
        self.memory.accounts["docusign"] = self.docusign.memory()
        self.memory.accounts["stripe"] = self.stripe.memory()

    async def call(self, url: str) -> bool:
        """Make the oldest call there is to make; return whether there was one.

        What the bot does not take is still to be told afterwards.
        """
        async with self._turn:
            if self.docusign.connect:
                body, headers = self.docusign.connect[0]
                if await _is_taken(f"{url}/webhooks/docusign", body, headers):
                    del self.docusign.connect[0]
            elif self.stripe.waiting:
                body = json.dumps(self.stripe.waiting[0]).encode()
                if await _is_taken(f"{url}/webhooks/stripe", body, signed(body)):
                    del self.stripe.waiting[0]
            else:
                return False
            return True

    @asynccontextmanager
    async def calling(self, url: str) -> AsyncIterator[None]:
        """Call at once meanwhile, in the middle of whatever the bot is at."""

        async def always() -> None:
            while True:
                await self.call(url)
                await asyncio.sleep(_MOMENT)

        task = asyncio.create_task(always())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def disturb(self, dice: random.Random) -> int:
        """Let a partner do a coming change and not answer; return how many will be so."""
        self.stripe.lost_at = dice.randint(0, _MOST_CHANGES)
        self.docusign.lost = dice.randint(0, 1)
        return (self.stripe.lost_at > 0) + self.docusign.lost

    def leave_alone(self) -> None:
        """Let them answer everything from now on."""
        self.stripe.lost_at = self.docusign.lost = 0

    def facts(self) -> Counter[Fact]:
        """Return what there is at the partners, each as often as it is there."""
        found = Counter[Fact]()
        for each in self.docusign.envelopes.values():
            signers = tuple(one["email"] for one in each.signers)
            found["envelope", each.status, signers, each.made["emailSubject"]] += 1
        for customer in self.stripe.customers.values():
            found["customer", customer.made["email"], customer.made["name"]] += 1
        for invoice in self.stripe.invoices.values():
            found.update(_facts(invoice))
        for record in self.stripe.records.values():
            found["told to Stripe", record["amount"]["value"], record["description"]] += 1
        found.update(("mail of DocuSign's", *each) for each in self.docusign.mails)
        found.update(("mail of Stripe's", *each) for each in self.stripe.mails)
        return found

    @property
    def problems(self) -> list[str]:
        """What was asked and should not have been, and invoices that have a key in common."""
        keys = Counter(each.key for each in self.stripe.invoices.values())
        return [
            *(f"DocuSign: {each}" for each in self.docusign.problems),
            *(f"Stripe: {each}" for each in self.stripe.problems),
            *(f"Stripe has {n} invoices for {key}" for key, n in keys.items() if n > 1),
        ]


@contextmanager
def at_work(memory: Memory, now: Callable[[], datetime]) -> Iterator[Partners | None]:
    """Serve the partners of a house, as they were; None for a house that has none."""
    if memory.accounts is None:
        yield None
        return
    folder = memory.folder.parent
    with signing.docusign(folder) as (docusign, signs), billing.stripe(folder) as (stripe, bills):
        docusign.now = stripe.now = now
        docusign.remember(memory.accounts.get("docusign", {}))
        stripe.remember(memory.accounts.get("stripe", {}))
        environ = signs | bills | {"FRONTDESK_STRIPE_MAILS": "yes"}
        yield Partners(docusign, stripe, environ, memory)


async def _is_taken(url: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        async with httpx.AsyncClient() as web:
            return (await web.post(url, content=body, headers=headers)).is_success
    except httpx.HTTPError:
        return False


def _facts(invoice: Invoice) -> Iterator[Fact]:
    lines = tuple((each["description"], each["amount"]) for each in invoice.items)
    customer = invoice.customer.made["email"]
    yield "invoice", invoice.number, invoice.status, customer, lines, invoice.remaining
    for each in invoice.payments:
        yield "paid", invoice.number, each.amount, bool(each.record)

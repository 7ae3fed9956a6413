"""Clients who pay: by bank, as Billing records it, or at Stripe as the double of it has them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
from starlette.responses import JSONResponse

from tests.faults.memory import end_waits
from tests.integrations.billing.double import Double
from tests.integrations.billing.serving import environment, serving
from tests.journeys.deals import client_approved, pay, press, record, record_invoice
from tests.journeys.house import House, open_house
from workflows.invoice import Invoice


@contextmanager
def stripe(folder: Path) -> Iterator[tuple[Double, dict[str, Any]]]:
    """Serve a double; yield it with the environment of a bot whose invoices are made there."""
    with serving(folder) as (double, trusted):
        yield double, environment(double, trusted)


@asynccontextmanager
async def billing_house(
    folder: Path, database_url: str = "", **environ: Any
) -> AsyncIterator[tuple[House, Double]]:
    """A house whose invoices Stripe makes; whatever it was asked has to be as specified."""
    with stripe(folder) as (double, chosen):
        async with open_house(folder, "socket", database_url, **chosen, **environ) as house:
            double.now = house.workspace.clock.now
            yield house, double
        assert double.problems == []


async def call(house: House, body: bytes, headers: dict[str, str]) -> httpx.Response:
    """Call the house as Stripe does."""
    async with httpx.AsyncClient(base_url=house.frontdesk.server.url) as web:
        return await web.post("/webhooks/stripe", content=body, headers=headers)


async def deliver(house: House, double: Double) -> None:
    """Let Stripe make all the calls that it has not made yet, in their order."""
    for body, headers in double.deliveries():
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()


def down() -> JSONResponse:
    """What Stripe answers while it is down."""
    return JSONResponse({"error": {"type": "api_error", "message": "Later."}}, 503)


async def back(house: House, double: Double, condition: Callable[[], object], what: str) -> None:
    """Let Stripe answer again, and what waited for it be tried until ``condition`` holds."""
    double.trouble = None

    def holds() -> object:
        end_waits(house.settings.database_url)
        return condition()

    await house.until(holds, what)


async def billed(house: House, amount: str = "8,000", **invoice: object) -> Invoice:
    """Bring a request to an invoice that is made and not sent; INV-1, due Monday 30 November."""
    await client_approved(house, amount)
    await record_invoice(house, **({"number": "INV-1", "net_days": "7"} | invoice))
    await house.quiet()
    return record(house).invoices[-1]


async def sent_out(house: House) -> None:
    """Let Billing send what is not sent yet."""
    await press(house, house.person("bea"), "Send SOW and invoice to the client")


class Payer(Protocol):
    """The client with the invoice, however they pay."""

    async def pay(self, amount: str) -> None:
        """Pay so much ("3,000") of the newest invoice, until that is on record."""


@dataclass
class ByBank:
    """Who pays by bank; Billing records it."""

    house: House

    async def pay(self, amount: str) -> None:
        await pay(self.house, amount, record(self.house).invoices[-1].number)


@dataclass
class AtStripe:
    """Who pays on Stripe's page."""

    house: House
    double: Double

    async def pay(self, amount: str) -> None:
        self.double.pay(self.double.newest, int(amount.replace(",", "")) * 100)
        await deliver(self.house, self.double)

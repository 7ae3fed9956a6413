"""Clients who sign: on our own page, or at DocuSign as the double of it has them."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
from starlette.responses import JSONResponse

from tests.integrations.signatures.connect import HOOK_KEYS
from tests.integrations.signatures.double import ACCOUNT, KEY, USER, Double
from tests.integrations.signatures.serving import serving
from tests.journeys.deals import Client, letters
from tests.journeys.house import House, open_house


@contextmanager
def docusign(folder: Path) -> Iterator[tuple[Double, dict[str, Any]]]:
    """Serve a double; yield it with the environment of a bot that uses it."""
    with serving(folder) as (double, trusted):
        yield (
            double,
            {
                "FRONTDESK_DOCUSIGN": f"docusign://{KEY}:{USER}@{double.host}/{ACCOUNT}",
                "FRONTDESK_DOCUSIGN_PRIVATE_KEY": double.private_key.replace("\n", "\\n"),
                "FRONTDESK_DOCUSIGN_HMAC": ",".join(HOOK_KEYS),
                "FRONTDESK_CA_FILE": str(trusted),
            },
        )


@asynccontextmanager
async def signing_house(
    folder: Path, database_url: str = ""
) -> AsyncIterator[tuple[House, Double]]:
    """A house whose clients sign at DocuSign; whatever it was asked has to be as specified."""
    with docusign(folder) as (double, environ):
        async with open_house(folder, "socket", database_url, **environ) as house:
            double.now = house.workspace.clock.now
            yield house, double
        assert double.problems == []


async def call(house: House, body: bytes, headers: dict[str, str]) -> httpx.Response:
    """Call the house as Connect does."""
    async with httpx.AsyncClient(base_url=house.frontdesk.server.url) as web:
        return await web.post("/webhooks/docusign", content=body, headers=headers)


async def deliver(house: House, double: Double) -> None:
    """Let Connect make all the calls that it has not made yet, in their order."""
    waiting, double.connect = double.connect, []
    for body, headers in waiting:
        assert (await call(house, body, headers)).status_code == 200
    await house.quiet()


def down() -> JSONResponse:
    """What DocuSign answers while it is down."""
    return JSONResponse({"errorCode": "SERVICE_UNAVAILABLE", "message": "Later."}, 503)


class Signer(Protocol):
    """The client with the document, however it came to them."""

    async def approve(self) -> None:
        """Approve, or sign, as Hank Scorpio, CEO."""

    async def decline(self, reason: str) -> None:
        """Decline."""

    async def ask_for_changes(self, reason: str) -> None:
        """Send it back."""


@dataclass
class OnPage:
    """Who follows the newest private link."""

    house: House

    def __post_init__(self) -> None:
        self.client = Client.of(self.house, letters(self.house)[-1])

    async def approve(self) -> None:
        await self.client.late_answer("approve", name="Hank Scorpio", title="CEO", consent="yes")
        await self.house.quiet()

    async def decline(self, reason: str) -> None:
        await self.client.late_answer("decline", reason=reason)
        await self.house.quiet()

    async def ask_for_changes(self, reason: str) -> None:
        await self.client.late_answer("changes", reason=reason)
        await self.house.quiet()


@dataclass
class AtDocuSign:
    """Who got the newest envelope."""

    house: House
    double: Double

    def __post_init__(self) -> None:
        self.envelope = self.double.newest

    async def approve(self) -> None:
        if self.envelope.status == "sent":
            self.double.sign(self.envelope)
        await deliver(self.house, self.double)

    async def decline(self, reason: str) -> None:
        if self.envelope.status == "sent":
            self.double.decline(self.envelope, reason)
        await deliver(self.house, self.double)

    async def ask_for_changes(self, reason: str) -> None:
        await self.decline(f"Changes: {reason}")

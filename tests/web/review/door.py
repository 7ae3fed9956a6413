"""A browser without cookies and without scripts, at the client's page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from tests.web.review.house import House

SEAL = re.compile(r'name="seal" value="([0-9a-f]{64})"')
APPROVAL = {"name": "Jane Doe", "title": "CFO", "consent": "yes"}


@dataclass
class Door:
    """Jane's browser, without cookies and without scripts."""

    house: House
    http: httpx.AsyncClient
    elapsed: dict[str, float]

    @property
    def page(self) -> str:
        return f"/r/{self.house.jane}"

    async def opened(self, path: str = "", **headers: str) -> httpx.Response:
        return await self.http.get(path or self.page, headers=headers)

    async def sent(self, form: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        """Open the page, fill in one of its forms and send it."""
        return await self.posted(form, fields | {"seal": await self.seal()}, **headers)

    async def posted(self, form: str, fields: Mapping[str, str], **headers: str) -> httpx.Response:
        """Send a form as it is given, without opening the page."""
        return await self.http.post(f"{self.page}/{form}", data=dict(fields), headers=headers)

    async def seal(self) -> str:
        """Open the page and return what its forms carry."""
        return str(SEAL.findall((await self.opened()).text)[0])

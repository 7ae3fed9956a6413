"""The line to HubSpot: its key, limits of time and size, and what its answers mean."""

import json
import re
import ssl
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import httpx

from bot.ports import CrmRefused, CrmUnavailable
from integrations.crm.patience import Busy, Patience
from integrations.crm.reading import UNREADABLE, readable
from integrations.ending import Ending, ended, watch
from integrations.trust import FIX, distrust, trusting

API = "2026-09"
"""The date that stands in every path, and says which version of HubSpot's API is meant."""
OBJECTS = f"/crm/objects/{API}"
SECONDS = 8.0
"""For everything that one call of the port needs."""
AT_ONCE = 100
"""So many records are read in one batch, at most."""
_LONGEST = 16_000_000
"""Bytes of an answer: a hundred notes as long as notes may be fit in."""
_CONNECTING = 2.0
_CODE = re.compile(r"[A-Z_]{3,60}")
_SCOPE = re.compile(r"[a-z][a-z._-]{2,80}")
_OF_MANY = 207
_MOVING = 477
"""HubSpot's own: the account is being moved to another of its places."""
_LACKING, _ABSENT = "MISSING_SCOPES", "OBJECT_NOT_FOUND"
_SCOPES = ("requiredGranularScopes", "requiredScopes", "missingScopes")
_POLICIES = {"DAILY": 600.0, "TEN_SECONDLY_ROLLING": 10.0, "SECONDLY": 1.0}
_DONE = frozenset({200, 201, _OF_MANY})
_LATER = frozenset({423, 429, _MOVING})
_KEY = (
    "Make a service key in HubSpot (Development, Keys, Service keys), or rotate it, and set "
    "FRONTDESK_HUBSPOT_TOKEN to what it shows."
)
_WHERE = "Check FRONTDESK_HUBSPOT_URL, the network, and status.hubspot.com."


class NotThere(CrmRefused):
    """There is no such record."""


class Unseen(CrmRefused):
    """The key may not do that; any of ``scopes`` would let it, as far as HubSpot says so."""

    def __init__(self, said: str, scopes: Sequence[str]) -> None:
        """Say which scopes would do; HubSpot names all of which any one is enough."""
        one_of = "one of " if len(scopes) > 1 else ""
        super().__init__(f"{said}: its key lacks {one_of}{', '.join(scopes)}" if scopes else said)


class Line:
    """Calls to one account, from any thread. Nothing that was sent is in the text of an error.

    ``rest``: so many seconds it is left alone after it did not answer.
    """

    def __init__(self, url: str, token: str, rest: float, trusted: Path | None = None) -> None:
        """Call nobody yet. ``url`` has no slash at its end; ``trusted``: see ``trusting``."""
        self._url, self._token, self._trusted = url, token, trusted
        self._patience = Patience("HubSpot", rest)
        self._lock = Lock()
        self._trust: ssl.SSLContext | None = None

    @contextmanager
    def errand(self, seconds: float = SECONDS) -> Iterator["Errand"]:
        """Lend the line for ``seconds``, however many calls that takes and however it answers.

        Raises CrmUnavailable, also where an answer has another shape than HubSpot's, and
        CrmRefused.
        """
        with self._patience.asking(has_time=seconds >= SECONDS):
            try:
                with ended(seconds) as ending, self._client() as client:
                    yield Errand(client, ending)
            except TimeoutError:
                raise CrmUnavailable("HubSpot answers too slowly.") from None
            except UNREADABLE as error:
                said = "HubSpot answers what is not understood."
                raise Busy(said, fix=_WHERE) from error

    def _client(self) -> httpx.Client:
        with self._lock:
            if self._trust is None:
                self._trust = trusting(self._trusted)
        headers = {
            "authorization": f"Bearer {self._token}",
            "accept-encoding": "identity",  # what is packed may be longer than it looks
        }
        return httpx.Client(base_url=self._url, headers=headers, verify=self._trust)


class Errand:
    """Calls that end together. A redirect is not followed: the key goes nowhere else."""

    def __init__(self, client: httpx.Client, ending: Ending) -> None:
        """Call nobody yet."""
        self._client, self._ending = client, ending

    def get(self, path: str, **asked: str | int) -> dict[str, Any]:
        """Return what is there. Raises NotThere, Unseen, CrmRefused and CrmUnavailable."""
        return self._call("GET", path, params=asked)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer. After CrmUnavailable it may be done all the same."""
        return self._call("POST", path, json=body)

    def read(
        self, kind: str, ids: Collection[str], properties: Collection[str]
    ) -> Iterator[dict[str, Any]]:
        """Yield those of the records that are there, in a call for each hundred."""
        listed = list(ids)
        for start in range(0, len(listed), AT_ONCE):
            inputs = [{"id": each} for each in listed[start : start + AT_ONCE]]
            asked = {"inputs": inputs, "properties": list(properties)}
            yield from self.post(f"{OBJECTS}/{kind}/batch/read", asked)["results"]

    def beside(self, deals: Collection[str], kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each deal's associations with records of a kind: the deal, and the association."""
        asked = [{"id": each} for each in deals]
        while asked:
            path = f"/crm/associations/{API}/deals/{kind}/batch/read"
            inputs, asked = asked[:AT_ONCE], asked[AT_ONCE:]
            found = self.post(path, {"inputs": inputs})["results"]
            lists = readable(f"lists of a deal's {kind}", found, _beside)
            if found and not lists:
                raise ValueError("nothing beside these deals can be read")  # it is not nothing
            for deal, others, after in lists:
                for each in others:
                    yield deal, each
                if after:
                    asked.append({"id": deal, "after": after})

    def _call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        left = self._ending.left
        more["timeout"] = httpx.Timeout(left, connect=min(left, _CONNECTING))
        more["extensions"] = {"trace": watch}
        try:
            with self._client.stream(method, path, **more) as answer:
                return _meaning(answer, self._body(answer))
        except httpx.ConnectError as error:
            why = distrust(error)
            said = f"HubSpot cannot be reached: {why or type(error).__name__}"
            raise CrmUnavailable(said, FIX if why else _WHERE) from None
        except httpx.HTTPError as error:
            raise CrmUnavailable(f"HubSpot does not answer: {type(error).__name__}") from None

    def _body(self, answer: httpx.Response) -> bytes:
        """Read to the end, unless that is too much."""
        if answer.headers.get("content-encoding", "identity") != "identity":
            raise CrmUnavailable("HubSpot answers what was not asked for.", _WHERE)
        body = bytearray()
        for some in answer.iter_bytes():
            body += some
            if len(body) > _LONGEST:
                raise CrmUnavailable("HubSpot answers with more than is read.")
        return bytes(body)


def _meaning(answer: httpx.Response, body: bytes) -> dict[str, Any]:
    """Return what was answered, or raise what it means. HubSpot's sentences quote what we sent."""
    status, said = answer.status_code, _object(body)
    if status in _DONE and said is not None:
        return said
    code = str((said or {}).get("category") or (said or {}).get("errorType", ""))
    text = f"HubSpot answers HTTP {status}{f' {code}' if _CODE.fullmatch(code) else ''}"
    if status == httpx.codes.UNAUTHORIZED:
        raise CrmUnavailable(text, _KEY)
    if status == httpx.codes.FORBIDDEN and said is not None and code == _LACKING:
        raise Unseen(text, _scopes(said))
    if status == httpx.codes.NOT_FOUND and code == _ABSENT:
        raise NotThere(text)
    if status in (httpx.codes.FORBIDDEN, httpx.codes.NOT_FOUND):
        raise CrmUnavailable(text, _WHERE)  # somebody between us says so, or no path is like this
    if status in _LATER or answer.is_server_error:
        raise Busy(text, _seconds(answer, said or {}))
    if said is None or answer.is_redirect:
        raise CrmUnavailable(text, _WHERE)
    raise CrmRefused(text)


def _beside(found: Mapping[str, Any]) -> tuple[str, list[dict[str, Any]], str]:
    """Return the deal, what stands beside it, and where that goes on."""
    after = found.get("paging", {}).get("next", {}).get("after")
    return str(found["from"]["id"]), list(found["to"]), str(after or "")


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _scopes(said: Mapping[str, Any]) -> list[str]:
    """Return the scopes that HubSpot names as missing."""
    contexts = [each.get("context") for each in said.get("errors") or ()]
    named = [
        str(scope)
        for each in contexts
        if isinstance(each, dict)
        for kind in _SCOPES
        for scope in each.get(kind) or ()
    ]
    return sorted({each for each in named if _SCOPE.fullmatch(each)})


def _seconds(answer: httpx.Response, said: Mapping[str, Any]) -> float:
    """Return after how many seconds HubSpot wants to be asked again, by its header or its policy.

    One where it says nothing (developers.hubspot.com, "Usage guidelines": policyName).
    """
    header = answer.headers.get("retry-after", "")
    if header.isascii() and header.isdigit():
        return float(header)
    return _POLICIES.get(str(said.get("policyName", "")), 1.0)

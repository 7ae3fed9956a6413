"""The way to Stripe: every answer has an end, in time and in size, and a server is vouched for.

The library's own way waits for 80 seconds between two bytes, and for ever altogether.
"""

import ssl
import threading
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import httpx
from stripe import APIConnectionError, HTTPClient

from integrations.billing.access import Access
from integrations.ending import ended, watch
from integrations.resting import Rest, Resting
from integrations.trust import FIX, distrust, trusting

_LARGEST = 20_000_000
"""Bytes of an answer; an invoice's PDF has a hundredth of that."""
_MOST_LEADS = 3
_LATER = (httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS)
_STRIPES = ".stripe.com"


class Elsewhere(Exception):
    """A document is not to be had: the text says why."""


class _TooMuch(httpx.HTTPError):
    """An answer is too long."""


class Line(HTTPClient):
    """The library's calls, and the documents to which Stripe's answers lead."""

    name = "httpx"

    def __init__(self, access: Access) -> None:
        """Remember the access; nothing is sent yet."""
        super().__init__()
        self._access = access
        self._lock = threading.Lock()
        self._trust: ssl.SSLContext | None = None
        self._rest = Rest(access.rest, _is_silence)

    def request(  # type: ignore[override]  # the library gives bytes, too
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: str | None = None,
        **_: object,
    ) -> tuple[bytes, int, Mapping[str, str]]:
        """Return body, status and headers of an answer. Raises APIConnectionError.

        After silence Stripe is left alone for a while, so hands do not wait for it in a row.
        """
        try:
            answer, body = self._asked(method, url, dict(headers or {}), post_data)
        except Resting as resting:
            raise _away(str(resting)) from resting
        except httpx.HTTPError as problem:
            raise _away(_said(problem)) from problem
        return body, answer.status_code, answer.headers

    def document(self, url: str) -> bytes:
        """Return a document of Stripe's; no key is sent along.

        Raises Elsewhere where it is not Stripe's or not there, APIConnectionError.
        """
        try:
            for _ in range(_MOST_LEADS):
                self._must_be_theirs(url)
                answer, body = self._asked("get", url, {}, None)
                if not answer.is_redirect:
                    return _whole(answer, body)
                url = urljoin(url, answer.headers.get("location", ""))
        except Resting as resting:
            raise _away(str(resting)) from resting
        except httpx.HTTPError as problem:
            raise _away(_said(problem)) from problem
        raise Elsewhere("its address leads on and on")

    def close(self) -> None:
        """Nothing is held: each call has a connection of its own, that it can be cut."""

    def _must_be_theirs(self, url: str) -> None:
        found, ours = urlsplit(url), urlsplit(self._access.url)
        is_theirs = (found.hostname or "").endswith(_STRIPES) and found.scheme == "https"
        if not is_theirs and (found.scheme, found.netloc) != (ours.scheme, ours.netloc):
            raise Elsewhere("its address is not one of Stripe's")

    def _asked(
        self, method: str, url: str, headers: Mapping[str, str], content: str | None
    ) -> tuple[httpx.Response, bytes]:
        said, seconds, body = {"trace": watch}, self._access.seconds, bytearray()
        try:
            with (
                self._rest.asking(),
                ended(seconds),
                httpx.Client(timeout=seconds, verify=self._trusted()) as web,
                web.stream(
                    method, url, headers=dict(headers), content=content, extensions=said
                ) as answer,
            ):
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > _LARGEST:
                        raise _TooMuch("it is too long")
        except TimeoutError:
            raise httpx.ReadTimeout("it takes too long") from None
        return answer, bytes(body)

    def _trusted(self) -> ssl.SSLContext:
        with self._lock:
            if self._trust is None:
                self._trust = trusting(self._access.trusted)
            return self._trust


def _whole(answer: httpx.Response, body: bytes) -> bytes:
    """Return a document; what is none is a page of somebody on the way, and says nothing of it."""
    status = answer.status_code
    if status >= httpx.codes.INTERNAL_SERVER_ERROR or status in _LATER:
        raise _away(f"HTTP {status}")
    if status != httpx.codes.OK:
        raise Elsewhere(f"HTTP {status}")
    if not body.startswith(b"%PDF-"):
        raise _away("what comes in the place of a PDF is none")
    return body


def _is_silence(problem: BaseException) -> bool:
    return isinstance(problem, TimeoutError | httpx.TimeoutException | _TooMuch)


def _away(said: str) -> APIConnectionError:
    return APIConnectionError(said)  # type: ignore[no-untyped-call]  # the library's own


def _said(problem: httpx.HTTPError) -> str:
    """Return what happened, without any address in it."""
    if why := distrust(problem):
        return f"{why}. {FIX}"
    return f"cannot be reached ({type(problem).__name__.lstrip('_')})"

"""The line to Salesforce: tokens, time limits, and what its answers mean. By simple-salesforce."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from ssl import SSLContext
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from simple_salesforce.api import Salesforce
from simple_salesforce.exceptions import SalesforceError, SalesforceExpiredSession

from bot.ports import Clock, CrmRefused, CrmUnavailable
from integrations.crm.patience import Busy, Patience
from integrations.crm.salesforce.login import Login
from integrations.crm.salesforce.signing_in import Token, sign_in
from integrations.ending import ended, watch_session
from integrations.trust import FIX, distrust, trusting

API = "67.0"
SECONDS = 8.0
"""For everything that one call needs, signing in included."""
_LEAST = 0.05
_LONGEST = 300
_BUSY = frozenset(
    {"REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW", "QUERY_TIMEOUT"}
)
"""Salesforce's words for: not now."""
_SERVERS_FAULT = 500
_TOO_MANY = 429

_ABSENT = "NOT_FOUND"

T = TypeVar("T")
Ask = Callable[[Salesforce, float], T]


class NotThere(CrmRefused):
    """There is no such thing here, or our user does not see it."""


class Line:
    """Calls to one organisation, from any thread. Raises CrmUnavailable and CrmRefused.

    ``clock`` tells the real time, which a signature is good for. ``rest``: so many seconds
    it is left alone after it did not answer.
    """

    def __init__(self, login: Login, clock: Clock, rest: float) -> None:
        """Call nobody yet."""
        self._login, self._clock = login, clock
        self._patience = Patience("Salesforce", rest)
        self._lock = Lock()
        self._token: Token | None = None
        self._idle: list[tuple[Token, Salesforce]] = []
        self._trust: SSLContext | None = None

    @property
    def url(self) -> str:
        """The organisation's address, as far as it is known."""
        return self._token.url if self._token else self._login.url

    def query(self, soql: str, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """Return the records of a query; all of them fit into one answer (2,000)."""
        said = self._call(lambda client, left: client.query(soql, timeout=left), seconds)
        records: list[dict[str, Any]] = said["records"]
        return records

    def describe(self, kind: str, seconds: float = SECONDS) -> dict[str, Any]:
        """Return what our user may do with records of a kind. Raises NotThere, too."""
        path = f"sobjects/{kind}/describe"
        said = self._call(lambda client, left: client.restful(path, timeout=left), seconds)
        return said or {}

    def create(self, kind: str, values: dict[str, str]) -> None:
        """Create a record. After CrmUnavailable it may be there all the same."""
        path, body = f"sobjects/{kind}", json.dumps(values)
        self._call(
            lambda client, left: client.restful(path, method="POST", data=body, timeout=left),
            SECONDS,
        )

    def limits(self) -> dict[str, Any]:
        """Return how much the organisation may ask for, and how much of it is left."""
        said: dict[str, Any] = self._call(lambda client, left: client.limits(timeout=left), SECONDS)
        return said

    def close(self) -> None:
        """Let go of every connection."""
        with self._lock:
            idle, self._idle, self._token = self._idle, [], None
        for _, client in idle:
            client.session.close()

    def _call(self, ask: "Ask[T]", seconds: float) -> T:
        with self._patience.asking(has_time=seconds >= SECONDS), _in_time(seconds):
            return self._answer(ask, monotonic() + seconds)

    def _answer(self, ask: "Ask[T]", until: float) -> T:
        try:
            with suppress(SalesforceExpiredSession):
                return self._asked(ask, until)
            self.close()  # what was signed in is no more
            return self._asked(ask, until)
        except SalesforceError as error:
            raise _meaning(error) from None  # its text quotes what was asked
        except (OSError, ValueError) as error:  # no answer, or none that is JSON
            why = distrust(error)
            said = f"Salesforce does not answer: {why or type(error).__name__}"
            raise CrmUnavailable(said, FIX if why else "") from None

    def _asked(self, ask: "Ask[T]", until: float) -> T:
        with self._client(until) as client:
            return ask(client, _left(until))

    @contextmanager
    def _client(self, until: float) -> Iterator[Salesforce]:
        """Lend a client that nobody else uses; it is kept for the next one unless it failed."""
        token = self._signed_in(until)
        with self._lock:
            own = next((each for each in self._idle if each[0] is token), None)
            if own is not None:
                self._idle.remove(own)
        client = own[1] if own else _client(token, self._trusted())
        try:
            yield client
        except BaseException:
            client.session.close()
            raise
        with self._lock:
            if self._token is token:
                self._idle.append((token, client))
                return
        client.session.close()

    def _trusted(self) -> SSLContext:
        with self._lock:
            if self._trust is None:
                self._trust = trusting(self._login.trusted)
            return self._trust

    def _signed_in(self, until: float) -> Token:
        token = self._token
        if token is None:
            token = sign_in(self._login, self._clock.now(), _left(until))
            with self._lock:
                self._token = token
        return token


@contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    try:
        with ended(seconds):
            yield
    except TimeoutError:
        raise CrmUnavailable("Salesforce answers too slowly.") from None


def _client(token: Token, trust: SSLContext) -> Salesforce:
    client = Salesforce(instance_url=token.url, session_id=token.value, version=API)
    watch_session(client.session, trust)
    client.base_url = f"{token.url}/services/data/v{API}/"
    return client


def _left(until: float) -> float:
    return max(_LEAST, until - monotonic())


def _meaning(error: SalesforceError) -> CrmUnavailable | CrmRefused:
    """Return what an error of Salesforce's is to us. Its text holds nothing of what we sent."""
    code, said = _said(error.content)
    text = f"Salesforce answers {code or error.status}: {said}"[:_LONGEST]
    passes = error.status >= _SERVERS_FAULT or error.status == _TOO_MANY or code in _BUSY
    if passes or isinstance(error, SalesforceExpiredSession):
        return Busy(text)
    return NotThere(text) if code == _ABSENT else CrmRefused(text)


def _said(content: object) -> tuple[str, str]:
    if isinstance(content, Sequence) and content and isinstance(content[0], dict):
        # A refused query is quoted below the first line, and in it names of clients.
        last = str(content[0].get("message", "")).strip().rpartition("\n")[2]
        return str(content[0].get("errorCode", "")), last
    return "", "no reason that can be read"

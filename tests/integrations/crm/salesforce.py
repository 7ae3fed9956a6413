"""A small Salesforce on this machine: it keeps records, and refuses what Salesforce would.

Salesforce publishes no specification for machines that is the same for all organisations, so what
is accepted and answered here follows its documents, of API version 67.0 where they name one:

- "REST API Developer Guide": Query, sObject Rows and sObject Describe, Limits, "Status Codes and
  Error Responses", and the header Sforce-Limit-Info;
- "SOQL and SOSL Reference" (:mod:`tests.integrations.crm.soql`);
- "Object Reference": Opportunity, OpportunityContactRole, Task, ContentVersion, CurrencyType; which
  of their fields can be filtered by and created is in :mod:`tests.integrations.crm.organisation`;
- Salesforce Help: "OAuth 2.0 Client Credentials Flow" and "OAuth 2.0 JWT Bearer Flow for
  Server-to-Server Integration".

Whatever is not written there (an unknown field, a filter on a long text, a request without its
token, an additional parameter) is an error here.
"""

import asyncio
import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from integrations.clock import SystemClock
from tests.integrations.crm.organisation import DATA, Organisation, Refused
from web.server import Server

CLIENT, SECRET, USER = "3MVG9visibly.fake", "visibly-fake-secret", "frontdesk@harborlight.example"
AUDIENCES = ("https://login.salesforce.com", "https://test.salesforce.com")
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST_ASSERTION = 5 * 60


@dataclass
class SalesforceDouble(Organisation):
    """An organisation and the doors to it.

    ``down`` answers all of it with 503; ``silent`` lets callers wait; ``limited``: the day's calls
    are used up; ``approved``: whoever signs in may use the app.
    """

    down: bool = False
    limited: bool = False
    approved: bool = True
    instance: str = ""
    """Where it says that the organisation is, if elsewhere."""
    calls: list[str] = field(default_factory=list)
    url: str = ""
    silent: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)
    _tokens: set[str] = field(default_factory=set)
    _key: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )

    @property
    def key(self) -> str:
        """The private key whose certificate the app was given."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()

    def forget_tokens(self) -> None:
        """End every session."""
        self._tokens.clear()

    @contextmanager
    def serving(self) -> Iterator["SalesforceDouble"]:
        """Serve on a free port of this machine."""
        routes = [
            Route("/services/oauth2/token", self._answering(self._token), methods=["POST"]),
            Route(f"{DATA}/query/", self._answering(self._query), methods=["GET"]),
            Route(f"{DATA}/limits/", self._answering(self._limits), methods=["GET"]),
            Route(f"{DATA}/sobjects/{{kind}}", self._answering(self._create), methods=["POST"]),
            Route(f"{DATA}/sobjects/{{kind}}/describe", self._answering(self._describe)),
        ]
        server = Server(Starlette(routes=routes), "127.0.0.1", 0)
        server.start()
        self.url = server.url
        try:
            yield self
        finally:
            self.released.set()
            server.stop()

    def _answering(self, answer: Callable[[Request, bytes], Response]) -> Callable[[Request], Any]:
        async def answered(request: Request) -> Response:
            self.calls.append(f"{request.method} {request.url.path}")
            body = await request.body()
            if self.silent.is_set():
                await asyncio.to_thread(self.released.wait, 20)
            if self.down:
                return Response("<html>We are down for maintenance.</html>", 503)
            try:
                if answer != self._token:
                    self._let_in(request)
                return answer(request, body)
            except Refused as refused:
                said = [{"message": refused.message, "errorCode": refused.code}]
                return JSONResponse(said, refused.status)

        return answered

    def _let_in(self, request: Request) -> None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self._tokens:
            raise Refused(401, "INVALID_SESSION_ID", "Session expired or invalid")
        if self.limited:
            raise Refused(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
        if request.query_params.keys() - {"q"}:
            raise Refused(400, "INVALID_FIELD", "no such parameter")

    def _token(self, request: Request, body: bytes) -> Response:
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        asked = dict(parse_qsl(body.decode(), strict_parsing=True))
        match asked:
            case {"grant_type": "client_credentials", **more} if not more:
                problem = self._basic(request)
            case {"grant_type": grant, "assertion": signed, **more} if grant == _JWT and not more:
                problem = self._assertion(signed)
            case _:
                problem = ("unsupported_grant_type", "grant type not supported")
        if problem:
            error, said = problem
            return JSONResponse({"error": error, "error_description": said}, 400)
        token = f"00Dvisibly!fake.{len(self._tokens)}.{len(self.calls)}"
        self._tokens.add(token)
        answer = {
            "access_token": token,
            "signature": "dmlzaWJseSBmYWtl",
            "scope": "api",
            "instance_url": self.instance or self.url,
            "id": f"{self.url}/id/00D000000000001EAA/005000000000001AAA",
            "token_type": "Bearer",
            "issued_at": "1795435200000",
            "api_instance_url": "https://api.salesforce.com",
        }
        return JSONResponse(answer)

    def _basic(self, request: Request) -> tuple[str, str] | None:
        given = request.headers.get("authorization", "")
        right = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if given != f"Basic {right}":
            return "invalid_client", "invalid client credentials"
        return None if self.approved else ("invalid_grant", "no client credentials user enabled")

    def _assertion(self, signed: str) -> tuple[str, str] | None:
        try:
            claims = jwt.decode(
                signed, self._key.public_key(), algorithms=["RS256"], audience=AUDIENCES
            )
        except jwt.InvalidAudienceError:
            return "invalid_grant", "audience is invalid"
        except jwt.InvalidTokenError:
            return "invalid_grant", "invalid assertion"
        ahead = claims["exp"] - SystemClock().now().timestamp()
        if claims["iss"] != CLIENT:
            return "invalid_client_id", "client identifier invalid"
        if not 0 < ahead <= _LONGEST_ASSERTION or claims["sub"] != USER:
            return "invalid_grant", "invalid assertion"
        return None if self.approved else ("invalid_grant", "user hasn't approved this consumer")


def instant(at: datetime) -> str:
    """An instant as Salesforce writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000+0000}"

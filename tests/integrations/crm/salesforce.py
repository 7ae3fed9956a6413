"""A small Salesforce on this machine: it keeps records, and refuses what Salesforce would.

Salesforce publishes no specification for machines that is the same for all organisations, so what
is accepted and answered here follows its documents, of API version 67.0 where they name one:

- "REST API Developer Guide": Query, sObject Rows and sObject Describe, Limits, "Status Codes and
  Error Responses", and the header Sforce-Limit-Info;
- "SOQL and SOSL Reference" (:mod:`tests.integrations.crm.soql`);
- "Object Reference": Opportunity, OpportunityContactRole, Task, ContentVersion; which of their
  fields can be filtered by and created is in ``SCHEMA``;
- Salesforce Help: "OAuth 2.0 Client Credentials Flow" and "OAuth 2.0 JWT Bearer Flow for
  Server-to-Server Integration".

Whatever is not written there (an unknown field, a filter on a long text, a request without its
token, an additional parameter) is an error here.
"""

import asyncio
import base64
import json
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
from tests.integrations.crm.soql import Malformed, Query, parse
from web.server import Server

VERSION = "v67.0"
DATA = f"/services/data/{VERSION}"
CLIENT, SECRET, USER = "3MVG9visibly.fake", "visibly-fake-secret", "frontdesk@harborlight.example"
AUDIENCES = ("https://login.salesforce.com", "https://test.salesforce.com")
_JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_LONGEST_ASSERTION = 5 * 60

F, C, FC = "filter", "create", "filter create"
SCHEMA: dict[str, dict[str, str]] = {
    "Opportunity": {
        **dict.fromkeys(("Id", "IsClosed", "IsWon", "LastModifiedDate"), F),
        **dict.fromkeys(("Name", "AccountId", "Amount", "StageName", "CloseDate", "OwnerId"), FC),
    },
    "Account": {"Id": F, "Name": FC},
    "Contact": {"Id": F, "Name": F, "Email": FC},
    "User": {"Id": F, "Name": F, "Email": FC},
    "OpportunityContactRole": {
        "Id": F,
        **dict.fromkeys(("OpportunityId", "ContactId", "IsPrimary", "Role"), FC),
    },
    "Task": {
        **dict.fromkeys(("Id", "IsClosed", "CreatedDate"), F),
        **dict.fromkeys(("WhatId", "Subject", "Status", "ActivityDate", "Priority"), FC),
        "Description": C,
    },
    "ContentVersion": {
        **dict.fromkeys(("Id", "FileType"), F),
        **dict.fromkeys(("Title", "ContentUrl", "FirstPublishLocationId"), FC),
    },
}
PREFIXES = {"Task": "00T", "ContentVersion": "068", "Opportunity": "006", "Account": "001"}
NEEDED = {"Task": ("Status",), "ContentVersion": ("Title", "ContentUrl")}
LONGEST = {"Subject": 255, "Title": 255, "Description": 32_000, "ContentUrl": 1300}
PARENTS = {"Account": "AccountId", "Owner": "OwnerId", "Contact": "ContactId"}
KINDS = {"Account": "Account", "Owner": "User", "Contact": "Contact"}
CHILDREN = {
    "Tasks": ("Task", "WhatId"),
    "OpportunityContactRoles": ("OpportunityContactRole", "OpportunityId"),
}
STATUSES = ("Not Started", "In Progress", "Completed")


class Refused(Exception):
    """What Salesforce answers: a status, its own code, and a sentence."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class SalesforceDouble:
    """One organisation. ``several_currencies``: its amounts say in which currency they are.

    ``down`` answers all of it with 503; ``silent`` lets callers wait; ``loses`` keeps what is
    created and breaks the connection's answer, so many times.
    """

    several_currencies: bool = True
    down: bool = False
    limited: bool = False
    loses: int = 0
    approved: bool = True
    hidden: set[str] = field(default_factory=set)
    closed_kinds: set[str] = field(default_factory=set)
    unseen_kinds: set[str] = field(default_factory=set)
    instance: str = ""
    """Where it says that the organisation is, if elsewhere."""
    statuses: tuple[str, ...] = STATUSES
    remaining: int = 14_998
    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
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

    def keep(self, kind: str, **values: Any) -> str:
        """Store a record as if somebody had entered it there; return its id."""
        unknown = values.keys() - self._fields(kind).keys()
        assert not unknown, unknown
        return self._put(kind, values)

    def forget_tokens(self) -> None:
        """End every session."""
        self._tokens.clear()

    def all(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind, oldest first."""
        return list(self.records.get(kind, {}).values())

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

    # --------------------------------------------------------------------------- signing in

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

    # --------------------------------------------------------------------------- records

    def _fields(self, kind: str) -> dict[str, str]:
        if kind not in SCHEMA or kind in self.unseen_kinds:
            raise Refused(404, "NOT_FOUND", "The requested resource does not exist")
        more = {"CurrencyIsoCode": FC} if self.several_currencies and kind == "Opportunity" else {}
        return {name: may for name, may in (SCHEMA[kind] | more).items() if name not in self.hidden}

    def _put(self, kind: str, values: dict[str, Any]) -> str:
        kept = self.records.setdefault(kind, {})
        number = f"{PREFIXES.get(kind, '0XX')}{len(kept) + 1:012d}AAA"
        kept[number] = {"Id": number, **values}
        return number

    def _describe(self, request: Request, _body: bytes) -> Response:
        kind = request.path_params["kind"]
        fields = [
            {
                "name": name,
                "createable": "create" in may,
                "filterable": "filter" in may,
                "picklistValues": [
                    {"value": each, "active": True, "defaultValue": False, "label": each}
                    for each in (self.statuses if (kind, name) == ("Task", "Status") else ())
                ],
            }
            for name, may in self._fields(kind).items()
        ]
        children = [
            {"childSObject": child, "field": by, "relationshipName": name}
            for name, (child, by) in CHILDREN.items()
        ]
        return JSONResponse(
            {
                "name": kind,
                "createable": kind not in self.closed_kinds,
                "queryable": True,
                "fields": fields,
                "childRelationships": children if kind == "Opportunity" else [],
            }
        )

    def _create(self, request: Request, body: bytes) -> Response:
        kind, values = request.path_params["kind"], json.loads(body)
        assert request.headers["content-type"] == "application/json"
        self._may_create(kind, values)
        for above in ("WhatId", "FirstPublishLocationId"):
            if above in values:
                found = self._by_id("Opportunity", values[above])
                if found is None:
                    raise Refused(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")
                values[above] = found["Id"]
        number = self._put(kind, values)
        if self.loses:
            self.loses -= 1
            return Response("<html>Gateway Timeout</html>", 504)
        return JSONResponse({"id": number, "success": True, "errors": []}, 201)

    def _may_create(self, kind: str, values: dict[str, Any]) -> None:
        fields, denied = self._fields(kind), "insufficient access rights on object id"
        if kind in self.closed_kinds:
            raise Refused(403, "INSUFFICIENT_ACCESS_OR_READONLY", denied)
        for name, value in values.items():
            if name not in fields:
                text = f"No such column '{name}' on sobject of type {kind}"
                raise Refused(400, "INVALID_FIELD", text)
            if "create" not in fields[name]:
                text = f"Unable to create/update fields: {name}."
                raise Refused(400, "INVALID_FIELD_FOR_INSERT_UPDATE", text)
            if len(str(value)) > LONGEST.get(name, 10**6):
                raise Refused(400, "STRING_TOO_LONG", f"{name}: data value too large")
        if missing := [name for name in NEEDED.get(kind, ()) if name not in values]:
            text = f"Required fields are missing: {missing}"
            raise Refused(400, "REQUIRED_FIELD_MISSING", text)

    def _by_id(self, kind: str, number: str) -> dict[str, Any] | None:
        for each in self.all(kind):
            if number in (each["Id"], each["Id"][:15]):
                return each
        return None

    # --------------------------------------------------------------------------- queries

    def _query(self, request: Request, _body: bytes) -> Response:
        try:
            query = parse(request.query_params["q"])
        except Malformed as error:
            raise Refused(400, "MALFORMED_QUERY", str(error)) from error
        if query.kind not in SCHEMA:
            text = (
                f"\n{request.query_params['q']}\n^\nsObject type '{query.kind}' is not supported."
            )
            raise Refused(400, "INVALID_TYPE", text)
        found = self._found(query, self.all(query.kind))
        answer: dict[str, Any] = {"totalSize": len(found), "done": True, "records": found}
        usage = {"Sforce-Limit-Info": f"api-usage={15_000 - self.remaining}/15000"}
        return JSONResponse(answer, headers=usage)

    def _found(self, query: Query, among: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for path in query.paths + query.filtered + [path for path, _ in query.order]:
            self._may_read(query.kind, path, filtered=path in query.filtered)
        fits = [
            each
            for each in among
            if query.holds(lambda path, each=each: self._value(each, path))  # type: ignore[misc]
        ]
        for path, down in reversed(query.order):
            fits.sort(key=lambda each: str(self._value(each, path) or ""), reverse=down)
        return [self._shown(query, each) for each in fits[: query.limit]]

    def _may_read(self, kind: str, path: str, *, filtered: bool) -> None:
        *parents, name = path.split(".")
        for parent in parents:
            if PARENTS.get(parent) not in self._fields(kind):
                text = f"Didn't understand relationship '{parent}' in field path."
                raise Refused(400, "INVALID_FIELD", text)
            kind = KINDS[parent]
        may = self._fields(kind).get(name)
        if may is None:
            raise Refused(
                400, "INVALID_FIELD", f"\nSELECT\n^\nNo such column '{name}' on entity '{kind}'."
            )
        if filtered and "filter" not in may:
            raise Refused(
                400, "INVALID_FIELD", f"field '{name}' can not be filtered in a query call"
            )

    def _value(self, record: dict[str, Any], path: str) -> Any:  # noqa: ANN401 - as JSON has it
        parent, dot, name = path.partition(".")
        if dot:
            above = self.records.get(KINDS[parent], {}).get(record.get(PARENTS[parent]) or "")
            return above.get(name) if above else None
        value = record.get(path)
        return _Id(value) if path == "Id" or (path.endswith("Id") and value) else value

    def _shown(self, query: Query, record: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"attributes": _attributes(query.kind, record["Id"])}
        for path in query.paths:
            parent, dot, name = path.partition(".")
            if not dot:
                shown[path] = record.get(path)
                continue
            above = self.records.get(KINDS[parent], {}).get(record.get(PARENTS[parent]) or "")
            if above is None:
                shown[parent] = None
            else:
                at = shown.setdefault(
                    parent, {"attributes": _attributes(KINDS[parent], above["Id"])}
                )
                at[name] = above.get(name)
        for child in query.children:
            if query.kind != "Opportunity" or child.kind not in CHILDREN:
                text = f"Didn't understand relationship '{child.kind}' in FROM part of query call."
                raise Refused(400, "INVALID_TYPE", text)
            kind, by = CHILDREN[child.kind]
            below = [each for each in self.all(kind) if each.get(by) == record["Id"]]
            name, child_query = child.kind, Query(**(vars(child) | {"kind": kind}))
            found = self._found(child_query, below)
            some = {"totalSize": len(found), "done": True, "records": found}
            shown[name] = some if found else None
        return shown

    def _limits(self, _request: Request, _body: bytes) -> Response:
        return JSONResponse(
            {
                "DailyApiRequests": {"Max": 15_000, "Remaining": self.remaining},
                "DataStorageMB": {"Max": 1073, "Remaining": 1073},
            }
        )


class _Id(str):
    """An id: its 15 letters and its 18 are the same."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str) and self[:15] == other[:15] and len(other) in (15, 18)

    def __hash__(self) -> int:
        return hash(self[:15])


def _attributes(kind: str, number: str) -> dict[str, str]:
    return {"type": kind, "url": f"{DATA}/sobjects/{kind}/{number}"}


def instant(at: datetime) -> str:
    """An instant as Salesforce writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000+0000}"

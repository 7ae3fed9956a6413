"""A small DocuSign of our own on this machine: it remembers, and every call and every answer is
held against DocuSign's specification. Clients sign, decline, and are asked here."""

import json
import threading
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.integrations.signatures.connect import signed
from tests.integrations.signatures.contract import Contract, Json
from tests.integrations.signatures.kept import Kept, laid

KEY = "1b2c3d4e-0000-4000-8000-000000000001"
USER = "1b2c3d4e-0000-4000-8000-000000000002"
ACCOUNT = "1b2c3d4e-0000-4000-8000-000000000003"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_MEMORY = ("envelopes", "templates", "mails", "connect")
_NO_TEMPLATE = {"errorCode": "INVALID_TEMPLATEID", "message": "The template ID is invalid."}
_NO_ENVELOPE = {"errorCode": "ENVELOPE_DOES_NOT_EXIST", "message": "There is none."}
_NO_RIGHT = {"errorCode": "USER_LACKS_PERMISSIONS", "message": "This user lacks permissions."}


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - DocuSign's own clock


class Double:
    """The account. ``trouble`` answers in its place, ``lost`` changes are done and not answered."""

    def __init__(self, contract: Contract, now: Callable[[], datetime] = _now) -> None:
        self.contract, self.now = contract, now
        self.envelopes: dict[str, Kept] = {}
        self.templates: dict[str, Json] = {}
        """By id, as DocuSign would show them."""
        self.mails: list[tuple[str, str]] = []
        """To whom DocuSign wrote, and why."""
        self.calls: list[str] = []
        self.problems: list[str] = []
        self.connect: list[tuple[bytes, dict[str, str]]] = []
        """Calls of Connect: body and headers, oldest first."""
        self.trouble: Response | None = None
        self.refuses: set[str] = set()
        """The envelopes that it refuses to show or to change."""
        self.lost = 0
        self.meanwhile: Callable[[], None] = lambda: None
        """What happens elsewhere while an envelope is being sent."""
        self.at_look: Callable[[], None] = lambda: None
        """What happens elsewhere while it is answered how an envelope stands."""
        self.no_entry: Response | None = None
        """What answers who the user is, in its place."""
        self.has_consent = True
        self.tokens: set[str] = set()
        self.url = ""
        self._lock = threading.Lock()
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.private_key = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode()
        self._public_key = key.public_key()

    # ------------------------------------------------------------------------- what clients do

    @property
    def only(self) -> Kept:
        """The one envelope there is."""
        [one] = self.envelopes.values()
        return one

    @property
    def newest(self) -> Kept:
        return list(self.envelopes.values())[-1]

    def sign(self, kept: Kept, title: str = "CEO") -> None:
        """The signer signs, and nobody else has to."""
        assert kept.status in ("sent", "delivered"), f"nobody can sign what is {kept.status}"
        kept.titles = title
        for each in kept.signers:
            kept.people[each["email"]] = "completed"
        self._changed(kept, "completed", "envelope-completed")

    def decline(self, kept: Kept, reason: str, nth: int = 0) -> None:
        """The signer declines, or the ``nth`` of several; that ends it for everybody."""
        assert kept.status in ("sent", "delivered"), f"nobody can decline what is {kept.status}"
        kept.people[kept.signers[nth]["email"]] = "declined"
        kept.reason = reason
        self._changed(kept, "declined", "envelope-declined")

    def bounce(self, kept: Kept) -> None:
        """The mail to the signer came back."""
        kept.people[kept.signers[0]["email"]] = "autoresponded"
        self._changed(kept, kept.status, "recipient-autoresponded")

    def end(self, kept: Kept, reason: str) -> None:
        """Somebody voids it on DocuSign's own page, or its time is over."""
        kept.reason = reason
        self._changed(kept, "voided", "envelope-voided")

    def _changed(self, kept: Kept, status: str, event: str = "") -> None:
        at = self.now().isoformat()
        kept.status = status
        kept.times |= {status: at, "statusChanged": at}
        if event and event in kept.made["eventNotification"]["events"]:
            self._call(kept, event, at)

    def _call(self, kept: Kept, event: str, at: str) -> None:
        said = {
            "event": event,
            "uri": f"/restapi/v2.1/accounts/{ACCOUNT}/envelopes/{kept.id}",
            "retryCount": 0,
            "configurationId": 0,
            "apiVersion": "v2.1",
            "generatedDateTime": at,
            "data": {"accountId": ACCOUNT, "userId": USER, "envelopeId": kept.id},
        }
        body = json.dumps(said).encode()
        self.connect.append((body, signed(body)))

    def memory(self) -> dict[str, Any]:
        """Return all that happened to the account, for :meth:`remember` of this one or another."""
        return {name: getattr(self, name) for name in _MEMORY}

    def remember(self, memory: dict[str, Any]) -> None:
        """Be the account to which that has happened."""
        vars(self).update(memory)

    # ------------------------------------------------------------------------- what it answers

    async def token(self, request: Request) -> Response:
        form = dict([each.split("=", 1) for each in (await request.body()).decode().split("&")])
        self.calls.append("POST /oauth/token")
        if self.trouble is not None:
            return self.trouble
        try:
            said = jwt.decode(*(form["assertion"], self._public_key, ["RS256"]), audience=self.host)
        except jwt.PyJWTError:
            return JSONResponse({"error": "invalid_grant"}, 400)
        scopes = set(said["scope"].split())
        if (said["iss"], said["sub"]) != (KEY, USER) or scopes != {"signature", "impersonation"}:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if not self.has_consent:
            return JSONResponse({"error": "consent_required"}, 400)
        token = uuid.uuid4().hex
        self.tokens.add(token)
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    async def userinfo(self, request: Request) -> Response:
        self.calls.append("GET /oauth/userinfo")
        if self.trouble is not None:
            return self.trouble
        if self.no_entry is not None:
            return self.no_entry
        if not self._is_known(request):
            return JSONResponse({"error": "invalid_token"}, 401)
        account = {
            "account_id": ACCOUNT,
            "is_default": True,
            "account_name": "Harborlight",
            "base_uri": self.url,
        }
        return JSONResponse({"sub": USER, "name": "Frontdesk", "accounts": [account]})

    async def api(self, request: Request) -> Response:
        raw, path = await request.body(), "/" + request.path_params["path"]
        method, query = request.method, dict(request.query_params)
        template, places = self.contract.operation(method, path)
        self.calls.append(f"{method} {template.removeprefix('/v2.1/accounts/{accountId}')}")
        if self.trouble is not None:
            return self.trouble
        if not self._is_known(request):
            return JSONResponse({"errorCode": "USER_AUTHENTICATION_FAILED", "message": ""}, 401)
        assert places["accountId"] == ACCOUNT
        body = json.loads(raw) if raw else None
        wrong = self.contract.problems(method, template, query, body)
        self.problems += [f"{self.calls[-1]}: {each}" for each in wrong]
        with self._lock:
            status, said = self._answer(method, template, dict(places), query, body or {})
        wrong = self.contract.wrong_answer(method, template, status, said)
        self.problems += [f"the answer to {self.calls[-1]}: {each}" for each in wrong]
        if self.lost and method != "GET":
            self.lost -= 1
            return Response("", 502)
        if isinstance(said, bytes):
            return Response(said, media_type="application/pdf")
        return JSONResponse(said, status)

    @property
    def host(self) -> str:
        return self.url.removeprefix("https://")

    def _is_known(self, request: Request) -> bool:
        return request.headers.get("authorization", "").removeprefix("Bearer ") in self.tokens

    def _answer(
        self, method: str, template: str, places: Json, query: dict[str, str], body: Json
    ) -> tuple[int, Json | bytes]:
        if template.endswith("/envelopes"):
            return self._made(body) if method == "POST" else (200, self._listed(query))
        if "templateId" in places:
            there = self.templates.get(places["templateId"])
            return (400, _NO_TEMPLATE) if there is None else (200, there)
        kept = self.envelopes.get(places["envelopeId"])
        if kept is None or kept.id in self.refuses:
            return 400, _NO_ENVELOPE if kept is None else _NO_RIGHT
        if template.endswith("/documents/{documentId}"):
            return self._document(kept, places["documentId"])
        if method == "PUT":
            return self._updated(kept, query, body)
        self.at_look()
        return 200, kept.seen(query.get("include", ""))

    def _made(self, body: Json) -> tuple[int, Json]:
        kept = Kept(str(uuid.uuid4()), laid(body, self.templates))
        for each in kept.signers:
            if each["email"].endswith("@refused.example"):
                said = "The email address for the recipient is invalid."
                return 400, {"errorCode": "INVALID_EMAIL_ADDRESS_FOR_RECIPIENT", "message": said}
        self.envelopes[kept.id] = kept
        self._changed(kept, "created")
        kept.times["created"] = self.now().isoformat()
        if body["status"] == "sent":
            self._send(kept)
        at = kept.times["statusChanged"]
        uri = f"/envelopes/{kept.id}"
        return 201, {
            "envelopeId": kept.id,
            "status": kept.status,
            "statusDateTime": at,
            "uri": uri,
        }

    def _send(self, kept: Kept) -> None:
        self._changed(kept, "sent")
        for each in (*kept.signers, *kept.copies):
            kept.people[each["email"]] = "sent"
            self.mails.append((each["email"], "invitation"))

    def _updated(self, kept: Kept, query: dict[str, str], body: Json) -> tuple[int, Json]:
        wanted = body.get("status")
        if wanted == "voided":
            if kept.status not in ("sent", "delivered"):
                said = "Only envelopes that are on their way can be voided."
                return 400, {"errorCode": "ENVELOPE_CANNOT_VOID_INVALID_STATE", "message": said}
            assert body["voidedReason"]
            kept.reason = body["voidedReason"]
            self.mails += [(each["email"], "voided") for each in kept.signers]
            self._changed(kept, "voided", "envelope-voided")
        elif wanted == "sent":
            self.meanwhile()
            self._send(kept)
        elif query.get("resend_envelope") == "true":
            self.mails += [(each["email"], "reminder") for each in kept.signers]
        return 200, {"envelopeId": kept.id}

    def _document(self, kept: Kept, wanted: str) -> tuple[int, Json | bytes]:
        if wanted == "certificate":
            return 200, b"%PDF-1.7 certificate of completion of " + kept.id.encode()
        return 200, kept.document + b"\n% signed in " + kept.id.encode()

    def _listed(self, query: dict[str, str]) -> Json:
        since = datetime.fromisoformat(query["from_date"])
        name, _, value = query.get("custom_field", "").partition("=")
        found = [
            kept
            for kept in self.envelopes.values()
            if datetime.fromisoformat(kept.times["statusChanged"]) >= since
            and (not name or (name, value) in kept.fields)
        ]
        start, count = int(query.get("start_position", "0")), int(query.get("count", "1000"))
        listed = [kept.listed() for kept in found[start : start + count]]
        size = {"resultSetSize": str(len(listed)), "totalSetSize": str(len(found))}
        return {**size, "startPosition": str(start), "envelopes": listed}

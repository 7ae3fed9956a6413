"""Clients sign through DocuSign: its eSignature API by its own library."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from bot.ports import (
    Answer,
    Blank,
    Heard,
    Papers,
    SignaturesUnavailable,
    Signing,
    Standing,
)
from integrations.resting import Rest, Resting
from integrations.signatures import blanks, calls
from integrations.signatures.access import Access
from integrations.signatures.defining import CLIENT, FIELD, ROLE, definition
from integrations.signatures.session import (
    Refused,
    Session,
    Sessions,
    is_silence,
    is_unauthorized,
    perhaps_done,
    told,
)

T = TypeVar("T")

_STANDINGS: Mapping[str, Standing] = {
    "created": Standing.DRAFT,
    "completed": Standing.SIGNED,
    "declined": Standing.DECLINED,
    "voided": Standing.VOID,
    "deleted": Standing.VOID,
    "timedout": Standing.VOID,
}
"""What is in none of these is on its way: sent, delivered, signed, being corrected."""
_GONE = "ENVELOPE_DOES_NOT_EXIST"
_BEFORE = timedelta(days=1)
_PDF = b"%PDF-"
_PAGE, _MOST_PAGES = 200, 50


class DocuSign:
    """:class:`bot.ports.Signatures` with an account at DocuSign."""

    name = "DocuSign"

    def __init__(self, access: Access) -> None:
        """Remember the access; nothing is sent yet."""
        self._access = access
        self._sessions = Sessions(access)
        self._rest = Rest(access.rest, is_silence)

    def blank(self, blank: str) -> Blank:
        """Return the template of the account's with this id."""

        def fetched(session: Session) -> Blank:
            return blanks.blank_of(session.templates.get(session.account, blank, include="tabs"))

        return self._ask(fetched)

    def prepare(self, signing: Signing) -> str:
        """Return the envelope with this key, made as a draft unless it is there.

        A blank that is not as it was approved is refused, before and after it is filled in.
        """
        filled = signing.filled
        if filled is not None:
            blanks.must_be_as_approved(self.blank(filled.blank), filled)
        envelope = self._prepared(signing)
        if filled is not None:
            blanks.must_be_filled_in(self._seen(envelope), filled)
        return envelope

    def _prepared(self, signing: Signing) -> str:
        def found(session: Session) -> str:
            since = (signing.since - _BEFORE).astimezone(UTC).isoformat()
            listed = session.envelopes.list_status_changes(
                session.account, from_date=since, custom_field=f"{FIELD}={signing.key}"
            )
            there = sorted(listed.envelopes or (), key=lambda each: each.created_date_time or "")
            if there:
                return str(there[0].envelope_id)
            body = definition(signing, self._access.hook)
            made = session.envelopes.create_envelope(session.account, envelope_definition=body)
            return str(made.envelope_id)

        return self._ask(found)

    def send(self, envelope: str) -> None:
        """Send a draft."""

        def done(session: Session) -> None:
            seen = _sound(session.envelopes.get_envelope(session.account, envelope))
            if seen.status == "created":
                session.envelopes.update(session.account, envelope, envelope={"status": "sent"})

        self._ask(done)

    def remind(self, envelope: str) -> None:
        """Have DocuSign mail whoever has not signed yet again."""
        self._change(envelope, {}, resend_envelope="true")

    def void(self, envelope: str, reason: str) -> None:
        """Take an open envelope back."""
        self._change(envelope, {"status": "voided", "voidedReason": reason[:200]})

    def look(self, envelope: str) -> Answer:
        """Return how an envelope stands."""
        try:
            return _answer(self._seen(envelope))
        except Refused as refused:
            if refused.code != _GONE:
                raise
            return Answer(standing=Standing.VOID, reason="DocuSign does not have it any more.")

    def papers(self, envelope: str) -> Papers:
        """Return the signed document and the certificate of completion."""

        def fetched(session: Session) -> Papers:
            get = session.envelopes.get_document
            document = get(session.account, "combined", envelope, certificate="false")
            certificate = get(session.account, "certificate", envelope)
            if not all(bytes(each).startswith(_PDF) for each in (document, certificate)):
                raise SignaturesUnavailable("gives something else than a PDF")
            return Papers(document, certificate)

        return self._ask(fetched)

    def changed(self, since: datetime) -> Sequence[Heard]:
        """Return all that we sent and that changed from ``since`` on."""

        def listed(session: Session) -> list[Heard]:
            found, at = list[Heard](), since.astimezone(UTC).isoformat()
            for page in range(_MOST_PAGES):
                answer = session.envelopes.list_status_changes(
                    *(session.account,),
                    from_date=at,
                    user_filter="sender",
                    count=str(_PAGE),
                    start_position=str(page * _PAGE),
                )
                here = answer.envelopes or ()
                found += [
                    Heard(each.envelope_id, f"{each.status}:{each.status_changed_date_time}")
                    for each in here
                ]
                if len(here) < _PAGE:
                    break
            return found

        return self._ask(listed)

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard:
        """Return what a call is about. Raises NotTheirs."""
        return calls.heard(self._access.hook_keys, body, headers)

    def test_call(self) -> tuple[bytes, Mapping[str, str]]:
        """Return a signed call about no envelope."""
        body = b'{"event": "test"}'
        signature = calls.signed(self._access.hook_keys[0], body)
        return body, {f"{calls.SIGNATURE}1": signature, "content-type": "application/json"}

    def check(self) -> str:
        """Return to which account we have access, by asking for it anew."""
        return Sessions(self._access).session().said

    def _seen(self, envelope: str) -> Any:  # noqa: ANN401 - the library has no types
        def seen(session: Session) -> Any:  # noqa: ANN401 - the library has no types
            get = session.envelopes.get_envelope
            return _sound(get(session.account, envelope, include="recipients,tabs"))

        return self._ask(seen)

    def _change(self, envelope: str, body: Mapping[str, str], **options: str) -> None:
        """Change an envelope that is on its way; leave any other as it is."""

        def status(session: Session) -> str:
            return str(_sound(session.envelopes.get_envelope(session.account, envelope)).status)

        def done(session: Session) -> None:
            session.envelopes.update(session.account, envelope, envelope=body, **options)

        try:
            if _standing(self._ask(status)) is Standing.OPEN:
                with perhaps_done():
                    self._ask(done)
        except Refused:
            if self.look(envelope).standing is Standing.OPEN:
                raise  # otherwise the client was quicker, and there is nothing to change

    def _ask(self, ask: Callable[[Session], T]) -> T:
        """Return what ``ask`` gets, unless DocuSign is silent and left alone a while."""
        try:
            with self._rest.asking():
                return self._asked(ask)
        except Resting as resting:
            raise SignaturesUnavailable(str(resting)) from resting

    def _asked(self, ask: Callable[[Session], T]) -> T:
        """Return what ``ask`` gets; where the token was refused, once more with a new one."""
        session = self._sessions.session()
        try:
            with told(self._access):
                return ask(session)
        except SignaturesUnavailable as problem:
            if not is_unauthorized(problem.__cause__):
                raise
            self._sessions.end(session)
        with told(self._access):
            return ask(self._sessions.session())


def _sound(seen: Any) -> Any:  # noqa: ANN401 - the library has no types
    """Return an envelope; raise SignaturesUnavailable for a page of somebody between, say."""
    if not seen.status:
        raise SignaturesUnavailable("gives an answer that says nothing of the envelope")
    return seen


def _standing(status: str | None) -> Standing:
    return _STANDINGS.get((status or "").lower(), Standing.OPEN)


def _answer(seen: Any) -> Answer:  # noqa: ANN401 - the library has no types
    standing, recipients = _standing(seen.status), seen.recipients
    signers = (recipients.signers if recipients else None) or ()
    copies = (recipients.carbon_copies if recipients else None) or ()
    undelivered = tuple(each.email for each in (*signers, *copies) if _is_lost(each))
    if standing is Standing.VOID:
        at, reason = seen.voided_date_time, seen.voided_reason or ""
        return Answer(standing=standing, at=_instant(at), reason=reason)
    who = _client(signers)
    if who is None or standing not in (Standing.SIGNED, Standing.DECLINED):
        return Answer(standing=standing, undelivered=undelivered)
    other = next((each for each in signers if each is not who and each.declined_date_time), None)
    if standing is Standing.DECLINED and other is not None:
        reason = f"{other.name or other.email} declined: {other.declined_reason or 'no reason'}"
        return Answer(standing=Standing.VOID, at=_instant(other.declined_date_time), reason=reason)
    at = who.signed_date_time if standing is Standing.SIGNED else who.declined_date_time
    return Answer(
        standing=standing,
        name=who.name or "",
        title=_title(who),
        email=who.email or "",
        at=_instant(at),
        reason=who.declined_reason or "",
        undelivered=undelivered,
    )


def _client(signers: Iterable[Any]) -> Any | None:  # noqa: ANN401 - the library has no types
    """Return who signs for the client: a template can have signers of the company's own besides."""
    return next((each for each in signers if each.role_name == ROLE), None) or next(
        (each for each in signers if each.recipient_id == CLIENT), None
    )


def _is_lost(recipient: Any) -> bool:  # noqa: ANN401 - the library has no types
    return bool(recipient.status == "autoresponded")


def _title(signer: Any) -> str:  # noqa: ANN401 - the library has no types
    tabs: Iterable[Any] = (signer.tabs.title_tabs if signer.tabs else None) or ()
    return next((str(each.value) for each in tabs if each.value), "")


def _instant(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=found.tzinfo or UTC) if found else None

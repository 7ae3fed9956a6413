"""A deal with everything that one can leave behind: files, payments, letters, links, refusals."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot import parcels
from bot.ports import Link, Parcel, Person
from bot.recorded import REFUSED
from storage.database import Database
from workflows.deal import Record, Signature, SowDetails, Version
from workflows.document import Document, PriceLine
from workflows.engine import Entry
from workflows.invoice import Invoice, Payment
from workflows.money import Money
from workflows.request import Request

NOON = datetime(2026, 11, 23, 12, 0, 1, tzinfo=UTC)
TOTAL = Money(18_000_000, "USD")
LINK = Link(
    token_hash=hashlib.sha256(b"a visibly fake token").hexdigest(),
    ref="SOW-1",
    version=1,
    email="hank@globex.example",
    name="Hank Scorpio",
    step=5,
    created_at=NOON,
    expires_at=NOON + timedelta(days=30),
)
PEOPLE = ("ana", "dian", "ryan", "bea")
FILES = (
    ("SOW-1-v1.pdf", "application/pdf", b"%PDF-1.7 the first version"),
    ("SOW-1-v1.json", "application/json", b"{}"),
    ("SOW-1-certificate.pdf", "application/pdf", b"%PDF-1.7 the certificate"),
    ("../../their word.eml", "message/rfc822", b"We agree."),
    ("invoice-7.pdf", "application/pdf", b"%PDF-1.7 the invoice"),
    ("SOW-1-v1-draft.pdf", "application/pdf", b"%PDF-1.7 DRAFT"),
)
DEEDS = (
    ("U_ANA", "submit", "", "acceptance"),
    ("U_ANA", REFUSED, "acceptance", "acceptance"),
    ("U_DIAN", "accept", "acceptance", "drafting"),
    ("U_DIAN", "draft", "drafting", "ready"),
    ("U_DIAN", "send", "ready", "with_client"),
)


def store(database: Database) -> None:
    """Remember SOW-1 with everything that a deal can leave behind."""
    with database.unit() as unit:
        unit.people.put(*(Person(user=f"U_{n.upper()}", team="T1", name=n) for n in PEOPLE))
        files = {name: unit.files.put(name, mime, body) for name, mime, body in FILES}
        request = sow(files)
        unit.requests.add(request, "")
        unit.links.add(LINK)
        for nth, (actor, action, before, after) in enumerate(DEEDS):
            unit.audit.append(entry(nth, actor, action, before, after))
        for parcel in _promises(files):
            unit.outbox.add(parcel)
        unit.commit()


def sow(files: dict[str, str]) -> Request:
    """SOW-1; ``files`` are hashes by name."""
    document = Document(
        title="Forecasting pilot", client="Globex", prices=(PriceLine(text="Pilot", price=TOTAL),)
    )
    version = Version(
        number=1,
        by="U_DIAN",
        at=NOON,
        total=TOTAL,
        sha256=files["SOW-1-v1.pdf"],
        data_sha256=files["SOW-1-v1.json"],
    )
    signature = Signature(
        version=1,
        name="Hank Scorpio",
        title="CEO",
        email="hank@globex.example",
        at=NOON,
        other_means=True,
        evidence_sha256=(files["../../their word.eml"],),
        certificate_sha256=files["SOW-1-certificate.pdf"],
    )
    details = SowDetails(
        client="Globex",
        client_type="10x",
        need="A pilot",
        amount=TOTAL,
        contact_name="Hank Scorpio",
        contact_email="hank@globex.example",
        needed_by=date(2026, 12, 1),
        record=Record(
            document=document,
            versions=(version,),
            signature=signature,
            invoices=(_invoice(files["invoice-7.pdf"]),),
        ),
    )
    return Request(
        workflow="sow",
        ref="SOW-1",
        stage="with_client",
        asker="U_ANA",
        owner="U_DIAN",
        details=details,
        created_at=NOON,
        since=NOON,
    )


def _invoice(sha256: str) -> Invoice:
    payment = Payment(
        id=1,
        amount=Money(9_000_000, "USD"),
        on=date(2026, 12, 1),
        method="bank transfer",
        reference='=HYPERLINK("https://example.com")',
        by="U_BEA",
        at=NOON,
    )
    back = replace(payment, id=2, amount=Money(-9_000_000, "USD"), reverses=1)
    return Invoice(
        number="2026/7",
        amount=TOTAL,
        issued=date(2026, 11, 23),
        due=date(2026, 12, 23),
        by="U_BEA",
        at=NOON,
        sha256=sha256,
        payments=(payment, back),
    )


def entry(nth: int, actor: str, action: str, before: str, after: str) -> Entry:
    """What the audit keeps of the ``nth`` hour after noon."""
    return Entry(
        at=NOON + timedelta(hours=nth),
        actor=actor,
        action=action,
        ref="SOW-1",
        before=before,
        after=after,
        version=1,
        surface="button",
        detail={"transition": "accept"} if action == REFUSED else {},
    )


def _promises(files: dict[str, str]) -> list[Parcel]:
    draft, version = files["SOW-1-v1-draft.pdf"], files["SOW-1-v1.pdf"]
    told = parcels.notice(entry(2, "U_DIAN", "accept", "acceptance", "drafting"), "x", "U_ANA")
    letter = {
        "letter": "document",
        "version": 1,
        "step": 5,
        "enclosures": [[version, "SOW-1-v1.pdf"]],
    }
    return [
        told,
        parcels.mail("SOW-1", "document:1", "hank@globex.example", letter, NOON),
        parcels.word(
            "pass_on", "SOW-1", "1", "U_DIAN", {"version": 1, "step": 5, "name": "Hank"}, NOON
        ),
        parcels.share("SOW-1", "channel:sow-requests", draft, "SOW-1-v1-draft.pdf", "", NOON),
        parcels.later("client_due", "SOW-1", "1", {"nth": 1}, NOON),
        parcels.word("opinion", "SOW-11", "", "U_ANA", {}, NOON),
    ]

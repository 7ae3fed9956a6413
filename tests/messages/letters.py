"""Every letter and every printed page about the deal with Globex, by name.

``python -m tests.messages.letters`` renews their golden files. Look at the difference before you
keep it: it is what clients will read.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from messages import printed, printed_evidence, printed_quarter, printed_report
from messages.charts import printed_chart
from messages.mails import Letter, Worded, payment_reminder_draft, signing_invitation, word
from messages.message import Json
from messages.news_mails import News, announcement_mail
from messages.report import ReportFacts
from messages.stand_in_mail import StandIn, stand_in
from tests.messages.asset_facts import NO_QUARTER, QUARTER, STUDY
from tests.messages.globex import (
    AFTER_APPROVAL,
    APPROVED,
    AT,
    DOCUMENT,
    INVOICE,
    LATER,
    LETTER,
    PART_PAID,
    PAYMENT,
    QUESTION,
    REMINDER,
    REPORT,
    SECOND,
    SIGNATURE,
    SIGNED_AT,
    details,
    paid,
    request,
)
from tests.messages.report_words import CHART
from tests.workflows.harborlight import DIAN
from workflows.deal import Record
from workflows.document import Document
from workflows.invoice import FollowUp
from workflows.sow import WORKFLOW as SOW

LETTERS = Path(__file__).parent / "golden_letters"
PAGES = Path(__file__).parent / "golden_pages"
NAMES = (
    *("document", "document_reminder", "signed_copy", "answer"),
    *("invoices", "payment_reminder", "thanks"),
)
"""Every letter that there is."""
NEWS = News(
    company="Harborlight",
    to_name="Ana Silva",
    asset=STUDY,
    owner_name="Mia Tanaka",
    link="https://frontdesk.harborlight.example/a/SHELF-3",
    is_new=True,
)


def letters() -> Iterator[tuple[str, Worded]]:
    """Yield every letter, by the name of its golden files."""
    yield "document", word("document", replace(LETTER, note="As we said on the phone.\nCall me."))
    yield "document bare", word("document", bare("document"))
    yield "document reminder first", word("document_reminder", replace(LETTER, nth=1))
    yield "document reminder second", word("document_reminder", replace(LETTER, nth=2))
    yield "signed copy", word("signed_copy", AFTER_APPROVAL)
    other = replace(SIGNATURE, other_means=True, reason="By mail", recorded_by=DIAN)
    told = replace(AFTER_APPROVAL, record=replace(APPROVED, signature=other))
    yield "signed copy by other means", word("signed_copy", told)
    under = replace(SIGNATURE, certificate_sha256="c" * 64, sealed_sha256="5" * 64)
    sealed = replace(AFTER_APPROVAL, record=replace(APPROVED, signature=under))
    yield "signed copy under a seal", word("signed_copy", sealed)
    yield "answer", word("answer", replace(LETTER, question=QUESTION))
    yield "invoice", word("invoices", replace(AFTER_APPROVAL, invoices=(INVOICE,)))
    theirs = replace(INVOICE, partner="Stripe", partner_id="in_1")
    alone = replace(AFTER_APPROVAL, invoices=(theirs,), by_partner=(theirs.number,))
    yield "invoice_by_a_partner", word("invoices", alone)
    both = replace(alone, invoices=(theirs, LATER))
    yield "invoices_one_by_a_partner", word("invoices", both)
    yield "invoices", word("invoices", replace(AFTER_APPROVAL, invoices=(INVOICE, LATER)))
    subject, body = payment_reminder_draft(reminding(1), INVOICE.due)
    edited = replace(
        AFTER_APPROVAL, subject=subject, body=f"{body}\n\nP.S. It was good to see you in May."
    )
    yield "payment reminder", word("payment_reminder", edited)
    yield "thanks", word("thanks", replace(AFTER_APPROVAL, received=PAYMENT))
    settled = replace(APPROVED, invoices=(paid(PART_PAID), paid(LATER)))
    yield "thanks at the close", word("thanks", replace(AFTER_APPROVAL, record=settled))


def news() -> Iterator[tuple[str, Worded]]:
    """Yield every mail to colleagues, by the name of its golden files."""
    yield "announcement", announcement_mail(NEWS)
    second = replace(NEWS, is_new=False, owner_name="", to_name="", asset=replace(STUDY, tags=()))
    yield "announcement of a version", announcement_mail(second)


STAND_IN = StandIn(
    company="Harborlight",
    to_name="Dian Porter",
    ref="SOW-7",
    title="Statement of Work",
    since="Mon 02 Mar 2026, 09:00 EST",
    waits=True,
    link="https://app.slack.com/client/T0HARBOR",
)


def stand_ins() -> Iterator[tuple[str, Worded]]:
    """Yield every mail to a colleague whom Slack does not reach."""
    yield "stand in", stand_in(STAND_IN)
    yield "stand in for an escalation", stand_in(replace(STAND_IN, waits=False, to_name=""))


def invitations() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield what a partner is to write when it asks to sign, by the name of its golden file."""
    yield "signing", signing_invitation(replace(LETTER, note="As we said on the phone."))
    yield "signing bare", signing_invitation(bare("document"))


def drafts() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield every tone of the payment reminder, by the name of its golden file."""
    for name, days, letter in (
        ("before", -3, reminding(0)),
        ("on the day", 0, reminding(0)),
        ("one day late", 1, reminding(1, REMINDER)),
        ("late", 10, reminding(2, REMINDER)),
        ("late, never reminded", 10, reminding(2)),
        ("very late", 28, reminding(5, REMINDER)),
        ("very late, never reminded", 28, reminding(5)),
    ):
        yield name, payment_reminder_draft(letter, INVOICE.due + timedelta(days=days))


def pages() -> Iterator[tuple[str, Json]]:
    """Yield the data of every printed page, by the name of its golden file."""
    west = AT.astimezone(timezone(timedelta(hours=-8)))
    made = {"company": "Harborlight", "ref": "SOW-7"}
    yield "sow", statement(DOCUMENT, west, draft=True)
    yield "sow empty", statement(Document(), AT, draft=False)
    yield "invoice", printed.invoice(INVOICE, DOCUMENT, **made)
    whole = replace(INVOICE, amount=DOCUMENT.total, label="")
    yield "invoice for everything", printed.invoice(whole, DOCUMENT, **made)
    yield "certificate", certificate(APPROVED)
    yield "timeline", timeline()
    yield "report", printed_report.report(REPORT, AT)
    nothing = ReportFacts(title="Statements of Work", period="November 2026", closed=0, open=0)
    yield "report of nothing", printed_report.report(nothing, AT)
    yield "quarter", printed_quarter.quarterly_chart(QUARTER, AT)
    yield "quarter of nothing", printed_quarter.quarterly_chart(NO_QUARTER, AT)
    yield "chart", printed_chart(CHART, AT)


def statement(document: Document, at: datetime, *, draft: bool) -> Json:
    """A Statement of Work that was made at ``at``."""
    return printed.sow(
        document,
        company="Harborlight",
        ref="SOW-7",
        version=2,
        prepared_by="Dian Porter",
        at=at,
        draft=draft,
    )


def certificate(record: Record) -> Json:
    """The certificate of the deal."""
    return printed_evidence.certificate(
        details(record),
        company="Harborlight",
        ref="SOW-7",
        events=[
            (AT, "sent to hank@globex.example", "Dian Porter", "", ""),
            (SIGNED_AT - timedelta(minutes=4), "opened", "Hank Scorpio", "192.0.2.7", "Firefox"),
            (SIGNED_AT, "approved", "Hank Scorpio", "192.0.2.7", "Firefox on Linux"),
        ],
        how="private link sent to hank@globex.example",
        consent="I have read the document and approve it.",
        sent_to=["hank@globex.example", "dian@harborlight.example"],
    )


def timeline() -> Json:
    """The story of the deal."""
    entries = [(AT, "Ana Silva asked for it."), (SIGNED_AT, "Hank Scorpio approved version 2.")]
    people = [("requester", "Ana Silva"), ("sales assistant", "Dian Porter")]
    names = {DIAN: "Dian Porter"}
    return printed_evidence.timeline(request(), SOW, entries, people, names, "Harborlight", AT)


def bare(name: str) -> Letter:
    """A letter about a document that says no more than it must."""
    document = Document(title=f"Bare {name}", client="Globex", prices=DOCUMENT.prices)
    first = replace(SECOND, number=1, sent_at=None)
    return replace(LETTER, document=document, version=first, to_name="", until=None)


def reminding(nth: int, *before: FollowUp) -> Letter:
    """What is known when the part-paid invoice is to be reminded of, after what was done before."""
    invoice = replace(PART_PAID, follow_ups=before)
    return replace(AFTER_APPROVAL, invoices=(invoice,), nth=nth)


def goldens() -> Iterator[tuple[Path, str]]:
    """Yield every golden file with what it must hold."""
    for name, worded in (*letters(), *news(), *stand_ins()):
        stem = name.replace(" ", "-")
        yield LETTERS / f"{stem}.txt", f"Subject: {worded.subject}\n\n{worded.text}"
        yield LETTERS / f"{stem}.html", worded.html
    for name, (subject, body) in drafts():
        path = LETTERS / f"draft-{name.replace(',', '').replace(' ', '-')}.txt"
        yield path, f"Subject: {subject}\n\n{body}\n"
    for name, (subject, body) in invitations():
        path = LETTERS / f"{name.replace(' ', '-')}.txt"
        yield path, f"Subject: {subject}\n\n{body}\n"
    for name, page in pages():
        path = PAGES / f"{name.replace(' ', '-')}.json"
        yield path, json.dumps(page, indent=1, ensure_ascii=False) + "\n"


def _renew() -> None:
    files = list(goldens())
    for folder in (LETTERS, PAGES):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    for path, said in files:
        path.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    _renew()

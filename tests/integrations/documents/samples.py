"""One full set of data for each document that comes with Frontdesk, all of it fictional."""

from bot.ports.values import Json

_BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/152.0"
_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

SOW: Json = {
    "company": "Harborlight",
    "number": "SOW-7",
    "version": 2,
    "title": "Customer analytics platform",
    "client": "Globex Corporation",
    "client_address": "742 Evergreen Terrace\nSpringfield",
    "contact_name": "Hank Scorpio",
    "contact_email": "hank@globex.example",
    "prepared_by": "Dian Porter",
    "date": "21 November 2026",
    "valid_until": "21 December 2026",
    "background": "Globex serves 4,000 partners.\n\nIt wants to see what they use.",
    "scope": "The work includes\n- ingestion of logs;\n- twelve dashboards.\n\n"
    "Measured | Target\nAvailability | 99.9 %\n\nOperation is not part of it.",
    "deliverables": [
        {
            "title": "Data model",
            "description": "Pipelines with their tests.",
            "acceptance": "a day is complete within 15 minutes.",
            "due": "15 January 2027",
        },
        {"title": "Training", "description": "", "acceptance": "", "due": ""},
    ],
    "milestones": [{"title": "Kick-off", "on": "1 December 2026", "note": "In Springfield"}],
    "prices": [
        {
            "text": "Data model",
            "quantity": "85 days",
            "unit_price": "1,800.00",
            "amount": "153,000.00",
        },
        {"text": "Training", "quantity": "1", "unit_price": "27,000.00", "amount": "27,000.00"},
    ],
    "total": "180,000.00 USD",
    "fee": "One-off",
    "start": "1 December 2026",
    "end": "19 March 2027",
    "payment_terms": "Two instalments of 50 %.",
    "assumptions": ["Cloud costs are paid by Globex."],
    "draft": True,
    "issued_at": "2026-11-21T10:00:00+00:00",
    "paper": "a4",
}

INVOICE: Json = {
    "company": "Harborlight",
    "number": "INV-2026-014",
    "request": "SOW-7",
    "client": "Globex Corporation",
    "client_address": "742 Evergreen Terrace\nSpringfield",
    "contact_name": "Hank Scorpio",
    "date": "22 December 2026",
    "due": "21 January 2027",
    "label": "Instalment 1 of 2",
    "amount": "90,000.00 USD",
    "lines": [{"text": "First half", "amount": "90,000.00"}],
    "payment_terms": "Due 30 days after the invoice.",
    "payment_details": "IBAN XX00 1234 5678",
    "issued_at": "2026-12-22T10:00:00+00:00",
}

CERTIFICATE: Json = {
    "company": "Harborlight",
    "number": "SOW-7",
    "version": 2,
    "title": "Customer analytics platform",
    "client": "Globex Corporation",
    "total": "180,000.00 USD",
    "sha256": _SHA256,
    "pages": 4,
    "signer": {
        "name": "Hank Scorpio",
        "title": "Chief Executive",
        "email": "hank@globex.example",
        "at": "30 November 2026, 14:05:22 UTC",
        "ip": "192.0.2.17",
        "agent": _BROWSER,
    },
    "consent": "I agree to this Statement of Work.",
    "how": "private link sent to hank@globex.example",
    "other_means": True,
    "events": [
        {
            "at": "30 November 2026, 14:05:22 UTC",
            "what": "Approved",
            "who": "Hank Scorpio",
            "ip": "192.0.2.17",
            "agent": _BROWSER,
        }
    ],
    "sent_to": ["hank@globex.example", "dian@harborlight.example"],
    "issued_at": "2026-11-30T14:05:22+00:00",
}

TIMELINE: Json = {
    "company": "Harborlight",
    "number": "SOW-7",
    "title": "Customer analytics platform",
    "client": "Globex Corporation",
    "stage": "Awaiting payment",
    "people": [{"role": "Requested by", "name": "Ana Silva"}],
    "versions": [
        {
            "number": 1,
            "total": "180,000.00 USD",
            "by": "Dian Porter",
            "at": "22 November 2026",
            "sha256": _SHA256,
            "state": "Approved by the client",
        }
    ],
    "invoices": [
        {
            "number": "INV-2026-014",
            "amount": "90,000.00 USD",
            "due": "21 January 2027",
            "status": "Part-paid",
            "balance": "40,000.00 USD",
        }
    ],
    "entries": [{"at": "21 November 2026", "what": "Ana Silva asked for it."}],
    "issued_at": "2027-04-20T10:00:00+00:00",
}

REPORT: Json = {
    "title": "How Statements of Work went, October 2026",
    "subtitle": "12 closed",
    "stages": [
        {
            "name": "Drafting",
            "median": 12.5,
            "p90": 40.0,
            "median_text": "12.5 h",
            "p90_text": "40 h",
        },
        {"name": "Invoicing", "median": 0.0, "p90": 0.0, "median_text": "0 h", "p90_text": "0 h"},
    ],
    "figures": [{"name": "Closed", "value": "12"}],
    "bounces": [{"name": "Client asked for changes", "count": 3}],
    "issued_at": "2026-11-01T00:00:00+00:00",
}

DATA: dict[str, Json] = {
    "sow": SOW,
    "invoice": INVOICE,
    "certificate": CERTIFICATE,
    "timeline": TIMELINE,
    "report": REPORT,
}

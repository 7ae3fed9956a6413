"""An envelope as DocuSign wants it described: the document, who signs it where, and its end.

Its values are texts, numbers and truths too. Where the document has our unseen words, the fields
are there; a signer of one without them puts their signature where they like.
"""

import base64

from bot.ports import Filled, Signing

FIELD = "frontdesk"
"""The envelope's field that holds our key."""
TITLE = "title"
ROLE = "Client"
"""The role of a template of the company's own in which the client signs."""
CLIENT = "1"
"""The number of the client among the recipients."""
_FIRST_COPY = 901
"""The number of the first who gets a copy: a template has fewer people of its own."""
_SUBJECT = 100
"""Characters of a subject (developers.docusign.com, emailSubject)."""
_NAME = 100
_EVENTS = ("completed", "declined", "voided")
_WARNED = 3
"""Days before its end that the signer is warned."""

_Described = dict[str, object]


def definition(signing: Signing, hook: str) -> _Described:
    """Return the definition of a draft; its calls go to ``hook``, if there is one."""
    return {
        "status": "created",
        "emailSubject": signing.subject[:_SUBJECT],
        "emailBlurb": signing.message,
        **(_of_blank(signing, signing.filled) if signing.filled else _of_document(signing)),
        "customFields": {
            "textCustomFields": [{"name": FIELD, "value": signing.key, "show": "false"}]
        },
        "notification": _notification(signing.days),
        **({"eventNotification": _calls(hook)} if hook else {}),
    }


def _of_document(signing: Signing) -> _Described:
    document = {
        "documentId": "1",
        "name": signing.name,
        "fileExtension": "pdf",
        "documentBase64": base64.b64encode(signing.document).decode(),
    }
    return {"documents": [document], "recipients": _people(signing, {"tabs": _tabs()})}


def _of_blank(signing: Signing, filled: Filled) -> _Described:
    """Return a composite of the template and of who takes its part, the fields filled in for good.

    What stands in a later sequence is laid over what is before it; fields meet by their labels.
    """
    tabs = [
        {"tabLabel": label, "value": text, "locked": "true"}
        for label, text in filled.fields.items()
    ]
    people = _people(signing, {"roleName": ROLE, "tabs": {"textTabs": tabs}})
    composite = {
        "compositeTemplateId": "1",
        "serverTemplates": [{"sequence": "1", "templateId": filled.blank}],
        "inlineTemplates": [{"sequence": "2", "recipients": people}],
    }
    return {"compositeTemplates": [composite]}


def _people(signing: Signing, more: _Described) -> _Described:
    copies = enumerate(signing.copies, _FIRST_COPY)
    return {
        "signers": [_person(CLIENT, *signing.signer) | more],
        "carbonCopies": [_person(str(nth), *each) for nth, each in copies],
    }


def _person(nth: str, name: str, email: str) -> _Described:
    return {
        "recipientId": nth,
        "routingOrder": "1",
        "name": (name or email)[:_NAME],
        "email": email,
    }


def _tabs() -> _Described:
    return {
        "signHereTabs": [_tab("signature")],
        "fullNameTabs": [_tab("name")],
        "titleTabs": [_tab("title") | {"tabLabel": TITLE, "required": "true"}],
        "dateSignedTabs": [_tab("date")],
    }


def _tab(what: str) -> _Described:
    return {
        "documentId": "1",
        "anchorString": f"/client-{what}/",
        "anchorIgnoreIfNotPresent": "true",
        "anchorUnits": "pixels",
        "anchorXOffset": "0",
        "anchorYOffset": "-4",
    }


def _notification(days: int) -> _Described:
    """Reminders come from us, by the company's own rules; the end is at DocuSign, too."""
    return {
        "useAccountDefaults": "false",
        "reminders": {"reminderEnabled": "false"},
        "expirations": {
            "expireEnabled": "true",
            "expireAfter": str(days),
            "expireWarn": str(min(_WARNED, days - 1)),
        },
    }


def _calls(hook: str) -> _Described:
    return {
        "url": hook,
        "loggingEnabled": "true",
        "requireAcknowledgment": "true",
        "includeHMAC": "true",
        "deliveryMode": "SIM",
        "events": [f"envelope-{each}" for each in _EVENTS] + ["recipient-autoresponded"],
        "eventData": {"version": "restv2.1", "format": "json", "includeData": []},
    }

"""The small modal that repeats what is about to be approved: one more click, and it is."""

from modals.fitting import cut
from modals.form import LONGEST_LINE, LONGEST_TITLE
from modals.metadata import Metadata
from modals.wire import Json, plain

FORM = "confirmation"
"""Its ``callback_id``, and the ``form`` in its metadata."""

SAID_BLOCK = "confirmed"


def confirmation(label: str, what: str, metadata: Metadata) -> Json:
    """Return the modal: ``label`` is on the button that does it, ``what`` how much and for whom."""
    said = f"{metadata.ref}: {what}\n\nPlease look at the amount and the client once more."
    text = plain(cut(said, LONGEST_LINE))
    return {
        "type": "modal",
        "callback_id": FORM,
        "private_metadata": metadata.encode(),
        "title": plain("Please confirm"),
        "submit": plain(cut(label, LONGEST_TITLE)),
        "close": plain("Back"),
        "blocks": [{"type": "section", "block_id": SAID_BLOCK, "text": text}],
    }

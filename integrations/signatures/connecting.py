"""From what is set to the partner through which clients sign, or to what is missing for that."""

from bot.ports import Signatures
from integrations.connection import NotConnected
from integrations.signatures.access import Access

INSTALL = (
    "Install it: `make docusign`, or pip install --require-hashes --requirement "
    "requirements-docusign.lock; or unset FRONTDESK_DOCUSIGN."
)


def connect(access: Access) -> Signatures:
    """Return DocuSign as it is set. Nothing is sent by that. Raises NotConnected."""
    try:
        from integrations.signatures.docusign import (  # noqa: PLC0415 - a second, where it is on
            DocuSign,
        )
    except ImportError as missing:
        raise NotConnected(f"{missing.name or missing} is not installed", INSTALL) from missing
    return DocuSign(access)

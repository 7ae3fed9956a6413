"""From what is set to the partner that makes the invoices, or to what is missing for that."""

from bot.ports import Billing
from integrations.billing.access import Access
from integrations.connection import NotConnected

INSTALL = (
    "Install it: `make stripe`, or pip install --require-hashes --requirement "
    "requirements-stripe.lock; or unset FRONTDESK_STRIPE_KEY."
)


def connect(access: Access) -> Billing:
    """Return Stripe as it is set. Nothing is sent by that. Raises NotConnected."""
    try:
        from integrations.billing.stripe import Stripe  # noqa: PLC0415 - loaded where it is on
    except ImportError as missing:
        raise NotConnected(f"{missing.name or missing} is not installed", INSTALL) from missing
    return Stripe(access)

"""From what the admin set to a CRM in Salesforce, or to what is missing for that."""

from zoneinfo import ZoneInfo

from bot.ports import Clock, Crm
from integrations.connection import NotConnected
from integrations.crm.salesforce.login import Login

INSTALL = (
    "Install it: `make salesforce`, or pip install --require-hashes --requirement "
    "requirements-salesforce.lock; or unset FRONTDESK_SALESFORCE_URL."
)


def connect(login: Login, currency: str, zone: ZoneInfo, clock: Clock, rest: float = 30.0) -> Crm:
    """Return the deals of the organisation that ``login`` leads to; nothing is sent by that.

    ``currency``: that of all amounts, where the organisation has one currency only. ``zone``: in
    which it is a certain day when something happens. One that did not answer is left alone for
    ``rest`` seconds: nobody waits for it then. Raises NotConnected.
    """
    try:
        from integrations.crm.salesforce.crm import SalesforceCrm  # noqa: PLC0415 - where it is on
        from integrations.crm.salesforce.line import Line  # noqa: PLC0415 - likewise
    except ImportError as missing:
        raise NotConnected(f"{missing.name or missing} is not installed", INSTALL) from missing
    return SalesforceCrm(Line(login, clock, rest), currency, zone)

"""From the key that the admin set to a CRM in HubSpot."""

from pathlib import Path

from bot.ports import Crm


def connect(url: str, token: str, rest: float = 30.0, trusted: Path | None = None) -> Crm:
    """Return the deals of the account that ``token`` opens; nothing is sent by that.

    ``url`` is where its API is. One that did not answer is left alone for ``rest`` seconds: nobody
    waits for it then. ``trusted``: authorities that are believed beside the usual ones.
    """
    from integrations.crm.hubspot.crm import HubSpotCrm  # noqa: PLC0415 - where it is on
    from integrations.crm.hubspot.line import Line  # noqa: PLC0415 - likewise

    return HubSpotCrm(Line(url, token, rest, trusted))

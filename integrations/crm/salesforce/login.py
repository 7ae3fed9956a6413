"""How Frontdesk signs in to Salesforce: as an app with a secret, or as a user with a key."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """An external client app of the organisation at ``url`` (My Domain, no slash at its end).

    With ``secret``: OAuth 2.0 client credentials. With ``user`` and ``key`` (PEM): a JWT that is
    signed with it, for ``audience``. ``trusted``: authorities (a PEM file) that are believed beside
    the usual ones.
    """

    url: str
    client_id: str
    secret: str = field(default="", repr=False)
    user: str = ""
    key: str = field(default="", repr=False)
    audience: str = "https://login.salesforce.com"
    trusted: Path | None = None

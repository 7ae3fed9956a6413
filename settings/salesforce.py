"""Which Salesforce keeps the deals, if any, and how Frontdesk signs in there."""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings.addresses import partner_url
from settings.environment import Environment
from settings.wording import Wrong

_KEY = re.compile(r"-----BEGIN (?:RSA )?PRIVATE KEY-----\s.+-----END", re.DOTALL)
_TESTS = re.compile(r"(?:\.sandbox\.my|\.scratch\.my|^test)\.salesforce\.com$")
_NO_ORGANISATION = (
    "is no address of an organisation; right is your My Domain, such as "
    "https://harborlight.my.salesforce.com"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesforceChoice:
    """An organisation, and an app of it: with a secret, or a user and the key of a certificate."""

    url: str
    client_id: str
    secret: str = field(default="", repr=False)
    user: str = ""
    key: str = field(default="", repr=False)

    @property
    def audience(self) -> str:
        """For whom a signature is: another one for organisations that are for tests."""
        is_test = _TESTS.search(urlsplit(self.url).hostname or "")
        return f"https://{'test' if is_test else 'login'}.salesforce.com"


def read_salesforce(env: Environment) -> SalesforceChoice | None:
    """Return what is chosen; what is missing for it, or too much, is a problem."""
    url = env.read("FRONTDESK_SALESFORCE_URL", _address, "")
    chosen = SalesforceChoice(
        url=url,
        client_id=env.text("FRONTDESK_SALESFORCE_CLIENT_ID"),
        secret=env.text("FRONTDESK_SALESFORCE_CLIENT_SECRET"),
        user=env.text("FRONTDESK_SALESFORCE_USER"),
        key=env.read("FRONTDESK_SALESFORCE_KEY", _key, ""),
    )
    if not env.is_set("FRONTDESK_SALESFORCE_URL"):
        _lonely(env, chosen)
        return None
    if chosen.url:
        env.problems += _lacking(chosen)
    return chosen


def _lonely(env: Environment, chosen: SalesforceChoice) -> None:
    given = {
        "FRONTDESK_SALESFORCE_CLIENT_ID": chosen.client_id,
        "FRONTDESK_SALESFORCE_CLIENT_SECRET": chosen.secret,
        "FRONTDESK_SALESFORCE_USER": chosen.user,
        "FRONTDESK_SALESFORCE_KEY": chosen.key,
    }
    env.problems += [
        f"{name}: it does nothing without FRONTDESK_SALESFORCE_URL; set that, or remove it."
        for name, value in given.items()
        if value
    ]


def _lacking(chosen: SalesforceChoice) -> Iterator[str]:
    if not chosen.client_id:
        yield (
            "FRONTDESK_SALESFORCE_CLIENT_ID: it is missing; it is the consumer key of the external "
            "client app."
        )
    if bool(chosen.secret) == bool(chosen.key):
        yield (
            "FRONTDESK_SALESFORCE_CLIENT_SECRET: set either this one (client credentials), or "
            "FRONTDESK_SALESFORCE_USER and FRONTDESK_SALESFORCE_KEY (JWT)."
        )
    if chosen.key and not chosen.user:
        yield (
            "FRONTDESK_SALESFORCE_USER: it is missing; it is the user name of the user that "
            "FRONTDESK_SALESFORCE_KEY signs in."
        )


def _address(text: str) -> str:
    return partner_url(text, _NO_ORGANISATION)


def _key(text: str) -> str:
    """Return the key in PEM: its lines may be marked as in C, and all of it may be base64."""
    pem = text.replace("\\n", "\n")
    if not pem.startswith("-----"):
        try:
            pem = b64decode(pem, validate=True).decode("ascii")
        except ValueError:
            pem = ""
    if not _KEY.search(pem):
        raise Wrong("this is no private key in PEM, and not the base64 of one.")
    return f"{pem.strip()}\n"

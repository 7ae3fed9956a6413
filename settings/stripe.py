"""Whether invoices are made by Stripe, and as which account."""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from settings import addresses
from settings.environment import Environment
from settings.wording import Wrong, shown

_KEY = re.compile(r"[rs]k_(?P<mode>test|live)_[A-Za-z0-9]{8,}")
_SECRET = re.compile(r"whsec_[A-Za-z0-9+/=_-]{8,}")
_RIGHT = "right is a restricted key (rk_live_..., or rk_test_... for trying out) or a secret key."
_URL = "https://api.stripe.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class StripeChoice:
    """An account at Stripe; ``mails``: it is Stripe that mails invoices to the client."""

    key: str = field(repr=False)
    hook_secrets: tuple[str, ...] = field(repr=False)
    mails: bool = False
    url: str = _URL


def chosen(env: Environment, *, is_play: bool) -> StripeChoice | None:
    """Return the account at Stripe; where there is one, the secret of its calls is needed.

    In the sandbox, and with its tokens (``is_play``), no real money may be asked for.
    """
    key = env.read("FRONTDESK_STRIPE_KEY", api_key, "")
    secrets = env.read("FRONTDESK_STRIPE_HOOK_SECRETS", hook_secrets, ())
    mails = env.read("FRONTDESK_STRIPE_MAILS", stripe_mails, unset=False)
    url = env.read("FRONTDESK_STRIPE_URL", address, _URL)
    if not key:
        return None
    if is_play and "_live_" in key:
        env.problems.append(
            "FRONTDESK_STRIPE_KEY: it is a live key, and in the sandbox anybody acts as anybody; "
            "use a test key (rk_test_...)."
        )
    if not env.is_set("FRONTDESK_STRIPE_HOOK_SECRETS"):
        env.problems.append(
            "FRONTDESK_STRIPE_HOOK_SECRETS: it is missing; FRONTDESK_STRIPE_KEY needs it."
        )
    return StripeChoice(key=key, hook_secrets=secrets, mails=mails, url=url)


def api_key(text: str) -> str:
    """Return a key that may do things, of an account's own or a restricted one."""
    if text.startswith("pk_"):
        raise Wrong(f"it is a publishable key, with which no invoice can be made; {_RIGHT}")
    if not _KEY.fullmatch(text):
        raise Wrong(f"it is no key of Stripe's; {_RIGHT}")
    return text


def hook_secrets(text: str) -> tuple[str, ...]:
    """Return the secrets that sign Stripe's calls; several while one is rolled."""
    secrets = tuple(filter(None, (each.strip() for each in text.split(","))))
    if not secrets or not all(_SECRET.fullmatch(each) for each in secrets):
        raise Wrong(
            "one of them is no signing secret; right is whsec_..., as Stripe shows it for the "
            "webhook endpoint."
        )
    return secrets


def stripe_mails(text: str) -> bool:
    """Return True, for the one word by which Stripe mails."""
    if text != "yes":
        raise Wrong(f"{shown(text)} is not known; right is yes, or nothing.")
    return True


def address(text: str) -> str:
    """Return the address of Stripe's API, without a slash at its end."""
    found = addresses.web(text, example=_URL)
    if found.scheme != "https" and not addresses.is_loopback(urlsplit(text).hostname or ""):
        raise Wrong(f"{shown(text)} is not https; the key would be sent in the clear.")
    return text.rstrip("/")

"""Asking Stripe: once for each key, and what it says in the place of an answer.

Stripe keeps what it answered to an idempotency key for a day, errors of its own too
(docs.stripe.com/api/idempotent_requests). Such an echo is no news: where the same thing was looked
for in vain, it is asked for under the next key. Nothing is repeated here that may have been done.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

import stripe
from stripe import RequestOptions, StripeClient, StripeObject

from bot.ports import BillingRefused, BillingUnavailable
from integrations.billing.access import Access
from integrations.billing.line import Elsewhere, Line

T = TypeVar("T", bound=StripeObject)

_MOST_KEYS = 120
"""More than the outbox tries within the day for which Stripe repeats an error of its own."""
_TROUBLE = 500
_LATER = ("lock_timeout", "rate_limit", "idempotency_key_in_use")
_MISSING = "resource_missing"
_SECRETS = re.compile(r"\b(?:[spr]k|whsec)_[\w*]+")
_LONGEST = 300
_KEY_FIX = (
    "Set FRONTDESK_STRIPE_KEY to a key of the account that has not expired, and let this machine's "
    "address use it."
)


_PERMISSION_FIX = "Give the restricted key that permission in Stripe; `doctor` names all it needs."


class Session:
    """The account, by the library's client; nothing is sent by making it."""

    def __init__(self, access: Access) -> None:
        """Remember the access."""
        stripe.enable_telemetry = False  # the library has no other place for that
        self.line = Line(access)
        self.v1 = StripeClient(
            access.key,
            base_addresses={"api": access.url},
            http_client=self.line,
            max_network_retries=0,  # what is tried again is decided by the outbox
        ).v1


def once(
    key: str,
    what: Mapping[str, object],
    ask: Callable[[RequestOptions], T],
    *,
    is_there: Callable[[T], bool] = lambda _: True,
    is_surely_undone: bool = True,
) -> T:
    """Return what ``ask`` gets for ``key`` and ``what`` is said, however often it is asked.

    Where Stripe repeats what it answered before, that counts if it still ``is_there``. An error is
    asked about anew, one of Stripe's own only if what was wanted ``is_surely_undone``.
    """
    said = json.dumps([key, what], sort_keys=True, default=str)
    digest = hashlib.sha256(said.encode()).hexdigest()
    for nth in range(_MOST_KEYS):
        options: RequestOptions = {"idempotency_key": f"frontdesk-{digest}-{nth}"}
        try:
            found = ask(options)
        except stripe.StripeError as problem:
            is_theirs = (problem.http_status or 0) >= _TROUBLE
            if not _is_echo(problem.headers) or (is_theirs and not is_surely_undone):
                raise
            continue
        answer = found.last_response
        if not _is_echo(answer.headers if answer else None) or is_there(found):
            return found
    raise BillingUnavailable("it repeats an old answer; that ends within a day")


def _is_echo(headers: Mapping[str, str] | None) -> bool:
    return (headers or {}).get("idempotent-replayed") == "true"


@contextmanager
def told() -> Iterator[None]:
    """Raise what Stripe and the way to it say as BillingUnavailable or BillingRefused."""
    try:
        yield
    except Elsewhere as problem:
        raise BillingRefused(f"The PDF cannot be had: {problem}.") from problem
    except stripe.StripeError as problem:
        raise _meant(problem) from problem


def is_missing(problem: stripe.StripeError) -> bool:
    """Whether Stripe does not have what was asked about."""
    return isinstance(problem, stripe.InvalidRequestError) and problem.code == _MISSING


def sentence(problem: stripe.StripeError) -> str:
    """Return what Stripe says, in one line and without any key."""
    text = _SECRETS.sub("...", " ".join((problem.user_message or "").split()))
    return text[:_LONGEST] or f"It gave no reason (HTTP {problem.http_status})."


def _meant(problem: stripe.StripeError) -> Exception:
    if isinstance(problem, stripe.APIConnectionError):
        return BillingUnavailable(sentence(problem))
    if isinstance(problem, stripe.AuthenticationError):
        return BillingUnavailable("it refuses the key", _KEY_FIX)
    code = _code(problem)
    if isinstance(problem, stripe.PermissionError):
        return BillingUnavailable(sentence(problem), _PERMISSION_FIX)
    is_clear = isinstance(problem, stripe.InvalidRequestError | stripe.CardError)
    if is_clear and code not in _LATER:
        return BillingRefused(sentence(problem))
    return BillingUnavailable(f"HTTP {problem.http_status} {code}".strip())


def _code(problem: stripe.StripeError) -> str:
    said = problem.json_body
    error = said.get("error") if isinstance(said, dict) else None
    return str(error.get("code") or "") if isinstance(error, dict) else ""

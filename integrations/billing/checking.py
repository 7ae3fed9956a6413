"""Whether the key may do all that is done with it, tried without doing anything.

A restricted key has a permission for each kind of thing, to read and to write. Writing is tried on
what is not there: Stripe says that it is missing to whoever may, and refuses whoever may not.
"""

import re
import secrets
from collections.abc import Callable, Iterator

import stripe
from stripe import RequestOptions

from bot.ports import BillingUnavailable
from integrations.billing.calls import EVENTS
from integrations.billing.defining import MARK
from integrations.billing.session import Session, sentence

_PERMISSION = re.compile(r"\brak_\w+")
_PAGE = 100
_NOWHERE = "frontdesk_check"


def account_of(session: Session) -> str:
    """Return the account's name, or its id. Raises BillingUnavailable where a permission lacks."""
    name = _name(session)
    lacking = sorted({_lack(problem) for problem in _refusals(session)})
    if lacking:
        fix = f"Give the restricted key these permissions in Stripe: {', '.join(lacking)}."
        raise BillingUnavailable("the key may not do all that is needed", fix)
    return name


def events_of(session: Session, hook: str) -> tuple[str, str]:
    """Return of which events Stripe calls the address ``hook``, and the fix where some lack.

    That a key may see this is not needed; then all of them are named. Raises StripeError.
    """
    needed = ", ".join(EVENTS)
    try:
        listed = session.v1.webhook_endpoints.list({"limit": _PAGE})
    except stripe.PermissionError:
        return f"should be about {needed}; this key may not see whether they are", ""
    ours = [each for each in listed.data if (each.url, each.status) == (hook, "enabled")]
    if not ours:
        return f"none go to {hook}", f"Add it as a webhook endpoint in Stripe, for {needed}."
    found = {event for each in ours for event in each.enabled_events}
    lacking = [] if "*" in found else [each for each in EVENTS if each not in found]
    if lacking:
        fix = f"Add these events to the webhook endpoint in Stripe: {', '.join(lacking)}."
        return f"{len(lacking)} of {len(EVENTS)} kinds of events lack", fix
    return f"are about all {len(EVENTS)} kinds of events that are needed", ""


def _name(session: Session) -> str:
    try:
        account = session.v1.accounts.retrieve_current()
    except stripe.PermissionError:
        return "an account"  # its name is nothing that is needed
    dashboard = account.settings.dashboard if account.settings else None
    return (dashboard.display_name if dashboard else None) or account.id


def _refusals(session: Session) -> Iterator[stripe.PermissionError]:
    v1 = session.v1
    asked: tuple[Callable[[], object], ...] = (
        lambda: v1.customers.list({"limit": 1}),
        lambda: v1.invoices.list({"limit": 1}),
        lambda: v1.invoice_items.list({"invoice": f"in_{_NOWHERE}", "limit": 1}),
        lambda: v1.invoice_payments.list({"invoice": f"in_{_NOWHERE}", "limit": 1}),
        lambda: v1.payment_records.list({"limit": 1}),
        lambda: v1.events.list({"limit": 1}),
        lambda: v1.refunds.list({"limit": 1}),
        lambda: v1.disputes.list({"limit": 1}),
        lambda: v1.customers.update(f"cus_{_NOWHERE}", {"metadata": {MARK: ""}}, _key()),
        lambda: v1.invoice_items.update(f"ii_{_NOWHERE}", {"metadata": {MARK: ""}}, _key()),
        lambda: v1.invoices.void_invoice(f"in_{_NOWHERE}", options=_key()),
        lambda: v1.payment_records.report_payment_attempt_canceled(
            f"pr_{_NOWHERE}", {"canceled_at": 1}, _key()
        ),
    )
    for each in asked:
        try:
            each()
        except stripe.PermissionError as problem:
            yield problem
        except stripe.InvalidRequestError:
            pass  # it may, and there is nothing to do it to


def _key() -> RequestOptions:
    return {"idempotency_key": f"frontdesk-check-{secrets.token_hex(8)}"}


def _lack(problem: stripe.PermissionError) -> str:
    found = _PERMISSION.search(problem.user_message or "")
    return found[0] if found else sentence(problem)

"""The doctor's look at each system that the settings name: whether it can be used, and the fix."""

import os
import stat
from collections.abc import Iterator
from datetime import timedelta

from bot.doctor import Finding
from bot.ports import (
    Billing,
    BillingRefused,
    BillingUnavailable,
    CrmRefused,
    CrmUnavailable,
    LibraryUnavailable,
    SealUnavailable,
    Signatures,
    SignaturesRefused,
    SignaturesUnavailable,
)
from integrations.billing.connecting import connect as connect_billing
from integrations.clock import SystemClock
from integrations.connection import NotConnected
from integrations.language_model.connecting import connect
from integrations.library.connecting import connect_url
from integrations.library.s3 import fix_of
from integrations.reach import hook_trouble
from integrations.signatures.connecting import connect as connect_signatures
from partners import connecting
from settings import Settings
from web import webhooks

_SOON = timedelta(days=60)
"""Before the end of a certificate: so long it takes to get another one."""
_LIBRARY = "Library of assets"
_BUCKET = "Library's bucket"


def library(settings: Settings) -> Iterator[Finding]:
    """Say whether files can be kept; elsewhere a few bytes are kept, read and removed for that."""
    place, folder = settings.library, settings.library.folder
    if folder is not None:
        there = folder if folder.exists() else folder.parent
        well = there.is_dir() and os.access(there, os.R_OK | os.W_OK | os.X_OK)
        fix = "" if well else "Mount its disk, or let Frontdesk's account write there."
        yield Finding(_LIBRARY, f"{folder} can{'' if well else 'not'} be written", fix)
        return
    try:
        lacking = connect_url(place.url, place.options).check()
    except NotConnected as trouble:
        yield Finding(_LIBRARY, f"{place} cannot be used: {trouble}", trouble.fix)
    except LibraryUnavailable as trouble:
        yield Finding(_LIBRARY, f"{place}: {trouble}", fix_of(trouble))
    else:
        yield Finding(_LIBRARY, f"{place} keeps, gives and removes files")
        for each in lacking:
            yield Finding(_BUCKET, each.seen, each.fix)


def language_model(settings: Settings) -> Finding:
    """Say whether texts leave, and where to; none does by asking that."""
    if settings.model is None:
        return Finding("Language model", "off, no text leaves")
    name = settings.model.name
    said = f"on: texts that people write to Frontdesk go to {name}"
    try:
        connect(name, settings.model.seconds).close()
    except NotConnected as trouble:
        return Finding("Language model", f"{said}, but it cannot be used: {trouble}", trouble.fix)
    return Finding("Language model", said)


def crm(settings: Settings) -> Finding:
    """Say where the deals are kept, and whether all that is done there can be done."""
    found = connecting.crm(settings, rest=0)
    if found is None:
        return Finding("Deals", "are kept in Frontdesk itself, by /sow deals")
    subject = f"Deals in {found.name}"
    try:
        lacking = found.check()
    except CrmRefused as refused:
        return Finding(
            subject, str(refused), "Let Frontdesk use its API, and see there what is asked for."
        )
    except CrmUnavailable as away:
        return Finding(subject, str(away), away.fix or "Try again when it answers.")
    finally:
        found.close()
    said = "they are read, and written back to" if not lacking else "something is missing"
    return Finding(subject, said, " ".join(lacking))


def signatures(settings: Settings) -> Iterator[Finding]:
    """Say where clients sign, and whether the partner gives access and its calls arrive."""
    wanted = connecting.access(settings)
    if wanted is None:
        yield Finding("Signatures", "clients approve on our own page")
        return
    try:
        docusign = connect_signatures(wanted)
    except NotConnected as trouble:
        yield Finding("DocuSign", f"cannot be used: {trouble}", trouble.fix)
        return
    try:
        yield Finding("DocuSign", f"gives access to {docusign.check()}")
    except (SignaturesUnavailable, SignaturesRefused) as trouble:
        fix = getattr(trouble, "fix", "")
        again = "Check the network, and whether DocuSign is up (status.docusign.com)."
        yield Finding("DocuSign", str(trouble), fix or again, unseen=not fix)
    yield _hook("DocuSign", wanted.hook, docusign, webhooks.DOCUSIGN)


def billing(settings: Settings) -> Iterator[Finding]:
    """Say who makes the invoices, and whether the partner gives access and its calls arrive."""
    wanted = connecting.stripe_access(settings)
    if wanted is None:
        yield Finding("Invoices", "Billing records those that it makes elsewhere")
        return
    try:
        stripe = connect_billing(wanted)
    except NotConnected as trouble:
        yield Finding("Stripe", f"cannot be used: {trouble}", trouble.fix)
        return
    try:
        yield Finding("Stripe", f"gives access to {stripe.check()}")
        if wanted.hook:
            yield Finding("Stripe's events", *stripe.check_events())
    except (BillingUnavailable, BillingRefused) as trouble:
        fix = getattr(trouble, "fix", "")
        again = "Check the network, and whether Stripe is up (status.stripe.com)."
        yield Finding("Stripe", str(trouble), fix or again, unseen=not fix)
    finally:
        stripe.close()
    yield _hook("Stripe", wanted.hook, stripe, webhooks.STRIPE)


def _hook(name: str, hook: str, partner: Signatures | Billing, path: str) -> Finding:
    if not hook:
        fix = f"Set FRONTDESK_PUBLIC_URL; until then {name} is asked every 15 minutes."
        return Finding(f"{name}'s calls", "cannot come in without a public address", fix)
    trouble = hook_trouble(hook, *partner.test_call())
    fix = f"Pass POST {path} on to the bot, with body and headers as they are."
    said = f"{hook} {trouble or 'takes calls that are signed'}"
    return Finding(f"{name}'s calls", said, fix if trouble else "")


def seal(settings: Settings) -> Finding:
    """Say whose seal there is, and until when; a time stamp is asked for by that."""
    try:
        found = connecting.seal(settings)
        state, name = found.check(), found.name
    except SealUnavailable as trouble:
        return Finding("Seal", f"on, but nothing can be sealed: {trouble}", trouble.fix)
    if state is None:
        return Finding("Seal", "off, what the client approved is kept as it is")
    stamps = state.timestamps
    stamped = f"with time stamps of {stamps}" if stamps else "without time stamps"
    said = f"on: of {name}, {stamped}; its certificate holds until {state.until:%Y-%m-%d}"
    if state.until - SystemClock().now() < _SOON:
        return Finding("Seal", said, "Have the certificate renewed.")
    key_file = settings.seal.key_file if settings.seal else None
    if key_file and os.name == "posix" and (mode := stat.S_IMODE(key_file.stat().st_mode)) & 0o077:
        said = f"{said}; other accounts may come at {key_file}, mode {mode:03o}"
        return Finding("Seal", said, f"chmod 600 {key_file}")
    return Finding("Seal", said)

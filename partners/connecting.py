"""From the settings to the adapter that speaks to each system around Frontdesk.

An adapter loads its library only where it is chosen. What cannot be used as it is installed is said
with the fix.
"""

import logging
from pathlib import Path

from bot.company import Company
from bot.errors import CannotGoOn
from bot.ports import (
    Billing,
    Clock,
    Crm,
    Interpreter,
    Library,
    LockedSeal,
    Mailer,
    Seal,
    SealUnavailable,
    Signatures,
    Unsealed,
)
from integrations.billing.access import Access as StripeAccess
from integrations.billing.connecting import connect as connect_billing
from integrations.clock import SystemClock
from integrations.connection import NotConnected
from integrations.crm.closed import ClosedCrm
from integrations.crm.hubspot.connecting import connect as connect_hubspot
from integrations.crm.salesforce.connecting import connect as connect_salesforce
from integrations.crm.salesforce.login import Login
from integrations.language_model.connecting import connect as connect_model
from integrations.library.connecting import connect as connect_library
from integrations.mail.folder import FolderMailer
from integrations.mail.smtp import SmtpMailer
from integrations.seal.connecting import TokenPlace
from integrations.seal.connecting import connect as connect_seal
from integrations.signatures.access import Access
from integrations.signatures.connecting import connect as connect_signatures
from settings import Settings
from settings.hubspot import HubSpotChoice
from settings.library import LibraryPlace
from settings.salesforce import SalesforceChoice
from web import webhooks

log = logging.getLogger("frontdesk")


def library(settings: Settings, place: LibraryPlace | None = None) -> Library:
    """Return what keeps the files of assets, at ``place`` or where it is set.

    Raises CannotGoOn when what is needed for that is not installed.
    """
    where = place or settings.library
    try:
        return connect_library(where.folder or where.url, where.options)
    except NotConnected as trouble:
        raise CannotGoOn(f"The library cannot be used: {trouble}. {trouble.fix}") from trouble


def mailer(settings: Settings, clock: Clock) -> Mailer:
    """Return what sends mail: the server that is set, else a folder of the data."""
    sender, name = settings.mail_from, settings.company.name
    server = settings.mail
    if server is None:
        return FolderMailer(settings.mail_folder, sender, name, clock)
    return SmtpMailer(
        server.host,
        server.port,
        security=server.security,
        user=server.user,
        password=server.password,
        sender=sender,
        sender_name=name,
        clock=clock,
        altogether=60.0,  # seconds: half of the outbox's lease, or a mail may be sent twice
        trusted=settings.ca_file,
    )


def crm(settings: Settings, rest: float) -> Crm | None:
    """Return the CRM that is set, None where the deals are kept here.

    When it does not answer it is left alone for ``rest`` seconds.
    Where it cannot be used as it is installed, nothing is kept elsewhere: everything waits for it.
    """
    match settings.crm:
        case None:
            return None
        case HubSpotChoice() as chosen:
            return connect_hubspot(chosen.url, chosen.token, rest, settings.ca_file)
        case SalesforceChoice() as chosen:
            return _salesforce(chosen, settings.company, settings.ca_file, rest)


def _salesforce(
    chosen: SalesforceChoice, company: Company, trusted: Path | None, rest: float
) -> Crm:
    login = Login(
        url=chosen.url,
        client_id=chosen.client_id,
        secret=chosen.secret,
        user=chosen.user,
        key=chosen.key,
        audience=chosen.audience,
        trusted=trusted,
    )
    try:
        return connect_salesforce(login, company.currency, company.zone, SystemClock(), rest)
    except NotConnected as trouble:
        log.error("Salesforce cannot be used: %s. %s", trouble, trouble.fix)  # noqa: TRY400 - no trace: it is all said
        return ClosedCrm("Salesforce", str(trouble), trouble.fix)


def interpreter(settings: Settings) -> Interpreter | None:
    """Return what reads with the language model that is set; the rules go on without it."""
    if settings.model is None:
        return None
    try:
        return connect_model(settings.model.name, settings.model.seconds)
    except NotConnected as trouble:
        log.error("The language model cannot be used: %s. %s", trouble, trouble.fix)  # noqa: TRY400 - no trace: it is all said
        return None


def access(settings: Settings) -> Access | None:
    """Return as whom DocuSign knows us, where clients sign there."""
    chosen = settings.docusign
    if chosen is None:
        return None
    return Access(
        host=chosen.host,
        key=chosen.key,
        user=chosen.user,
        account=chosen.account,
        private_key=chosen.private_key,
        hook=f"{settings.public_url}{webhooks.DOCUSIGN}" if settings.public_url else "",
        hook_keys=chosen.hook_keys,
        trusted=settings.ca_file,
    )


def signatures(settings: Settings) -> Signatures | None:
    """Return through whom clients sign; a partner who is set and cannot be used stops the start."""
    wanted = access(settings)
    if wanted is None:
        return None
    try:
        return connect_signatures(wanted)
    except NotConnected as trouble:
        raise CannotGoOn(f"DocuSign cannot be used: {trouble}. {trouble.fix}") from trouble


def stripe_access(settings: Settings) -> StripeAccess | None:
    """Return as whom Stripe knows us, where invoices are made there."""
    chosen = settings.stripe
    if chosen is None:
        return None
    return StripeAccess(
        key=chosen.key,
        hook_secrets=chosen.hook_secrets,
        mails=chosen.mails,
        zone=settings.company.zone,
        hook=f"{settings.public_url}{webhooks.STRIPE}" if settings.public_url else "",
        url=chosen.url,
        trusted=settings.ca_file,
    )


def billing(settings: Settings) -> Billing | None:
    """Return who makes the invoices; a partner who is set and cannot be used stops the start."""
    wanted = stripe_access(settings)
    if wanted is None:
        return None
    try:
        return connect_billing(wanted)
    except NotConnected as trouble:
        raise CannotGoOn(f"Stripe cannot be used: {trouble}. {trouble.fix}") from trouble


def seal(settings: Settings) -> Seal:
    """Return what seals, as it is set. Raises SealUnavailable."""
    chosen = settings.seal
    if chosen is None:
        return Unsealed()
    return connect_seal(
        chosen.key_file,
        chosen.password,
        chosen.timestamps,
        folder=settings.seal_folder,
        company=settings.company.name,
        clock=SystemClock(),
        token=TokenPlace(*chosen.token) if chosen.token else None,
    )


def seal_or_wait(settings: Settings) -> Seal:
    """Return what seals; what is to be sealed waits while that cannot be used."""
    try:
        found = seal(settings)
    except SealUnavailable as trouble:
        found = LockedSeal(trouble)
    try:
        log.debug("The seal is that of %r.", found.name)
    except SealUnavailable as trouble:
        log.error("Nothing can be sealed: %s. %s", trouble, trouble.fix)  # noqa: TRY400 - no trace: it is all said
    return found

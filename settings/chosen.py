"""What the admin chose, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from bot.company import Company
from bot.ports.webhooks import Endpoint
from settings.addresses import Network
from settings.crm import CrmChoice
from settings.docusign import DocuSignChoice
from settings.handbook import TomlHandbook
from settings.library import LibraryPlace
from settings.mail import MailServer
from settings.model import ModelChoice
from settings.seal import SealChoice
from settings.slack import Mode
from settings.stripe import StripeChoice

Clock = Literal["system", "sandbox"]
LogFormat = Literal["text", "json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the admin chose, complete and checked. No secret is in its ``repr``."""

    mode: Mode
    why: str
    """Which mode was chosen and why, in sentences for the admin."""
    bot_token: str | None = field(repr=False)
    """Set unless in the sandbox, as is ``app_token`` in Socket Mode."""
    app_token: str | None = field(repr=False)
    signing_secrets: tuple[str, ...] = field(repr=False)
    """Each of them is accepted; at least one in HTTP mode."""
    api_url: str | None
    """The base of Slack's Web API, with a slash at its end. None: the sandbox's own."""
    database_url: str = field(repr=False)
    migration_database_url: str | None = field(repr=False)
    host: str
    port: int
    """0: any free one."""
    public_url: str | None
    """Without a slash at its end."""
    trusted_proxies: tuple[Network, ...]
    audit_key: bytes = field(repr=False)
    metrics_token: str | None = field(repr=False)
    clock: Clock
    data: Path
    """An existing folder."""
    library: LibraryPlace
    """Where the files of assets are; whoever keeps the first one makes a folder of ours."""
    library_keys: Mapping[str, str] = field(repr=False)
    """The keys of an S3, named as in `LibraryPlace.options`; empty: the machine's own."""
    templates: Path | None
    fonts: Path | None
    mail: MailServer | None
    """None: mails are written to a folder of ``data``."""
    mail_from: str
    webhooks: tuple[Endpoint, ...] = field(repr=False)
    """Whom the facts of the record are told."""
    model: ModelChoice | None
    """None: no language model, and no text leaves to be read."""
    crm: CrmChoice | None
    """None: the deals are kept in our own tables."""
    docusign: DocuSignChoice | None
    """None: clients approve on our own page."""
    stripe: StripeChoice | None
    """None: Billing records the invoices that it makes elsewhere."""
    ca_file: Path | None
    """The authorities that are believed in the place of the usual ones."""
    seal: SealChoice | None
    """None: nothing is sealed."""
    log_level: str
    """As :mod:`logging` names it: ``INFO``."""
    log_format: LogFormat
    company: Company
    """As ``frontdesk.toml`` describes it; what was changed since lies in the database."""
    handbook: TomlHandbook = field(repr=False)
    warnings: tuple[str, ...]
    """What works and is probably not meant, in sentences for the admin."""

    @property
    def mail_folder(self) -> Path:
        """Where mails are written when there is no mail server."""
        return self.data / "mail"

    @property
    def seal_folder(self) -> Path:
        """Where the keys of a seal of our own are."""
        return self.data / "seal"

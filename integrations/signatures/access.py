"""What DocuSign is reached with."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """As whom DocuSign knows us, and where its calls to us go.

    ``host`` is where access is given: account.docusign.com, or account-d.docusign.com for trying
    out. ``hook`` is our own address for its calls ("": none can come in), ``hook_keys`` sign them.
    ``trusted`` are authorities (a PEM file) that are believed beside the usual ones.
    Nothing is awaited for more than ``seconds``, and all that one use needs has ``altogether``,
    signing in another ``altogether``: both end before the lease of the outbox does. After silence
    DocuSign is left alone for ``rest`` seconds.
    """

    host: str
    key: str
    user: str
    account: str
    private_key: str = field(repr=False)
    hook: str
    hook_keys: tuple[str, ...] = field(repr=False)
    trusted: Path | None = None
    seconds: float = 15.0
    altogether: float = 40.0
    rest: float = 30.0

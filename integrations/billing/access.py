"""What Stripe is reached with."""

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """As whom Stripe knows us, and where its calls to us go.

    ``key`` is an account's own or a restricted one; ``hook_secrets`` sign Stripe's calls.
    ``mails``: Stripe mails the client. A day ends in ``zone``. ``hook`` is our own address for its
    calls ("": none can come in). ``trusted`` are authorities (a PEM file) that are believed beside
    the usual ones. An answer has ``seconds``, all of it together; after silence it is
    left alone for ``rest`` seconds.
    """

    key: str = field(repr=False)
    hook_secrets: tuple[str, ...] = field(repr=False)
    mails: bool
    zone: ZoneInfo
    hook: str
    url: str = "https://api.stripe.com"
    trusted: Path | None = None
    seconds: float = 15.0
    rest: float = 30.0

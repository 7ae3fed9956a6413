"""The double of Stripe, served by https on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from tests.integrations.billing.contract import Contract, carried
from tests.integrations.billing.double import KEY, Double
from tests.integrations.billing.hooks import HOOK_SECRETS
from tests.integrations.tls import served


@contextmanager
def serving(folder: Path, contract: Contract | None = None) -> Iterator[tuple[Double, Path]]:
    """Serve a double by https; yield it with the file of the authority that vouches for it."""
    double = Double(contract or carried())
    app = Starlette(
        routes=[
            Route("/v1/{path:path}", double.api, methods=["GET", "POST", "DELETE"]),
            Route("/i/{invoice}/pdf", double.page),
        ]
    )
    with served(app, folder, "stripe") as (double.url, trusted):
        yield double, trusted


def environment(double: Double, trusted: Path) -> dict[str, str]:
    """Return the settings of a bot whose invoices are made at this double."""
    return {
        "FRONTDESK_STRIPE_KEY": KEY,
        "FRONTDESK_STRIPE_HOOK_SECRETS": ",".join(HOOK_SECRETS),
        "FRONTDESK_STRIPE_URL": double.url,
        "FRONTDESK_CA_FILE": str(trusted),
    }

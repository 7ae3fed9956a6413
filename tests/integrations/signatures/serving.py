"""The double of DocuSign, served by https on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route

from tests.integrations.signatures.contract import Contract, carried
from tests.integrations.signatures.double import Double
from tests.integrations.tls import served


@contextmanager
def serving(folder: Path, contract: Contract | None = None) -> Iterator[tuple[Double, Path]]:
    """Serve a double by https; yield it with the file of the authority that vouches for it."""
    double = Double(contract or carried())
    app = Starlette(
        routes=[
            Route("/oauth/token", double.token, methods=["POST"]),
            Route("/oauth/userinfo", double.userinfo),
            Route("/restapi/{path:path}", double.api, methods=["GET", "POST", "PUT"]),
        ]
    )
    with served(app, folder, "docusign") as (double.url, trusted):
        yield double, trusted

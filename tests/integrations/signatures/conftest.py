"""An account at the double of DocuSign, and something to be signed there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ports import Signing
from integrations.signatures.access import Access
from integrations.signatures.docusign import DocuSign
from tests.integrations.signatures.connect import HOOK_KEYS
from tests.integrations.signatures.double import ACCOUNT, KEY, USER, Double
from tests.integrations.signatures.serving import serving

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SOW = Signing(
    key="f3a1",
    subject="Statement of Work SOW-7, version 2",
    message="Please sign.",
    name="SOW-7-v2.pdf",
    document=b"%PDF-1.7 what is to be signed",
    signer=("Hank Scorpio", "hank@globex.example"),
    copies=(("", "marge@globex.example"),),
    days=30,
    since=NOON,
)


def access(double: Double, trusted: Path | None, **more: object) -> Access:
    plain = Access(
        host=double.host,
        key=KEY,
        user=USER,
        account=ACCOUNT,
        private_key=double.private_key,
        hook="https://desk.harborlight.example/webhooks/docusign",
        hook_keys=HOOK_KEYS,
        trusted=trusted,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # by name


@pytest.fixture
def account(tmp_path: Path) -> Iterator[tuple[Double, DocuSign]]:
    with serving(tmp_path) as (double, trusted):
        double.now = lambda: NOON
        yield double, DocuSign(access(double, trusted))
    assert double.problems == []

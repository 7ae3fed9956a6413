"""An account at the double of Stripe, and an invoice to be made there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.ports import Bill
from integrations.billing.access import Access
from integrations.billing.stripe import Stripe
from tests.integrations.billing.double import KEY, Double
from tests.integrations.billing.hooks import HOOK_SECRETS
from tests.integrations.billing.serving import serving
from workflows.money import Money

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BILL = Bill(
    key="f3a1",
    ref="SOW-7",
    number="INV-7",
    client="Globex",
    contact="Hank Scorpio",
    email="payables@globex.example",
    memo="Statement of Work SOW-7",
    lines=(("Discovery", Money(600000, "USD")), ("Workshop", Money(200050, "USD"))),
    due=date(2026, 12, 23),
    since=NOON,
)


def access(double: Double, trusted: Path | None, **more: object) -> Access:
    plain = Access(
        key=KEY,
        hook_secrets=HOOK_SECRETS,
        mails=False,
        zone=ZoneInfo("America/New_York"),
        hook="https://desk.harborlight.example/webhooks/stripe",
        url=double.url,
        trusted=trusted,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # by name


@pytest.fixture
def account(tmp_path: Path) -> Iterator[tuple[Double, Stripe]]:
    with serving(tmp_path) as (double, trusted):
        double.now = lambda: NOON
        stripe = Stripe(access(double, trusted))
        yield double, stripe
        stripe.close()
    assert double.problems == []

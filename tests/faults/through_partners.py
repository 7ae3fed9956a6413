"""The story of a deal that is signed at DocuSign, and invoiced and paid at Stripe.

An invoice is voided and made anew, a payment comes in on either side, and of one no call tells.
"""

from tests.faults.asks import asks_sow
from tests.faults.deeds import (
    adds_price,
    by_button,
    hands_in,
    hands_in_on_page,
    job,
    nothing,
    presses,
    together,
)
from tests.faults.partners import Partners
from tests.faults.stage import Deed, Stage
from tests.faults.story import Step, Story, on
from tests.journeys.deals import COMPLETE


def _partners(stage: Stage) -> Partners:
    assert stage.partners is not None
    return stage.partners


async def signs(stage: Stage) -> None:
    """The client signs at DocuSign."""
    docusign = _partners(stage).docusign
    docusign.sign(docusign.only)


def pays(amount: int) -> Deed:
    """The client pays so many whole dollars on Stripe's page."""

    async def deed(stage: Stage) -> None:
        stripe = _partners(stage).stripe
        stripe.pay(stripe.newest, amount * 100)

    return deed


async def calls_nobody(stage: Stage) -> None:
    """Whatever Stripe would call about now, it does not."""
    _partners(stage).stripe.waiting.clear()


def unheard(deed: Deed) -> Deed:
    """Something happens at Stripe, and no call tells of it."""

    async def both(stage: Stage) -> None:
        await deed(stage)
        await calls_nobody(stage)

    return both


THROUGH_PARTNERS = Story(
    "signed and paid at partners",
    (
        Step(
            "ask",
            asks_sow("8,000", **COMPLETE | {"start": "2038-02-01", "end": "2038-05-01"}),
        ),
        Step("accept", presses("dian", "Accept", "SOW-1")),
        Step(
            "draft with two price lines",
            adds_price("dian", by_button("Draft"), "Travel", "1,000", "Total: 9,000.00 USD"),
        ),
        Step("send to client", hands_in("dian", by_button("Send to client"))),
        Step("client signs", signs),
        Step(
            "record invoice",
            hands_in("bea", by_button("Record invoice"), number="INV-1", net_days="70"),
        ),
        Step(
            "void invoice",
            hands_in_on_page("bea", "Void invoice", "SOW-1", invoice="INV-1", reason="Too late."),
        ),
        Step("record another", hands_in("bea", by_button("Record invoice"), net_days="7")),
        Step("send invoice", presses("bea", "Send SOW and invoice to the client")),
        Step("client pays a part", pays(3_000)),
        Step(
            "record a part",
            hands_in("bea", by_button("Record payment"), amount="2,000", method="bank transfer"),
        ),
        Step("payment nudge", nothing, on("2037-12-01 20:00")),
        Step("client pays the rest unheard", together(unheard(pays(4_000)), job("invoices"))),
        Step("confirm payment", presses("bea", "Confirm payment")),
    ),
    with_partners=True,
)

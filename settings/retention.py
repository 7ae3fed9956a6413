"""The table of ``frontdesk.toml`` that says how long each kind of record is kept."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic import ValidationInfo as Info

from bot.company import Retention
from bot.ports import Passing
from settings import entries
from settings.policies import known_workflow
from settings.table import Table
from settings.wording import Wrong

_TEMPLATES = "template"

_Days = Annotated[int, BeforeValidator(entries.whole(1, 3650))]
_Years = Annotated[int, BeforeValidator(entries.whole(1, 100))]
_USUAL = Retention()


def _record(key: str, info: Info) -> str:
    if key == _TEMPLATES:
        raise Wrong("templates are kept for good: documents are made from them.")
    return known_workflow(key, info)


def _with_usual(found: dict[str, int]) -> dict[str, int]:
    return {**_USUAL.records_years, **found}


class RetentionTable(Table):
    """How long each kind of record is kept; then it is removed, on record."""

    records_years: Annotated[
        dict[Annotated[str, AfterValidator(_record)], _Years], AfterValidator(_with_usual)
    ] = Field(
        dict(_USUAL.records_years),
        description="By workflow: how many years after its end a request is kept, with its "
        "documents, messages and votes (Deals Requiring SOW, step 7; Sales Asset Requests, "
        "section 7). What is not named is kept as in the example, a workflow of your own for good.",
        examples=[dict(_USUAL.records_years)],
    )
    opinions_years: _Years = Field(
        10,
        description="How many years what people thought of a request is kept (Deals Requiring SOW, "
        "step 8).",
        examples=[10],
    )
    client_links_years: _Years = Field(
        10,
        description="How many years after its end it is known who was given a private link: name "
        "and address (Deals Requiring SOW, steps 4 and 7).",
        examples=[10],
    )
    observations_years: _Years = Field(
        3,
        description="How many years it is known who opened, used or misused an asset, or asked "
        "for one outside of the form (Sales Asset Requests, sections 6 and 7).",
        examples=[3],
    )
    messages_years: _Years = Field(
        3,
        description="How many years lists and reviews that were sent are kept; a message about a "
        "request is kept as long as the request.",
        examples=[3],
    )
    bank_years: _Years = Field(
        2,
        description="How many years the rows of bank statements are kept, with the names of who "
        "paid. A statement with a row from before that proposes it anew.",
        examples=[2],
    )
    drafts_days: _Days = Field(
        30,
        description="How many days a form or a bank statement that nobody went on with is kept, "
        "and a ticket whose draft is gone is known again.",
        examples=[30],
    )
    promises_days: _Days = Field(
        30, description="How many days it is known what was redrawn or fetched.", examples=[30]
    )
    delivery_keys_days: _Days = Field(
        7, description="How many days it is known what Slack has delivered.", examples=[7]
    )

    def retention(self) -> Retention:
        """Return how long each kind is kept."""
        days = {
            Passing.DELIVERY_KEYS: self.delivery_keys_days,
            Passing.DRAFTS: self.drafts_days,
            Passing.TICKETS: self.drafts_days,
            Passing.PROMISES: self.promises_days,
            Passing.SAID: 365 * self.messages_years,
            Passing.OPINIONS: 365 * self.opinions_years,
            Passing.LINKS: 365 * self.client_links_years,
            Passing.OBSERVATIONS: 365 * self.observations_years,
            Passing.STATEMENTS: self.drafts_days,
            Passing.BANK_ROWS: 365 * self.bank_years,
        }
        return Retention(
            records_years=self.records_years,
            passing={kind: timedelta(days=count) for kind, count in days.items()},
        )

"""The tables of ``frontdesk.toml``, described once: for reading them and for the docs."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
)

from bot.company import AUDIT_CHANNEL, BILLING_CHANNEL, FALLBACK_CHANNEL, SALES_CHANNEL
from settings import entries
from settings.absence import AbsenceTable
from settings.days_off import Region, region
from settings.notifications import NotificationsTable
from settings.policies import SalesAssetTable, WorkflowsTable, WorkflowTable, known_workflow
from settings.retention import RetentionTable
from settings.table import Table
from settings.visibility import VisibilityTable
from settings.wording import Wrong
from workflows.dating import DateOrder
from workflows.roles import Role


class CompanyTable(Table):
    """Who the company is."""

    name: Annotated[str, AfterValidator(entries.filled)] = Field(
        description="The company's name.", examples=["Harborlight"]
    )
    timezone: Annotated[ZoneInfo, BeforeValidator(entries.zone)] = Field(
        description="The time zone (IANA) of what happens for the whole company.",
        examples=["America/New_York"],
    )
    currency: Annotated[str, BeforeValidator(entries.currency)] = Field(
        description="The currency (ISO 4217) that forms offer first.", examples=["USD"]
    )
    payment_details: str = Field(
        "",
        description="How to pay, printed on the invoices that Frontdesk renders; never in a mail.",
        examples=["Harborlight, First Example Bank, account 000000"],
    )
    fiscal_year_begins: Annotated[int, BeforeValidator(entries.month), entries.AS_MONTH] = Field(
        1,
        description="The first month of the fiscal year, which quarters are counted in: "
        '"by the end of Q2"; January when missing.',
        examples=["apr"],
    )
    date_order: Annotated[DateOrder | None, BeforeValidator(entries.date_order)] = Field(
        None,
        description="What 3/4 means: month_first (4 March), day_first (3 April), or year_first "
        "(2027/3/4, and 3/4 is 4 March). When it is missing both are offered, and asked.",
        examples=["month_first"],
    )


class HoursTable(Table):
    """When people work, each in their own time zone."""

    opens: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(9), description="When the working day begins; 09:00 when missing.", examples=["09:00"]
    )
    closes: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(17),
        description="When it ends, later on the same day; 17:00 when missing.",
        examples=["17:00"],
        validate_default=True,
    )
    weekdays: list[Annotated[int, BeforeValidator(entries.weekday), entries.AS_WEEKDAY]] = Field(
        [0, 1, 2, 3, 4],
        description="The working days of the week; Monday to Friday when missing.",
        examples=[["mon", "tue", "wed", "thu", "fri"]],
    )
    holidays: Annotated[
        list[Annotated[Region, PlainValidator(region)]],
        BeforeValidator(entries.one_or_more),
    ] = Field(
        [],
        description="Countries or their regions whose public holidays are free for everybody.",
        examples=[["US", "DE-BE"]],
    )
    days_off: list[Annotated[date, BeforeValidator(entries.day)]] = Field(
        [], description="The company's own days off.", examples=[[date(2026, 12, 24)]]
    )

    @field_validator("closes")
    @classmethod
    def _after_it_opens(cls, closes: time, info: ValidationInfo) -> time:
        opens: time | None = info.data.get("opens")
        if opens is not None and closes <= opens:
            raise Wrong(
                f"the day would end at {closes:%H:%M}, not after it opens at {opens:%H:%M}."
            )
        return closes

    @field_validator("weekdays")
    @classmethod
    def _at_least_one(cls, weekdays: list[int]) -> list[int]:
        if not weekdays:
            raise Wrong('it is empty; right are days such as ["mon", "tue"].')
        return weekdays


SHARED_CHANNELS = (FALLBACK_CHANNEL, BILLING_CHANNEL, SALES_CHANNEL, AUDIT_CHANNEL)
"""The channels that are no workflow's."""


def _channel_key(key: str, info: ValidationInfo) -> str:
    return known_workflow(key, info, *SHARED_CHANNELS)


class File(Table):
    """The whole file."""

    company: CompanyTable = Field(description="Who the company is.")
    hours: HoursTable = Field(
        HoursTable(), description="When people work, each in their own time zone."
    )
    channels: dict[
        Annotated[str, AfterValidator(_channel_key)],
        Annotated[str, AfterValidator(entries.channel)],
    ] = Field(
        {},
        description='By workflow: the channel of its cards. "triage" stands in for missing ones. '
        '"billing" gets the weekly list of what is outstanding, "sales" the monthly report '
        'and the announcements of new assets, "audit" the head of the audit every day (without '
        "it each auditor does).",
        examples=[
            {
                "sow": "sow-requests",
                "triage": "asset-requests",
                "billing": "billing",
                "sales": "sales",
                "audit": "audit",
            }
        ],
    )
    roles: dict[
        Annotated[Role, BeforeValidator(entries.role)],
        list[Annotated[str, AfterValidator(entries.identity)]],
    ] = Field(
        {},
        description="By role: e-mail addresses, Slack user ids, user groups (@handle or id), "
        'or "*" for everybody.',
        examples=[{"requester": ["*"], "triage": ["@sales-ops"]}],
    )
    absence: AbsenceTable = Field(
        AbsenceTable(),
        description="Who seems to be away, and who does the work of a role that nobody holds.",
    )
    visibility: VisibilityTable = Field(
        VisibilityTable(), description="What only some may see of a request that they may see."
    )
    notifications: NotificationsTable = Field(
        NotificationsTable(), description="How people are reached who have not chosen otherwise."
    )
    retention: RetentionTable = Field(
        RetentionTable(), description="How long each kind of record is kept."
    )
    workflows: WorkflowsTable = Field(
        WorkflowsTable(), description="What is set for single workflows."
    )


TABLES: Mapping[str, type[Table]] = {
    "company": CompanyTable,
    "hours": HoursTable,
    "absence": AbsenceTable,
    "visibility": VisibilityTable,
    "notifications": NotificationsTable,
    "retention": RetentionTable,
    "workflows.sow": WorkflowTable,
    "workflows.sales_asset": SalesAssetTable,
}
"""Every kind of table whose keys are known, by the name of one."""

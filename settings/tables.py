"""The tables of ``frontdesk.toml``, described once: for reading them and for the docs."""

from collections.abc import Iterable
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    field_validator,
)

from bot.company import BILLING_CHANNEL, FALLBACK_CHANNEL, SALES_CHANNEL
from settings import entries
from settings.days_off import Region, region
from settings.wording import Wrong, meant
from workflows.document import MATERIAL
from workflows.money import Money
from workflows.roles import Role


class Table(BaseModel):
    """A table of the file: unknown keys are refused, and nothing is converted behind one's back."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
    weekdays: list[Annotated[int, BeforeValidator(entries.weekday)]] = Field(
        [0, 1, 2, 3, 4],
        description="The working days of the week; Monday to Friday when missing.",
        examples=[["mon", "tue", "wed", "thu", "fri"]],
    )
    holidays: Annotated[
        list[Annotated[Region, PlainValidator(region)]],
        BeforeValidator(lambda value: [value] if isinstance(value, str) else value),
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


class WorkflowTable(Table):
    """What is set for one workflow."""

    thresholds: Annotated[dict[str, Money], PlainValidator(entries.amounts)] = Field(
        {},
        description="By currency: from this amount on, inclusive, the executive decides.",
        examples=[{"USD": "100000", "EUR": "90000"}],
    )
    material: list[Annotated[str, AfterValidator(entries.subject)]] = Field(
        sorted(MATERIAL),
        description="What resets the executive's approval when a document changes it: amount, "
        "client, dates, scope, terms. All of them when missing.",
        examples=[["amount", "scope", "client", "terms", "dates"]],
    )
    link_days: Annotated[int, Field(ge=1, le=365)] = Field(
        30, description="For how many days a client's link holds.", examples=[30]
    )
    client_reminders: list[Annotated[int, Field(ge=1, le=365)]] = Field(
        [3, 7, 14],
        description="After how many business days without an answer the client is reminded.",
        examples=[[3, 7, 14]],
    )
    payment_reminders: list[Annotated[int, Field(ge=-365, le=365)]] = Field(
        [-3, 0, 3, 7, 14],
        description="When the sales assistant is nudged about an invoice, in business days from "
        "its due day; after the last one weekly.",
        examples=[[-3, 0, 3, 7, 14]],
    )
    most_payment_reminders: Annotated[int, Field(ge=0, le=100)] = Field(
        8, description="How often she is nudged about one invoice at most.", examples=[8]
    )
    overdue_days: Annotated[int, Field(ge=1, le=365)] = Field(
        21,
        description="How many days after the due day the head of sales is told.",
        examples=[21],
    )


def _channel_key(key: str, info: ValidationInfo) -> str:
    return _workflow_or(key, info, FALLBACK_CHANNEL, BILLING_CHANNEL, SALES_CHANNEL)


def _workflow_key(key: str, info: ValidationInfo) -> str:
    return _workflow_or(key, info)


def _workflow_or(key: str, info: ValidationInfo, *others: str) -> str:
    workflows: Iterable[str] = info.context or ()
    known = [*sorted(workflows), *others]
    if key not in known:
        raise Wrong(f"no workflow is called this; {meant(key, known)}")
    return key


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
        '"billing" gets the weekly list of what is outstanding, "sales" the monthly report.',
        examples=[{"sow": "sow-requests", "triage": "asset-requests", "billing": "billing"}],
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
    workflows: dict[Annotated[str, AfterValidator(_workflow_key)], WorkflowTable] = Field(
        {}, description="What is set for single workflows."
    )

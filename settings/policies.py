"""The tables of ``frontdesk.toml`` for single workflows, and the policies they stand for."""

from collections.abc import Iterable
from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, PlainValidator
from pydantic import ValidationInfo as Info

from settings import entries
from settings.table import Table
from settings.wording import Wrong, meant
from workflows.definition import Policy, Quorum
from workflows.document import MATERIAL
from workflows.ladder import RUNGS
from workflows.money import Money
from workflows.priority import WEIGHTS, Criterion

SALES_ASSET = "sales_asset"
"""Key of the workflow that has a table of its own kind."""

_Days = Annotated[int, BeforeValidator(entries.whole(1, 365))]
_DueDays = Annotated[int, BeforeValidator(entries.whole(-365, 365))]
_Times = Annotated[int, BeforeValidator(entries.whole(0, 100))]
_Weight = Annotated[int, BeforeValidator(entries.whole(0, 1000))]
_Criterion = Annotated[Criterion, BeforeValidator(entries.criterion)]
_Watched = Annotated[str, AfterValidator(entries.watched)]
_Approval = Annotated[Quorum, PlainValidator(entries.approval)]
_Channel = Annotated[str, AfterValidator(entries.channel)]


_Rung = Annotated[str, AfterValidator(entries.rung)]
_Hours = Annotated[int, BeforeValidator(entries.whole(1, 1000))]
_LADDER = (
    "After how many working hours without anything happening: "
    + "; ".join(f"{name}, {what}" for name, what in RUNGS.items())
    + ". What is missing is as each stage says."
)


class WorkflowTable(Table):
    """The document, the client and the money; a workflow of your own has such a table too."""

    thresholds: Annotated[dict[str, Money], PlainValidator(entries.amounts)] = Field(
        {},
        description="By currency: from this amount on, inclusive, the executive decides.",
        examples=[{"USD": "100000", "EUR": "90000"}],
    )
    confirm_from: Annotated[dict[str, Money], PlainValidator(entries.amounts)] = Field(
        {},
        description="By currency: from this amount on, inclusive, whoever approves confirms amount "
        "and client by one more click; in a currency that is not listed, always. When it is "
        "missing nobody is asked.",
        examples=[{"USD": "250000"}],
    )
    approvals: dict[str, _Approval] = Field(
        {},
        description='How many of those who may approve have to: "any", "all", or a number of '
        "different people; 2 is the four-eyes principle. Giving the request to somebody does not "
        "take the second away.",
        examples=[{"executive": 2}],
    )
    material: list[Annotated[str, AfterValidator(entries.subject)]] = Field(
        sorted(MATERIAL),
        description="What resets the executive's approval when a document changes it: amount, "
        "client, dates, scope, terms. All of them when missing.",
        examples=[["amount", "scope", "client", "terms", "dates"]],
    )
    link_days: _Days = Field(
        30, description="For how many days a client's link holds.", examples=[30]
    )
    client_reminders: list[_Days] = Field(
        [3, 7, 14],
        description="After how many business days without an answer the client is reminded.",
        examples=[[3, 7, 14]],
    )
    payment_reminders: list[_DueDays] = Field(
        [-3, 0, 3, 7, 14],
        description="When the sales assistant is nudged about an invoice, in business days from "
        "its due day; after the last one weekly.",
        examples=[[-3, 0, 3, 7, 14]],
    )
    most_payment_reminders: _Times = Field(
        8, description="How often she is nudged about one invoice at most.", examples=[8]
    )
    overdue_days: _Days = Field(
        21,
        description="How many days after the due day the head of sales is told.",
        examples=[21],
    )
    ladder: dict[_Rung, _Hours] = Field(
        {}, description=_LADDER, examples=[{"remind": 8, "offer": 20, "escalate": 24, "admin": 40}]
    )

    def policy(self) -> Policy:
        """Return what the workflow's rules read."""
        return Policy(
            ladder=self.ladder,
            thresholds=self.thresholds,
            confirm_from=self.confirm_from,
            approvals=self.approvals,
            material=frozenset(self.material),
            link_days=self.link_days,
            client_reminders=tuple(sorted(self.client_reminders)),
            payment_reminders=tuple(sorted(self.payment_reminders)),
            most_payment_reminders=self.most_payment_reminders,
            overdue_days=self.overdue_days,
        )


class SalesAssetTable(Table):
    """Triage, the channels that are watched, and feedback."""

    weights: Annotated[dict[_Criterion, _Weight], AfterValidator(entries.weights)] = Field(
        dict(WEIGHTS),
        description="How much each criterion counts for the priority of a request, from 0 (not at "
        "all) to 1000; only their ratio matters. What is missing counts as in the example. Weights "
        "that are set in Slack win.",
        examples=[dict(WEIGHTS)],
    )
    triage_weekday: Annotated[int, BeforeValidator(entries.weekday), entries.AS_WEEKDAY] = Field(
        0,
        description="The day of the week on which the triage list is posted, or the next business "
        "day; Monday when missing.",
        examples=["mon"],
    )
    triage_at: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(9),
        description="At what time, in the company's time zone; 09:00 when missing.",
        examples=["09:00"],
    )
    watched: Annotated[list[_Watched], BeforeValidator(entries.one_or_more)] = Field(
        [],
        description="The channels, by name or id, in which asks outside the form, and outdated "
        'assets, are noticed; "*" for every channel that the bot is in. None when missing.',
        examples=[["sales", "general"]],
    )
    unwatched: list[_Channel] = Field(
        [],
        description='The channels that are never watched, also when watched is "*".',
        examples=[["random"]],
    )
    approvals: dict[str, _Approval] = Field(
        {},
        description='How many reviewers of each side have to approve: "any", "all", or a number of '
        "different people.",
        examples=[{"pre_sales": "any", "marketing": 2}],
    )
    feedback_days: _Days = Field(
        14,
        description="How many days after the delivery the requester is asked again whether the "
        "asset helped.",
        examples=[14],
    )
    ladder: dict[_Rung, _Hours] = Field(
        {}, description=_LADDER, examples=[{"remind": 8, "offer": 20, "escalate": 24, "admin": 40}]
    )

    def policy(self) -> Policy:
        """Return what the workflow's rules read."""
        return Policy(
            ladder=self.ladder,
            weights=self.weights,
            triage_weekday=self.triage_weekday,
            triage_at=self.triage_at,
            watched=tuple(dict.fromkeys(self.watched)),
            unwatched=tuple(dict.fromkeys(self.unwatched)),
            approvals=self.approvals,
            feedback_days=self.feedback_days,
        )


def known_workflow(key: str, info: Info, *others: str) -> str:
    """Return ``key`` when it is a workflow's (the context of the validation) or one of others."""
    workflows: Iterable[str] = info.context or ()
    known = [*sorted(workflows), *others]
    if key not in known:
        raise Wrong(f"no workflow is called this; {meant(key, known)}")
    return key


def _workflow_key(key: str, info: Info) -> str:
    return known_workflow(key, info)


class WorkflowsTable(Table):
    """What is set for single workflows, by key: each has the table of its kind."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Annotated[str, AfterValidator(_workflow_key)], WorkflowTable]
    sales_asset: SalesAssetTable = SalesAssetTable()

    def policies(self) -> dict[str, Policy]:
        """Return the policies by the workflow's key."""
        others = {key: table.policy() for key, table in self.__pydantic_extra__.items()}
        return others | {SALES_ASSET: self.sales_asset.policy()}

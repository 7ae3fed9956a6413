"""The settings of several values, which admins change in one form each."""

from collections.abc import Iterable

from modals.fields import Option
from modals.setting_kinds import WEEKDAYS
from modals.setting_sheets import (
    Flag,
    Names,
    Numbers,
    OneOf,
    SomeOf,
    Table,
    Written,
    sheet,
)
from modals.settings import Setting
from workflows.dating import MONTHS, DateOrder
from workflows.definition import Workflow
from workflows.document import MATERIAL
from workflows.priority import Criterion

_AT = "Such as 09:00."
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September"),
    *("October", "November", "December"),
)
_CRITERIA = {
    Criterion.DEAL_VALUE.value: "Value of the deal",
    Criterion.DEAL_URGENCY.value: "Urgency of the deal",
    Criterion.DEADLINE.value: "Deadline of the request",
    Criterion.REUSE.value: "Use by others",
    Criterion.GOALS.value: "Goals of sales enablement",
}
_RUNGS = {
    "remind": "First reminder, and between two",
    "offer": "Offer to hand it on",
    "escalate": "Word to the next role",
    "admin": "Word to the admins",
}

WEIGHTS = Table(
    name="weights",
    label="Weights of the priority",
    keys=("workflows.sales_asset.weights",),
    rows=_CRITERIA,
    hint="From 0 (does not count) to 1000; only the proportions matter.",
)
WATCHED = sheet(
    "watched",
    "Watched for asks",
    Names(
        key="workflows.sales_asset.watched",
        label="Watched channels",
        words="in",
        hint="One a line; * for every channel that Frontdesk is in.",
    ),
    Names(
        key="workflows.sales_asset.unwatched",
        label="Never watched",
        words="never in",
        hint="One a line.",
    ),
)
HOURS = sheet(
    "hours",
    "Working hours and days",
    Written(key="hours.opens", label="The day begins at", words="from", hint=_AT),
    Written(
        key="hours.closes",
        label="The day ends at",
        words="to",
        hint=f'{_AT} It is what "end of day" means, too.',
    ),
    SomeOf(
        key="hours.weekdays",
        label="Working days",
        words="on",
        options=tuple(Option(*each) for each in WEEKDAYS.items()),
    ),
)
DATES = sheet(
    "dates",
    "Fiscal year and dates",
    OneOf(
        key="company.fiscal_year_begins",
        label="The fiscal year begins in",
        words="the year begins in",
        hint='Quarters count from there: "by the end of Q2".',
        options=tuple(map(Option, MONTHS, _MONTHS)),
    ),
    OneOf(
        key="company.date_order",
        label="What 3/4 means",
        words="3/4 means",
        options=(
            Option("", "either; it is asked"),
            Option(DateOrder.MONTH_FIRST, "4 March"),
            Option(DateOrder.DAY_FIRST, "3 April"),
            Option(DateOrder.YEAR_FIRST, "4 March; the year stands first"),
        ),
    ),
)
QUIET = sheet(
    "quiet",
    "Quiet hours",
    Written(key="notifications.quiet_from", label="They begin at", words="from", hint=_AT),
    Written(
        key="notifications.quiet_until",
        label="They end at",
        words="to",
        hint="The same as above: there are none.",
    ),
    Flag(
        key="notifications.quiet_days_off",
        label="Days off",
        words="days off",
        text="Days on which nobody works are quiet all day",
    ),
)
MESSAGES = sheet(
    "messages",
    "Messages",
    Written(key="notifications.digest_at", label="Digest at", hint=_AT),
    Written(
        key="notifications.most_pings",
        label="Messages a day and person at most",
        words="a day at most",
        hint="What follows is put together.",
    ),
    Written(
        key="notifications.most_snoozes",
        label="A reminder can be put off so often",
        words="put off at most",
    ),
    Written(
        key="notifications.mail_after",
        label="A mail when Slack fails for so many minutes",
        words="minutes until a mail",
        hint="0: never.",
    ),
)
ABSENCE = sheet(
    "absence",
    "Signs of absence",
    Names(
        key="absence.signs",
        label="Words and emoji in a status",
        words="in a status:",
        hint="One a line. By one of them somebody seems to be away.",
    ),
    Written(
        key="absence.offer_after_hours",
        label="Then it is offered to hand on, after working hours",
        words="handed on after hours",
    ),
)
CLIENT = sheet(
    "client",
    "The client and the money",
    Written(key="workflows.sow.link_days", label="A client's link holds for days"),
    Numbers(
        key="workflows.sow.client_reminders",
        label="The client is reminded after business days",
        words="reminded after days",
        hint="Such as 3, 7, 14.",
    ),
    Numbers(
        key="workflows.sow.payment_reminders",
        label="Nudges about an invoice, days from its due day",
        words="nudges about an invoice on days",
        hint="Such as -3, 0, 7; then weekly.",
    ),
    Written(
        key="workflows.sow.most_payment_reminders",
        label="Nudges about one invoice at most",
        words="nudges at most",
    ),
    Written(
        key="workflows.sow.overdue_days",
        label="The head of sales is told when overdue for days",
        words="head of sales told after days",
    ),
)
FEEDBACK = sheet(
    "feedback",
    "Feedback on assets",
    Written(
        key="workflows.sales_asset.feedback_days",
        label="Asked again after days",
    ),
)
MATERIAL_CHANGES = sheet(
    "material",
    "Approved anew",
    SomeOf(
        key="workflows.sow.material",
        label="What resets the executive's approval",
        words="when a document changes",
        hint="When a new document changes one of these.",
        options=tuple(Option(each, each.capitalize()) for each in sorted(MATERIAL)),
    ),
    decides=True,
)
OTHER_RECORDS = sheet(
    "records",
    "Other records are kept",
    *(
        Written(
            key=f"retention.{name}_years", label=f"{label}, years", words=f"{label.lower()}, y."
        )
        for name, label in {
            "opinions": "Opinions on requests",
            "client_links": "Who got a client's link",
            "observations": "Use of assets",
            "messages": "Lists and reviews",
            "bank": "Rows of bank statements",
        }.items()
    ),
    *(
        Written(key=f"retention.{name}_days", label=f"{label}, days", words=f"{label.lower()}, d.")
        for name, label in {
            "drafts": "Unfinished forms",
            "promises": "What was redrawn or fetched",
            "delivery_keys": "What Slack has delivered",
        }.items()
    ),
    audited=True,
)


def records(workflows: Iterable[Workflow]) -> Table:
    """Return how long requests are kept; templates are for good."""
    return Table(
        name="records_years",
        label="Requests are kept",
        keys=("retention.records_years",),
        rows={each.key: f"{each.title}, years" for each in workflows if each.key != "template"},
        hint="After their end, whole years. Empty: as usual, and a workflow of your own for good.",
        audited=True,
    )


def ladder(workflow: Workflow) -> Table:
    """Return after how many working hours of a workflow what is done."""
    return Table(
        name=f"ladder:{workflow.key}",
        label=f"Reminders: {workflow.title}",
        keys=(f"workflows.{workflow.key}.ladder",),
        rows=_RUNGS,
        hint="After working hours without anything happening. Empty: as each stage says.",
        usual="as each stage says",
    )


def approvals(workflow: Workflow) -> Setting | None:
    """Return how many have to approve; None where nobody does."""
    lanes = {lane.name: lane.role.label for stage in workflow.stages for lane in stage.lanes}
    if not lanes:
        return None
    return Table(
        name=f"approvals:{workflow.key}",
        label=f"Approvals needed: {workflow.title}",
        keys=(f"workflows.{workflow.key}.approvals",),
        rows={name: label[:1].upper() + label[1:] for name, label in lanes.items()},
        hint="any, all, or how many different people: 2 is four eyes.",
        usual="of any one of those who may",
        decides=True,
    )

"""Which settings admins change in Slack, by the sections in which they are shown."""

from collections.abc import Mapping

from bot.company import AUDIT_CHANNEL, BILLING_CHANNEL, FALLBACK_CHANNEL, SALES_CHANNEL
from bot.desk import Desk
from bot.rulebook import Values
from bot.setting import sheets
from modals.setting_kinds import (
    Amounts,
    Channel,
    DaysOff,
    Holders,
    Holidays,
    Meeting,
    SeeingAmounts,
)
from modals.settings import Setting
from workflows.definition import Workflow
from workflows.roles import Role

ROLES, THRESHOLDS, CHANNELS, TRIAGE = "Roles", "Approval", "Channels", "Triage"
VISIBILITY, DAYS, REMINDERS = "Visibility", "Hours and days", "Reminders"
MESSAGES, RETENTION = "Messages", "Retention"
SECOND_PAGE = (REMINDERS, MESSAGES, RETENTION)
"""What changes less."""

_SOW = "sow"
_SHARED = {
    FALLBACK_CHANNEL: "Triage, and what has no channel",
    BILLING_CHANNEL: "What is outstanding, weekly",
    SALES_CHANNEL: "Monthly report and new assets",
    AUDIT_CHANNEL: "For the auditors",
}
_MEETING = Meeting(
    name="triage_meeting",
    label="List for triage",
    keys=("workflows.sales_asset.triage_weekday", "workflows.sales_asset.triage_at"),
)
_DAYS = DaysOff(name="days_off", label="The company's days off", keys=("hours.days_off",))
_SEEING = SeeingAmounts(
    name="seeing_amounts", label="Amounts are shown to", keys=("visibility.amounts",)
)
_HOLIDAYS = Holidays(name="holidays", label="Public holidays of", keys=("hours.holidays",))


def sections(desk: Desk) -> Mapping[str, tuple[Setting, ...]]:
    """Return the settings by section, in the order of the screen."""
    every = [*desk.workflows.values()]
    amounts = [each for each in every if _has_thresholds(desk, each)]
    return {
        ROLES: tuple(_holders(role) for role in Role),
        THRESHOLDS: (
            *(each for workflow in amounts for each in _amounts(workflow)),
            *filter(None, map(sheets.approvals, every)),
            sheets.MATERIAL_CHANGES,
        ),
        VISIBILITY: (_SEEING,),
        CHANNELS: (
            *(_channel(each.key, each.title) for each in every),
            *(_channel(key, label) for key, label in _SHARED.items()),
            sheets.WATCHED,
        ),
        TRIAGE: (_MEETING, sheets.WEIGHTS),
        DAYS: (sheets.HOURS, _DAYS, _HOLIDAYS, sheets.DATES),
        REMINDERS: (
            *map(sheets.ladder, every),
            sheets.CLIENT,
            sheets.FEEDBACK,
            sheets.ABSENCE,
        ),
        MESSAGES: (sheets.QUIET, sheets.MESSAGES),
        RETENTION: (sheets.records(every), sheets.OTHER_RECORDS),
    }


def find(desk: Desk, name: str) -> Setting | None:
    """Return the setting with this name, or None."""
    every = (each for settings in sections(desk).values() for each in settings)
    return next((each for each in every if each.name == name), None)


def in_file(desk: Desk, values: Values) -> tuple[str, ...]:
    """Return the keys of what is changed in ``frontdesk.toml`` alone."""
    here = {key for settings in sections(desk).values() for each in settings for key in each.keys}
    every = dict.fromkeys([*desk.rulebook.handbook.keys, *values])
    return tuple(key for key in every if key not in here)


def _has_thresholds(desk: Desk, workflow: Workflow) -> bool:
    return workflow.key == _SOW or bool(desk.company.policy(workflow.key).thresholds)


def _holders(role: Role) -> Setting:
    label = role.label[:1].upper() + role.label[1:]
    return Holders(name=f"role:{role.value}", label=label, keys=(f"roles.{role.value}",), role=role)


def _amounts(workflow: Workflow) -> tuple[Setting, ...]:
    home = f"workflows.{workflow.key}"
    return (
        Amounts(
            name=f"thresholds:{workflow.key}",
            label="Executive decides from",
            keys=(f"{home}.thresholds",),
            decides=True,
            hint="In a currency that is not listed the executive always decides.",
        ),
        Amounts(
            name=f"confirm_from:{workflow.key}",
            label="Confirmed twice from",
            keys=(f"{home}.confirm_from",),
            decides=True,
            hint="In a currency that is not listed always; with none listed, never.",
        ),
    )


def _channel(key: str, label: str) -> Setting:
    audited = key == AUDIT_CHANNEL
    return Channel(name=f"channel:{key}", label=label, keys=(f"channels.{key}",), audited=audited)

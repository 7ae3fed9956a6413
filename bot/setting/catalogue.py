"""Which settings admins change in Slack, by the sections in which they are shown."""

from collections.abc import Mapping

from bot.company import AUDIT_CHANNEL, BILLING_CHANNEL, FALLBACK_CHANNEL, SALES_CHANNEL
from bot.desk import Desk
from modals.setting_kinds import Amounts, Channel, DaysOff, Holders, Holidays, Meeting
from modals.settings import Setting
from workflows.definition import Workflow
from workflows.roles import Role

ROLES, THRESHOLDS, CHANNELS, TRIAGE, DAYS = "Roles", "Approval", "Channels", "Triage", "Days off"

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
_HOLIDAYS = Holidays(name="holidays", label="Public holidays of", keys=("hours.holidays",))


def sections(desk: Desk) -> Mapping[str, tuple[Setting, ...]]:
    """Return the settings by section, in the order of the screen."""
    amounts = [each for each in desk.workflows.values() if _has_thresholds(desk, each)]
    return {
        ROLES: tuple(_holders(role) for role in Role),
        THRESHOLDS: tuple(each for workflow in amounts for each in _amounts(workflow)),
        CHANNELS: (
            *(_channel(each.key, each.title) for each in desk.workflows.values()),
            *(_channel(key, label) for key, label in _SHARED.items()),
        ),
        TRIAGE: (_MEETING,),
        DAYS: (_DAYS, _HOLIDAYS),
    }


def find(desk: Desk, name: str) -> Setting | None:
    """Return the setting with this name, or None."""
    every = (each for settings in sections(desk).values() for each in settings)
    return next((each for each in every if each.name == name), None)


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
    return Channel(name=f"channel:{key}", label=label, keys=(f"channels.{key}",))

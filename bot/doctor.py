"""The doctor: what is wrong with the set-up, and the fix for each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot import roles
from bot.company import AUDIT_CHANNEL
from bot.desk import Desk
from bot.errors import SlackError, Unavailable
from bot.watching import EVERY, WORKFLOW

OFF = 60.0
"""Seconds: Slack's signatures are refused when they are older than five minutes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``fix`` is empty when it is well."""

    subject: str
    seen: str
    fix: str = ""


def examine(desk: Desk, scopes: Iterable[str]) -> Iterator[Finding]:
    """Yield what was found, looking at Slack, the scopes, the channels and the roles."""
    try:
        me = desk.slack.identity()
    except SlackError as error:
        fix = "Check SLACK_BOT_TOKEN (Slack app settings, Install App) and the network."
        yield Finding("Slack", f"Slack does not know us: {error}", fix)
        return
    yield Finding("Slack", f"connected to {me.url} as {me.bot_user}")
    fix = "Let the machine's clock follow a time server." if abs(me.ahead) > OFF else ""
    yield Finding("Clock", f"{me.ahead:+.0f} s from Slack's", fix)
    missing = sorted(set(scopes) - me.scopes)
    fix = "Update the app from `python app.py manifest` and reinstall it." if missing else ""
    said = f"missing {', '.join(missing)}" if missing else f"all {len(me.scopes)} are there"
    yield Finding("Scopes", said, fix)
    yield from _channels(desk)
    yield from _roles(desk)


def _channels(desk: Desk) -> Iterator[Finding]:
    for workflow in desk.workflows.values():
        name = desk.company.channel(workflow.key)
        subject = f"Channel for {workflow.title}"
        if name is None:
            fix = f"Set channels.{workflow.key} (or channels.triage) in frontdesk.toml."
            yield Finding(subject, "none is set", fix)
            continue
        yield _channel(desk, subject, name)
    if name := desk.company.channels.get(AUDIT_CHANNEL):
        yield _channel(desk, "Channel for the audit", name)
    for name in desk.company.policy(WORKFLOW).watched:
        if name != EVERY:
            yield _channel(desk, "Watched channel", name)


def _channel(desk: Desk, subject: str, name: str) -> Finding:
    try:
        found = desk.slack.channel(name)
    except SlackError as error:
        return Finding(
            subject, f"#{name}: {error}", f"Invite the bot: /invite @Frontdesk in #{name}."
        )
    fix = "" if found else f"Create #{name}, or invite the bot to it when it is private."
    return Finding(subject, f"#{name} {'is there' if found else 'was not found'}", fix)


def _roles(desk: Desk) -> Iterator[Finding]:
    try:
        roles.learn_members(desk)
        unheld = roles.refresh(desk)
    except (SlackError, Unavailable) as error:
        yield Finding("Roles", f"could not be resolved: {error}", "Try again when Slack answers.")
        return
    for role in unheld:
        fix = f"Name somebody under roles.{role.value} in frontdesk.toml."
        yield Finding(f"Role {role.label}", "nobody holds it", fix)
    if not unheld:
        yield Finding("Roles", "every role is held")
    for title, role, wanted, found in roles.short_handed(desk):
        seen = f"{wanted} different people have to approve, and {found} of them can"
        fix = f"Name more people under roles.{role.value} in frontdesk.toml, or want fewer."
        yield Finding(f"Approvals of {title} ({role.label})", seen, fix)

"""The doctor: what is wrong with the set-up, and the fix for each. It looks and changes nothing."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from bot import roles
from bot.company import AUDIT_CHANNEL, EVERYONE, SALES_CHANNEL
from bot.desk import Desk
from bot.errors import SlackError, SlackLockedOut, SlackRefused, Unavailable
from bot.identities import is_address, is_user
from bot.watching import EVERY, WORKFLOW
from workflows.roles import Role

OFF = 60.0
"""Seconds: Slack's signatures are refused when they are older than five minutes."""

LATE = 15 * 60.0
"""Seconds that a parcel may be due before somebody should ask whether the bot runs."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. ``fix`` is empty when it is well.

    ``unseen``: it could not be looked at, so nobody knows; ``fix`` says what to do about that.
    """

    subject: str
    seen: str
    fix: str = ""
    unseen: bool = False


def examine(desk: Desk, scopes: Iterable[str], *, is_current: bool) -> Iterator[Finding]:
    """Yield what was found, looking at Slack, the scopes and the channels.

    Where Slack answers that is followed by the roles, if the database ``is_current``: who holds
    one stands in it.
    """
    try:
        me = desk.slack.identity()
    except (SlackLockedOut, SlackRefused) as error:
        fix = "Check SLACK_BOT_TOKEN (Slack app settings, Install App)."
        yield Finding("Slack", f"Slack does not know us: {error.code}", fix)
        return
    except SlackError as error:
        fix = "Check SLACK_API_URL, the network, and whether Slack is up (slack-status.com)."
        yield Finding("Slack", f"does not answer: {error}", fix, unseen=True)
        return
    yield Finding("Slack", f"connected to {me.url} as {me.bot_user}")
    fix = "Let the machine's clock follow a time server." if abs(me.ahead) > OFF else ""
    yield Finding("Clock", f"{me.ahead:+.0f} s from Slack's", fix)
    missing = sorted(set(scopes) - me.scopes)
    fix = "Update the app from `python app.py manifest` and reinstall it." if missing else ""
    said = f"missing {', '.join(missing)}" if missing else f"all {len(me.scopes)} are there"
    yield Finding("Scopes", said, fix)
    yield from _channels(desk)
    if is_current:
        yield from _roles(desk)


def _roles(desk: Desk) -> Iterator[Finding]:
    for role in Role:
        yield seen(f"Role {role.label}", partial(_role, desk, role))
    with suppress(Unavailable):  # which is what is said of the database itself
        yield from _short_handed(desk)


def seen(subject: str, look: Callable[[], Finding]) -> Finding:
    """Return what ``look`` finds, or that it could not look."""
    try:
        return look()
    except SlackError as error:
        return Finding(subject, f"Slack does not say: {error}", _AGAIN, unseen=True)
    except Unavailable as error:
        return Finding(subject, str(error), "See Database.", unseen=True)


_AGAIN = "Try again when Slack answers."


def _channels(desk: Desk) -> Iterator[Finding]:
    for workflow in desk.workflows.values():
        subject = f"Channel for {workflow.title}"
        name = desk.company.channel(workflow.key)
        if name is None:
            fix = f"Set channels.{workflow.key} (or channels.triage) in frontdesk.toml."
            yield Finding(subject, "none is set", fix)
        else:
            yield _channel(desk, subject, name)
    if name := desk.company.channels.get(AUDIT_CHANNEL):
        yield _channel(desk, "Channel for the audit", name)
    for name in desk.company.policy(WORKFLOW).watched:
        if name != EVERY:
            yield _channel(desk, "Watched channel", name)
    sales = desk.company.channels.get(SALES_CHANNEL)
    if sales is None:
        fix = "Name it as `sales` in [channels], or no asset is announced."
        yield Finding("Sales channel", "is not named", fix)
    else:
        yield _channel(desk, "Sales channel", sales)


def _channel(desk: Desk, subject: str, name: str) -> Finding:
    def look() -> Finding:
        joined = desk.slack.stands_in(name)
        if joined is None:
            fix = f"Create #{name}, or invite the bot to it when it is private."
            return Finding(subject, f"#{name} was not found", fix)
        if not joined:
            fix = f"Invite it (/invite @Frontdesk in #{name}), or start it: it joins where it may."
            return Finding(subject, f"#{name} is there, and the bot is not in it", fix)
        return Finding(subject, f"#{name}, and the bot is in it")

    return seen(subject, look)


def _role(desk: Desk, role: Role) -> Finding:
    """Look at every entry of the role. A person is named by the place of the entry alone."""
    subject, problems, is_held = f"Role {role.label}", list[str](), False
    entries = desk.company.roles.get(role, ())
    for nth, identity in enumerate(entries, 1):
        problem = "" if identity == EVERYONE else _problem(desk, identity)
        is_held = is_held or not problem
        if problem:
            problems.append(f"entry {nth} of roles.{role.value}: {problem}")
    if not is_held:
        fix = f"Name somebody under roles.{role.value} in frontdesk.toml."
        return Finding(subject, "; ".join(["nobody holds it", *problems]), fix)
    if problems:
        return Finding(subject, "; ".join(problems), "Correct or remove it in frontdesk.toml.")
    return Finding(subject, "is held")


def _short_handed(desk: Desk) -> Iterator[Finding]:
    for title, role, wanted, found in roles.short_handed(desk):
        seen = f"{wanted} different people have to approve, and {found} of them can"
        fix = f"Name more people under roles.{role.value} in frontdesk.toml, or want fewer."
        yield Finding(f"Approvals of {title} ({role.label})", seen, fix)


def _problem(desk: Desk, identity: str) -> str:
    """Return why an entry names nobody; nothing when it names somebody."""
    try:
        return _nobody(desk, identity)
    except SlackRefused as refused:
        return f"Slack refuses to say who that is ({refused.code})"


def _nobody(desk: Desk, identity: str) -> str:
    with desk.store.unit() as unit:
        bound = unit.people.binding(identity)
    if is_user(identity) or is_address(identity):
        named = bound or identity
        by_address = is_address(named)
        person = desk.slack.person_by_email(named) if by_address else desk.slack.person(named)
        return "" if person is not None and person.active else "no active member of this workspace"
    found = desk.slack.group(bound or identity.removeprefix("@"))
    if found is None:
        return "no user group of this workspace"
    return "" if found[1] else "an empty user group"


def examine_outbox(desk: Desk) -> Iterator[Finding]:
    """Yield how the outbox stands, and when Slack was last heard of."""
    yield seen("Outbox", lambda: _outbox(desk))
    yield seen("Dead letters", lambda: _dead(desk))
    yield seen("Events", lambda: _events(desk))


def _outbox(desk: Desk) -> Finding:
    backlog = desk.post_office.backlog(desk.clock.now())
    ours = (age for to, (_, age) in backlog.by_kind.items() if to != "webhook")  # said by itself
    is_late = max(ours, default=0.0) > LATE
    fix = "Is the bot running, and what does its log say? See /readyz." if is_late else ""
    said = f"{backlog.due} are due, the oldest since {backlog.oldest / 60:.0f} minutes"
    return Finding("Outbox", said if backlog.due else "nothing waits", fix)


def _dead(desk: Desk) -> Finding:
    dead = desk.post_office.backlog(desk.clock.now()).dead
    fix = "Every admin has a message about each, with the button Send again." if dead else ""
    said = f"{dead} could not be delivered" if dead else "none"
    return Finding("Dead letters", said, fix)


def _events(desk: Desk) -> Finding:
    """Say when an event came in: what an app subscribes to Slack tells nobody."""
    with desk.store.unit() as unit:
        last = unit.deliveries.last("ev:")
    if last is None:
        fix = (
            "Write the bot a DM. If this stays, compare Event Subscriptions and Interactivity in "
            "the app's settings with `python app.py manifest`."
        )
        return Finding("Events", "none in the last days", fix)
    return Finding("Events", f"the last one came in at {last:%Y-%m-%d %H:%M} UTC")

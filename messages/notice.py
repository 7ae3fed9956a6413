"""What is said when something happened, or has not happened for too long."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from messages import limits, rows
from messages.absence import away_button
from messages.buttons import Replay, Resume
from messages.facts import CardFacts
from messages.filters import done
from messages.markup import Marked, fallback, parse
from messages.message import Message
from messages.templates import about, render
from workflows.definition import Style, Transition, Workflow
from workflows.engine import Entry
from workflows.roles import Role

Surface = Literal["notice", "log", "timeline"]


def notice(
    facts: CardFacts, name: str, entry: Entry, buttons: Sequence[Transition] = (), *, to: str = ""
) -> Message:
    """Return the direct message ``name`` (of a :class:`workflows.effects.Tell`) about ``entry``.

    ``buttons`` are what its reader may do now; those on the card stand under it. ``to`` is the
    reader's user id, so that they are told what it means for them; "" words it for anybody.
    """
    said = deed(facts, entry, "notice", name, to)
    return rows.message(said, rows.on_card(facts.request, buttons))


def log_line(facts: CardFacts, entry: Entry) -> Message:
    """Return the line in the request's thread: who did what, with the reason."""
    return rows.message(deed(facts, entry, "log"))


def deed(facts: CardFacts, entry: Entry, surface: Surface, name: str = "", to: str = "") -> Marked:
    """Return in words what ``entry`` records, by the template ``name`` (default: the action's).

    The workflow's own template comes first, then the usual one, then ``usual/moved``. Where
    ``facts`` have no amounts, nothing is said of those in ``entry`` either.
    """
    entry = facts.withheld.entry(entry) if facts.withheld else entry
    told = name or entry.action
    known = about(facts)
    subject = facts.request.ref
    if surface == "notice":
        subject = Marked(f"{subject} ({known['headline']})")
    return render(
        f"{facts.workflow.key}/{told}",
        f"usual/{told}",
        "usual/moved",
        **known,
        entry=entry,
        done=done(entry.action, facts.workflow),
        reason=entry.detail.get("reason", ""),
        subject=subject,
        surface=surface,
        reader="",
        to=to,
    )


def reminder(facts: CardFacts, nth: int) -> Message:
    """Return the ``nth`` reminder (from 1) for those who have the ball."""
    ref, step = facts.request.ref, facts.request.step
    below = rows.row(rows.details(ref), away_button(), rows.later(ref, step))
    return rows.message(render("desk/reminder", **about(facts), nth=nth), below)


def snoozed(facts: CardFacts, until: datetime) -> Message:
    """Return what stands in a reminder's place that was put off ``until`` then."""
    return _with_page(facts, render("desk/snoozed", **about(facts), until=until))


def offered(facts: CardFacts, *, to: str) -> Message:
    """Return the offer to hand on what waits, to one who has the ball or to the one who asked."""
    said = render("desk/offered", **about(facts), to=to)
    return rows.message(said, rows.row(rows.details(facts.request.ref), away_button()))


def escalation(facts: CardFacts, role: str) -> Message:
    """Return the message to those it escalates to, the holders of ``role``: it waited too long."""
    return _with_page(facts, render("desk/escalation", **about(facts), reader="", role=role))


def nobody_holds(facts: CardFacts, roles: Sequence[str]) -> Message:
    """Return the message to admins: nobody (or too few) hold ``roles``, so a request cannot go on.

    The page behind "Details" offers "Reassign".
    """
    return _with_page(facts, render("desk/nobody_holds", **about(facts), roles=tuple(roles)))


def role_empty(role: Role, fallback: Role) -> Message:
    """Return the message to admins: nobody holds ``role``; who does its work, and the fix."""
    return rows.message(render("desk/role_empty", role=role, fallback=fallback))


def stale(facts: CardFacts, wanted: Transition | None) -> str:
    """Return what somebody is told who pressed a button too late: who did what, and who is next.

    Escaped mrkdwn. ``wanted`` is what they wanted to do, where that is still known.
    """
    already = wanted is not None and facts.last is not None and facts.last.action == wanted.name
    said = render("desk/stale", **about(facts), already=already, reader="")
    return fallback(parse(said), limits.TEXT)


def dead_letter(parcel: int, address: str, kind: str, error: str) -> Message:
    """Return the message to admins about the parcel that was given up, with "Send again".

    ``address`` and ``kind`` are the parcel's (``user:U1``; ``card``), ``error`` what went wrong.
    """
    said = render("desk/dead_letter", address=address, kind=kind, error=error)
    return rows.message(said, rows.row(rows.button("Send again", Replay(parcel))))


def draft_kept(label: str, draft_id: str) -> Message:
    """Return the message that what was typed is kept, with "Resume"; ``label``: what it is."""
    said = render("desk/draft_kept", label=label)
    resume = rows.button("Resume", Resume(draft_id), Style.PRIMARY)
    return rows.message(said, rows.row(resume))


def greeting(workflows: Sequence[Workflow]) -> Message:
    """Return the answer to somebody who writes to the bot: what it can do, and where to begin."""
    said = render("desk/greeting", workflows=tuple(workflows))
    return rows.message(said, *rows.ask(workflows))


def _with_page(facts: CardFacts, said: Marked) -> Message:
    return rows.message(said, rows.row(rows.details(facts.request.ref)))

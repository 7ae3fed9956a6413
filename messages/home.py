"""The Home tab: what waits for me first, then what is mine, my team's, or what I look for."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import limits, rows
from messages.absence import away_button
from messages.buttons import AskReport, Help, LookFor, Newest, Older, Resume, ShowEverything
from messages.facts import AdminFacts, CardFacts, DraftFacts
from messages.found import row
from messages.markup import Marked, escape, parse, rich_text
from messages.message import Json
from messages.settings import admin_button
from messages.templates import render
from workflows.definition import Transition, Workflow

_DRAFTS = 3
_DECISIONS = 2
"""How many decisions a row of what waits offers; its page offers all."""


@dataclass(frozen=True, slots=True)
class HomePicture:
    """A picture that Slack has, by the id of its ``file``, and what it shows, in words."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A few requests, and whether there are more of them."""

    requests: Sequence[CardFacts] = ()
    more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What its reader looks for, ``said`` in words; ``older`` is where the next page begins.

    ``later``: this is not the first page.
    """

    said: str
    found: Listed
    older: Older | None
    later: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """Everything that stands on the Home tab of ``to``.

    ``waiting``, each with what they may do; ``mine`` (asked or owned, and open); ``team``: None for
    those who lead none; ``closed``: what ended last. With ``sought`` it shows that in the place of
    these three. ``askable``: what they may ask for. ``pictures``: of the
    reports that they may read. ``admin`` is for admins of the bot alone.
    """

    to: str
    waiting: Listed
    buttons: Sequence[Sequence[Transition]] = ()
    mine: Listed = Listed()
    team: Listed | None = None
    closed: Listed = Listed()
    sought: Sought | None = None
    drafts: Sequence[DraftFacts] = ()
    askable: Sequence[Workflow] = ()
    pictures: Sequence[HomePicture] = ()
    admin: AdminFacts | None = None


def home(facts: HomeFacts) -> Json:
    """Return the Home tab. Long lists are cut, and say where the rest is."""
    blocks = [*_waiting(facts), rows.row(*_looking(facts))]
    if facts.sought is not None:
        blocks += _sought(facts.sought, facts.to)
    else:
        blocks += _section("mine", facts.mine, facts.to, "mine open")
        if facts.team is not None:
            blocks += _section("team", facts.team, facts.to, "open")
        blocks += _section("closed", facts.closed, facts.to, "mine closed")
    blocks += [*_drafts(facts.drafts), *_ask(facts.askable)]
    blocks.append(rows.row(away_button(), rows.settings(), rows.button("Help", Help())))
    if facts.admin is not None:
        blocks += _said("desk/home_admin", admin=facts.admin)
        blocks.append(rows.row(admin_button()))
    blocks += _pictures(facts.pictures)
    return limits.view({"type": "home", "blocks": blocks}, rows.rest())


def _pictures(pictures: Sequence[HomePicture]) -> list[Json]:
    if not pictures:
        return []
    shown: list[Json] = [
        {"type": "image", "slack_file": {"id": each.file}, "alt_text": each.alt}
        for each in pictures
    ]
    more = rows.row(rows.button("Reports as pictures", AskReport("all")))
    return [*_said("desk/home_reports"), *shown, more]


def home_without(sentence: str) -> Json:
    """Return the Home tab of somebody who may see nothing there but ``sentence``, in plain text."""
    blocks = rich_text(parse(Marked(escape(sentence))))
    return limits.view({"type": "home", "blocks": blocks}, rows.rest())


def _waiting(facts: HomeFacts) -> list[Json]:
    listed = facts.waiting.requests
    blocks = _said("desk/home_list", which="waiting", empty=not listed)
    for request, able in zip(listed, facts.buttons, strict=True):
        offered = [each for each in able if each.on_card][:_DECISIONS]
        pressed = [rows.decision(each, request.request) for each in offered]
        blocks += row(request, facts.to)[1]
        blocks.append(rows.row(*pressed, rows.details(request.request.ref)))
    return blocks + _more(facts.waiting, "waiting")


def _section(which: str, listed: Listed, to: str, words: str) -> list[Json]:
    blocks = _said("desk/home_list", which=which, empty=not listed.requests)
    return blocks + _rows(listed.requests, to) + _more(listed, words)


def _sought(sought: Sought, to: str) -> list[Json]:
    empty = not sought.found.requests
    blocks = _said("desk/home_sought", said=sought.said, empty=empty, later=sought.later)
    blocks += _rows(sought.found.requests, to)
    turns = [rows.button("First page", Newest())] if sought.later else []
    turns += [rows.button("Next page", sought.older)] if sought.older else []
    return [*blocks, rows.row(*turns)] if turns else blocks


def _rows(requests: Sequence[CardFacts], to: str) -> list[Json]:
    blocks: list[Json] = []
    for each in requests:
        blocks += row(each, to)[1]
        blocks.append(rows.row(rows.details(each.request.ref)))
    return blocks


def _more(listed: Listed, words: str) -> list[Json]:
    return _said("desk/home_more", words=words) if listed.more else []


def _looking(facts: HomeFacts) -> list[Json]:
    all_of_it = [rows.button("Show everything", ShowEverything())] if facts.sought else []
    return [rows.button("Look for requests", LookFor()), *all_of_it, rows.show_all()]


def _ask(workflows: Sequence[Workflow]) -> list[Json]:
    return [*_said("desk/home_ask"), *rows.ask(workflows)] if workflows else []


def _drafts(drafts: Sequence[DraftFacts]) -> list[Json]:
    if not drafts:
        return []
    blocks = _said("desk/home_drafts", more=len(drafts[_DRAFTS:]))
    for draft in drafts[:_DRAFTS]:
        blocks += _said("desk/draft", draft=draft)
        blocks.append(rows.row(rows.button("Resume", Resume(draft.id))))
    return blocks


def _said(template: str, **facts: object) -> list[Json]:
    return rich_text(parse(render(template, **facts)))

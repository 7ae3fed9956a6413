"""The Home tab: what waits for me, what I asked for, what I have not finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from messages import limits, rows
from messages.absence import away_button
from messages.buttons import AskReport, Resume
from messages.facts import AdminFacts, CardFacts, DraftFacts
from messages.markup import Marked, escape, parse, rich_text
from messages.message import Json
from messages.templates import about, render
from workflows.definition import Workflow

_SHOWN = 15
_DRAFTS = 5


@dataclass(frozen=True, slots=True)
class HomePicture:
    """A picture that Slack has, by the id of its ``file``, and what it shows, in words."""

    file: str
    alt: str


def home(
    waiting: Sequence[CardFacts],
    mine: Sequence[CardFacts],
    drafts: Sequence[DraftFacts],
    workflows: Sequence[Workflow],
    *,
    more_waiting: int = 0,
    more_mine: int = 0,
    admin: AdminFacts | None,
) -> Json:
    """Return the Home tab: what waits for its reader first; of ``workflows``, a button each to ask.

    ``more_waiting`` and ``more_mine`` count requests that are not among those given. ``admin`` is
    for admins of the bot alone. Long lists are cut, and say so with "Show all".
    """
    blocks = [
        *_said("desk/list_waiting", workflow=None, empty=not waiting),
        *_requests(waiting, more_waiting, mine=False),
        *_said("desk/list_mine", workflow=None, empty=not mine),
        *_requests(mine, more_mine, mine=True),
        rows.row(away_button()),
        *_drafts(drafts),
        *_ask(workflows),
        rows.row(rows.settings()),
    ]
    if admin is not None:
        blocks += _said("desk/home_admin", admin=admin)
    return limits.view({"type": "home", "blocks": blocks}, rows.rest())


def with_pictures(tab: Json, pictures: Sequence[HomePicture]) -> Json:
    """Return the Home tab with the pictures of reports under it; without any, as it is."""
    if not pictures:
        return tab
    shown: list[Json] = [
        {"type": "image", "slack_file": {"id": each.file}, "alt_text": each.alt}
        for each in pictures
    ]
    more = rows.row(rows.button("Reports as pictures", AskReport("all")))
    blocks = [*tab["blocks"], *_said("desk/home_reports"), *shown, more]
    return limits.view(tab | {"blocks": blocks}, rows.rest())


def home_without(sentence: str) -> Json:
    """Return the Home tab of somebody who may see nothing there but ``sentence``, in plain text."""
    blocks = rich_text(parse(Marked(escape(sentence))))
    return limits.view({"type": "home", "blocks": blocks}, rows.rest())


def _requests(listed: Sequence[CardFacts], further: int, *, mine: bool) -> list[Json]:
    blocks: list[Json] = []
    for facts in listed[:_SHOWN]:
        blocks += _said("desk/row", **about(facts), mine=mine)
        blocks.append(rows.row(rows.details(facts.request.ref)))
    if more := len(listed[_SHOWN:]) + further:
        blocks += _said("desk/more", more=more)
        blocks.append(rows.row(rows.show_all()))
    return blocks


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

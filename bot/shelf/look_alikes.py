"""Before somebody asks: what is on the shelf already, and who has asked for the same.

"This one does it" closes the ask before it is one, and counts as reuse.
"""

from collections.abc import Mapping
from typing import Any

from bot import moves, windows
from bot.desk import Desk, Gesture
from bot.errors import DraftGone, Problem
from bot.facts import row_facts
from bot.forgetting import forget
from bot.members import member
from bot.ports import Json, Kind, Observation, Seen, Sought, Unit
from bot.shelf.facts import asset_facts
from bot.shelf.likeness import is_alike
from bot.shelf.naming import by_ref
from messages.filters import words
from messages.look_alikes import BACK, SUBMIT, TITLE, followed, look_alikes, taken
from messages.message import Message
from messages.window import window
from modals.metadata import Metadata
from workflows.permission import may_ask
from workflows.privacy import is_private
from workflows.refusals import NotAllowed
from workflows.request import Request
from workflows.shelf_life import HELD
from workflows.standing import RANKED

FORM = "look_alikes"
"""The ``callback_id`` of the view that shows them."""

WORKFLOW = "sales_asset"
_CANDIDATES = 20
_SHOWN = 4


class NoLongerThere(Problem):
    """That is not open any more. Go back, and send your request."""


def before(
    desk: Desk, unit: Unit, user: str, form: Metadata, values: dict[str, Any]
) -> Json | None:
    """Return a view of what is like the ask that ``values`` are, or None where nothing is."""
    if form.workflow != WORKFLOW or values.get("kind") == "update":
        return None
    text, tags = _asked(values)
    assets = [
        asset_facts(unit, asset)
        for ref in _alike(unit, Kind.ASSET, text, tags)
        if (asset := unit.requests.get(ref)) is not None and asset.stage == "current"
    ]
    workflow = desk.workflows[WORKFLOW]
    office = desk.office(unit, workflow)
    requests = [
        row_facts(desk, request, office, f"user:{user}")
        for ref in _alike(unit, Kind.REQUEST, text, tags)
        if (request := unit.requests.get(ref)) is not None and _is_open(request)
    ]
    if not assets and not requests:
        return None
    metadata = Metadata(form=FORM, workflow=WORKFLOW, transition="", draft=form.draft)
    shown = look_alikes(assets[:_SHOWN], requests[:_SHOWN], form.draft)
    return _window(shown) | {
        "callback_id": FORM,
        "private_metadata": metadata.encode(),
        "submit": {"type": "plain_text", "text": SUBMIT},
        "close": {"type": "plain_text", "text": BACK},
    }


def _asked(said: Mapping[str, Any]) -> tuple[str, list[str]]:
    """Return the words of an ask, and its kind and industry, from a form's values or its state."""
    text = f"{said.get('purpose') or ''} {said.get('special_notes') or ''}"[:1000]
    kind = str(said.get("asset_type_other") or words(str(said.get("asset_type") or "")))
    return text, [kind, str(said.get("industry") or "")]


def take(desk: Desk, gesture: Gesture, ref: str, draft: str) -> None:
    """The asset does it: the ask is closed before it is one, and counts as reuse.

    Raises NoLongerThere, DraftGone.
    """
    now = desk.clock.now()
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        asset = by_ref(unit, ref)
        if asset is None or asset.stage not in HELD:
            raise NoLongerThere
        purpose = _dropped(unit, draft, person.user)
        reused = Observation(
            key=f"reuse:{draft}",
            what=Seen.REUSED,
            user=person.user,
            at=now,
            ref=asset.ref,
            text=purpose[:300],
        )
        unit.observations.add(reused)
        facts = asset_facts(unit, asset)
        unit.commit()
    windows.show(desk, gesture, _window(taken(facts)))


def follow(desk: Desk, gesture: Gesture, ref: str, draft: str) -> None:
    """Follow an open request instead of asking again.

    Only one that is like what the person's form asks for: nobody else's request is theirs to see.
    Raises NoLongerThere, NotAllowed, DraftGone.
    """
    with desk.store.unit() as unit:
        person = member(desk, unit, gesture)
        request = unit.requests.get(ref)
        if request is None or request.workflow != WORKFLOW or not _is_open(request):
            raise NoLongerThere
        if (kept := unit.drafts.get(draft)) is None or kept.user != person.user:
            raise DraftGone
        workflow = desk.workflows[WORKFLOW]
        if not may_ask(workflow, person.user, desk.office(unit, workflow, person.user)):
            raise NotAllowed
        if ref not in _alike(unit, Kind.REQUEST, *_asked(kept.state)):
            raise NoLongerThere
    if person.user != request.asker:
        followers, who = [[person.user, ""]], {"follower": person.user}
        key = f"follow:{draft}:{ref}"
        if not moves.by_frontdesk(desk, ref, "join", key, followers=followers, evidence=who):
            raise NoLongerThere
    with desk.store.unit() as unit:
        if (kept := unit.drafts.get(draft)) is not None:
            forget(unit, kept)
        unit.commit()
    windows.show(desk, gesture, _window(followed(ref)))


def _is_open(request: Request) -> bool:
    """Whether others may learn that somebody has asked for it, and is waiting."""
    return request.stage in RANKED and not is_private(request)


def _window(blocks: list[Json]) -> Json:
    return window(TITLE, Message("", tuple(blocks)))


def _dropped(unit: Unit, draft_id: str, user: str) -> str:
    """Forget the unfinished form, and return what it was about. Raises DraftGone."""
    draft = unit.drafts.get(draft_id)
    if draft is None or draft.user != user:
        raise DraftGone
    forget(unit, draft)
    return str(draft.state.get("purpose") or "")


def _alike(unit: Unit, kind: Kind, text: str, tags: list[str]) -> list[str]:
    found = unit.index.find(Sought(text=text, kind=kind, loosely=True), _CANDIDATES)
    return [each.ref for each in found if is_alike(text, tags, each)]

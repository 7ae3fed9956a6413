"""A scope too long for its field comes as a file, and is read into the draft for a second look."""

from dataclasses import replace

from bot import parcels
from bot.desk import Desk
from bot.drafts import later
from bot.errors import SlackRefused
from bot.ports import Claimed, NotRendered
from bot.sending import post_once
from messages.problem import whisper
from modals.document import LONGEST_SCOPE

SCOPE_FILE = "scope_file"
"""The field of a document's form that takes the file."""

_SCOPE = "scope"


def read(desk: Desk, claimed: Claimed) -> None:
    """Read the file into the scope of the draft, and offer the draft again; or say why not."""
    what = claimed.parcel.payload
    try:
        file = desk.slack.download(str(what["file"]), (str(what["user"]),))
        text = _fitting(desk.renderer.paragraphs(file.name, file.content))
    except (NotRendered, SlackRefused) as failure:
        post_once(desk, claimed, whisper(f"The scope could not be read. {failure}"))
        return
    with desk.store.unit() as unit:
        draft = unit.drafts.get(str(what["draft"]))
        if draft is None or draft.user != what["user"]:
            return
        full = dict(draft.full) | {_SCOPE: text}
        state = draft.state | {_SCOPE: text}
        now = desk.clock.now()
        kept = replace(draft, state=state, full=full, resumable=True, at=later(draft, now))
        unit.drafts.save(kept)
        unit.outbox.add(parcels.draft_kept(draft.id, kept.at.isoformat(), draft.user, now))
        unit.commit()
    desk.wake()


def _fitting(text: str) -> str:
    if len(text) > LONGEST_SCOPE:
        raise NotRendered(f"It has more than {LONGEST_SCOPE:,} characters.")
    return text

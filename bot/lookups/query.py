"""What somebody looks for, as a value; the Home tab remembers it as text."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from bot.ports import Place
from workflows.definition import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """All of this has to hold; what is empty is not asked.

    ``workflow`` is a key, ``stages`` are any of these. ``people``: one of them asked, owns it, or
    is named in it. ``mine``: whoever looks asked for it or owns it. ``waiting``: it waits for them.
    ``client`` and ``words`` are words of the client's name, and of the whole request. ``ref`` alone
    is one request.
    """

    workflow: str = ""
    is_open: bool | None = None
    stages: tuple[Place, ...] = ()
    people: tuple[str, ...] = ()
    mine: bool = False
    waiting: bool = False
    client: str = ""
    words: str = ""
    ref: str = ""

    @property
    def is_broad(self) -> bool:
        """Whether it says neither what kind of thing is looked for nor any word of it."""
        return not (self.workflow or self.stages or self.client or self.words)


def written(query: Query) -> str:
    """Return the query as text, "" for the one that asks for everything."""
    return "" if query == Query() else json.dumps(asdict(query), separators=(",", ":"))


def read_query(text: str, workflows: Mapping[str, Workflow]) -> Query:
    """Return what :func:`written` wrote; of an older release's what is still known.

    A kind or a stage that ``workflows`` do not have any more is not asked.
    """
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return Query()
    known = {each.name: found[each.name] for each in fields(Query) if each.name in found}
    stages = ((str(key), str(name)) for key, name in known.get("stages", ()))
    known["stages"] = tuple(each for each in stages if _is_there(each, workflows))
    known["people"] = tuple(known.get("people", ()))
    if known.get("workflow") not in workflows:
        known["workflow"] = ""
    return Query(**known)


def _is_there(place: Place, workflows: Mapping[str, Workflow]) -> bool:
    key, name = place
    return key in workflows and any(each.name == name for each in workflows[key].stages)

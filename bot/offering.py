"""What the selects of a form offer: what the request says, and what only the desk knows.

Lists that admins keep, who could own a request, which requests and assets are alike.
"""

from collections.abc import Callable, Mapping

from bot import keeping, templates
from bot.desk import Desk
from bot.ports import Unit
from bot.triage import twins
from workflows.asset_review import Lane
from workflows.definition import Workflow
from workflows.engine import SUBMIT
from workflows.office import Office, seats_for
from workflows.request import Request
from workflows.reviewing import CHECKLIST

Offered = dict[str, list[tuple[str, str]]]
"""By field name: values and labels."""


def offered(
    desk: Desk, unit: Unit, workflow: Workflow, name: str, request: Request | None, user: str
) -> Offered:
    """Return what the form of the transition ``name`` (or of a new request) offers ``user``."""
    transition = workflow.transition(name)
    of_request = transition.choices if transition else None
    said = of_request(request) if of_request and request else {}
    found = {field: list(options) for field, options in said.items()}
    more = _MORE.get((workflow.key, name))
    return found | (more(desk, unit, request, user) if more else {})


def _asking(_desk: Desk, unit: Unit, request: Request | None, _user: str) -> Offered:
    """The lists behind a request; what stands in it already stays on offer."""
    now = request.details if request else None
    return {
        "asset_type": [
            *_with(keeping.options(unit, "asset_types"), now.asset_type if now else ""),
            (keeping.OTHER, "Other"),
        ],
        "industry": _with(keeping.options(unit, "industries"), now.industry if now else ""),
        "audience": _with(keeping.options(unit, "audiences"), now.audience if now else ""),
        "language": _with(keeping.options(unit, "languages"), now.language if now else ""),
        "goal": _with(keeping.options(unit, "goals"), now.goal if now else ""),
    }


def _with(options: list[tuple[str, str]], value: str) -> list[tuple[str, str]]:
    known = {each for each, _ in options} | {keeping.OTHER, ""}
    return options if value in known else [*options, (value, value)]


def _tagging(_desk: Desk, unit: Unit, request: Request | None, _user: str) -> Offered:
    """The lists behind the tags of an asset; tags that it has stay on offer."""
    found: Offered = {}
    for tag, name in keeping.TAGGED.items():
        options = keeping.options(unit, name)
        has = getattr(request.details, tag, ()) if request else ()
        for value in (has,) if isinstance(has, str) else has:
            options = _with(options, value)
        found[tag] = options
    found["asset_type"] += [(keeping.OTHER, "Other")]
    return found


def _owners(_desk: Desk, unit: Unit, _request: Request | None, _user: str) -> Offered:
    return {"owner": twins.owners(unit)}


def _twins(desk: Desk, unit: Unit, request: Request | None, _user: str) -> Offered:
    return {"twin": twins.twins(desk, unit, request)} if request else {}


def _assets(_desk: Desk, unit: Unit, request: Request | None, _user: str) -> Offered:
    return {"asset": twins.assets(unit, request)} if request else {}


def _touchable(_desk: Desk, _unit: Unit, _request: Request | None, _user: str) -> Offered:
    return {"touches": [(lane.value, lane.label) for lane in Lane]}


def _checklist(desk: Desk, unit: Unit, request: Request | None, user: str) -> Offered:
    """The points that the reviewer's own lanes look at."""
    if request is None:
        return {}
    workflow = desk.workflows[request.workflow]
    office = desk.office(unit, workflow, user)
    return {
        "points": [
            (f"{lane.value}:{point}", point)
            for lane in _lanes(workflow, request, user, office)
            for point in CHECKLIST[lane]
        ]
    }


def _lanes(workflow: Workflow, request: Request, user: str, office: Office) -> list[Lane]:
    return [
        Lane(lane.name)
        for lane in workflow.stage(request.stage).lanes
        if seats_for(user, lane, workflow, request, office)
    ]


def _templates(_desk: Desk, unit: Unit, _request: Request | None, _user: str) -> Offered:
    return {"template": [(key, key) for key in templates.keys(unit)]}


_MORE: Mapping[tuple[str, str], Callable[[Desk, Unit, Request | None, str], Offered]] = {
    ("sow", "draft"): _templates,
    ("sales_asset", SUBMIT): _asking,
    ("sales_asset", "resubmit"): _asking,
    ("sales_asset", "accept"): _owners,
    ("sales_asset", "hand_over"): _owners,
    ("sales_asset", "merge"): _twins,
    ("sales_asset", "answer_from_shelf"): _assets,
    ("sales_asset", "post_draft"): _touchable,
    ("sales_asset", "approve"): _checklist,
    ("sales_asset", "deliver"): _tagging,
    ("shelf", SUBMIT): _tagging,
    ("shelf", "resubmit"): _tagging,
    ("shelf", "retag"): _tagging,
    ("shelf", "hand_over"): _owners,
}
"""By workflow and transition: what is offered beside what the request itself says."""

"""Type-ahead menus: block_suggestion."""

from sandbox.blocks.elements import Place
from sandbox.delivery.outcome import INTERACTIONS
from sandbox.gestures import acting, surfaces
from sandbox.gestures.surfaces import Seen
from sandbox.slack import Slack
from sandbox.state.records import JSON

DEFAULT_MIN_QUERY = 3


async def suggestions(slack: Slack, seen: Seen, place: Place, query: str) -> list[JSON]:
    """What the app offers for what is typed so far, groups flattened.

    Nothing while too little is typed.
    """
    if len(query) < place.element.get("min_query_length", DEFAULT_MIN_QUERY):
        return []
    person = acting.active(slack, seen.viewer)
    app = surfaces.owner(slack, seen.surface)
    payload = acting.base(slack, app, person, "block_suggestion") | surfaces.context(slack, seen)
    payload |= {"action_id": place.action_id, "block_id": place.block_id, "value": query}
    outcome = await slack.courier.ask(app, INTERACTIONS, payload)
    if not outcome.acknowledged or not isinstance(outcome.answer, dict):
        return []
    groups: list[JSON] = outcome.answer.get("option_groups") or [
        {"options": outcome.answer.get("options", [])}
    ]
    return [option for group in groups for option in group["options"]]

"""Everybody chooses what their Home tab shows: in one form, and page by page."""

from collections.abc import Mapping

from bot import parcels
from bot.desk import Desk, Gesture
from bot.home_lists import HOME_QUERY, put_after
from bot.lookups.query import Query, read_query, written
from bot.members import member
from bot.ports import Json, Place, Spot, Unit
from bot.promising import HOME
from modals.fields.choice import Choices
from modals.look_for import CLOSED, LOOK_FOR, OPEN
from modals.metadata import Metadata


def open_form(desk: Desk, gesture: Gesture) -> None:
    """Open the form, filled with what the tab shows now."""
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        query = read_query(unit.preferences.get(user, HOME_QUERY), desk.workflows)
    state = LOOK_FOR.fill(_values(query))
    metadata = Metadata(form=LOOK_FOR.key, workflow="", transition="")
    view = LOOK_FOR.view(state, metadata, choices=_choices(desk))
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def keep(desk: Desk, gesture: Gesture, values: Json) -> Mapping[str, str]:
    """Show what was asked for; return what is wrong, by block id: then nothing is changed."""
    now = desk.clock.now()
    checked = LOOK_FOR.check(LOOK_FOR.read(values), today=now.date(), choices=_choices(desk))
    if checked.errors:
        return checked.errors
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        if unit.deliveries.first(gesture.key, now):
            _show(desk, unit, user, _query(checked.values), gesture.key)
            unit.commit()
    desk.wake()
    return {}


def show_everything(desk: Desk, gesture: Gesture) -> None:
    """Show the whole tab again."""
    with desk.store.unit() as unit:
        _show(desk, unit, member(desk, unit, gesture).user, Query(), gesture.trigger_id)
        unit.commit()
    desk.wake()


def turn(desk: Desk, gesture: Gesture, after: Spot | None) -> None:
    """Show the page that begins after a request; None: the first one."""
    with desk.store.unit() as unit:
        user = member(desk, unit, gesture).user
        put_after(unit, user, after)
        _redraw(desk, unit, user, gesture.trigger_id)
        unit.commit()
    desk.wake()


def _show(desk: Desk, unit: Unit, user: str, query: Query, occasion: str) -> None:
    unit.preferences.put(user, HOME_QUERY, written(query))
    put_after(unit, user, None)
    _redraw(desk, unit, user, occasion)


def _redraw(desk: Desk, unit: Unit, user: str, occasion: str) -> None:
    unit.cards.ensure(HOME, "home", f"home:{user}")
    unit.outbox.add(parcels.home(user, occasion, desk.clock.now()))


def _values(query: Query) -> dict[str, object]:
    """Return what the form shows of ``query``, by field."""
    states = {None: "", True: OPEN, False: CLOSED}
    return {
        "words": query.words,
        "client": query.client,
        "kind": query.workflow,
        "stage": _value(query.stages[0]) if query.stages else "",
        "person": query.people[0] if query.people else "",
        "state": states[query.is_open],
    }


def _query(values: Mapping[str, object]) -> Query:
    """Return what the form asks for. A stage says of what kind it is."""
    said = {name: str(value or "") for name, value in values.items()}
    key, _, stage = said["stage"].partition("/")
    return Query(
        workflow="" if stage else said["kind"],
        stages=((key, stage),) if stage else (),
        is_open={OPEN: True, CLOSED: False}.get(said["state"]),
        people=(said["person"],) if said["person"] else (),
        client=said["client"],
        words=said["words"],
    )


def _choices(desk: Desk) -> Choices:
    return {
        "kind": [(key, each.title) for key, each in desk.workflows.items()],
        "stage": [
            (_value((key, name)), f"{each.prefix}: {each.stage(name).label}")
            for key, each in desk.workflows.items()
            for name in (*each.open_stages, *(one.name for one in each.stages if one.final))
        ],
    }


def _value(place: Place) -> str:
    return "/".join(place)

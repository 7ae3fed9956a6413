"""Every listener says whom it is for, and is tried with those whom it is not for."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from slack_bolt import App, BoltRequest, BoltResponse
from slack_bolt.listener import Listener

from bot.roles import refresh
from bot.shelf import look_alikes
from handlers.admission import Who, admitted_by
from handlers.shortcuts import ask_id, from_message_id, open_to_all
from messages import buttons, talk_wire
from modals import item_wire, wire
from modals.absence import AWAY
from modals.bank import CHOICE, MAPPING, STATEMENT
from modals.confirmation import FORM as CONFIRMATION
from modals.deal import FORM as DEAL
from modals.keeping import LISTS, WEIGHTS
from modals.look_for import LOOK_FOR
from modals.notifications import NOTIFICATIONS
from modals.opinion import FORM as OPINION
from modals.report import REPORT
from modals.settings import SETTING
from modals.usage import USE_IN_DEAL
from sandbox.delivery.outcome import COMMANDS, INTERACTIONS, Parcel
from tests.journeys.house import House, open_house
from tests.security.record import Record
from tests.security.story import day
from tests.security.strangers import as_if_by, strangers
from tests.security.wire import Wire
from workflows.registry import find_workflows

FORMS = (
    *(DEAL.key, LISTS.key, WEIGHTS.key, OPINION.key, USE_IN_DEAL.key, look_alikes.FORM),
    *(AWAY.key, NOTIFICATIONS.key, REPORT.key, SETTING, CONFIRMATION, LOOK_FOR.key),
    *(STATEMENT.key, MAPPING.key, CHOICE.key),
)
"""Forms that the day does not hand in; somebody forges them."""


def listeners(app: App) -> Sequence[Listener]:
    """Return everything that is registered; Bolt has no public name for it."""
    return app._listeners  # noqa: SLF001


def reached(app: App, parcel: Parcel) -> Listener:
    """Return the listener that a payload reaches."""
    asked = BoltRequest(mode="socket_mode", body=parcel.payload)
    nothing = BoltResponse(status=200)
    return next(each for each in listeners(app) if each.matches(req=asked, resp=nothing))


def forged(parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    """Yield what the day had no occasion for, made from what is like it."""
    command, shortcut, menu = (
        next(each for each in parcels if each.payload.get(name) == value).payload
        for name, value in (("text", "list"), ("type", "shortcut"), ("type", "message_action"))
    )
    for workflow in find_workflows().values():
        yield Parcel(COMMANDS, command | {"command": workflow.command})
    for workflow in open_to_all(find_workflows()):
        yield Parcel(INTERACTIONS, shortcut | {"callback_id": ask_id(workflow)})
        yield Parcel(INTERACTIONS, menu | {"callback_id": from_message_id(workflow)})
    yield from _forged_forms(parcels)
    group = {"type": "subteam_updated", "subteam": {"id": "S0SBMARKET"}}
    event = next(each for each in parcels if "event" in each.payload)
    for forged_event in (group, {"type": "pin_added", "user": "U0SBANA000"}):
        yield Parcel(event.type, event.payload | {"event": forged_event, "event_id": "Ev0FORGED"})


def _forged_forms(parcels: Sequence[Parcel]) -> Iterator[Parcel]:
    submitted, closed, typed = (
        next(each.payload for each in parcels if _is(each, kind, form))
        for kind, form in (
            ("view_submission", "sow"),
            ("view_closed", "sow"),
            ("block_actions", "sow"),
        )
    )
    for form in FORMS:
        yield Parcel(INTERACTIONS, submitted | {"view": submitted["view"] | {"callback_id": form}})
    for form in (look_alikes.FORM, item_wire.LIST, item_wire.ENTRY):
        yield Parcel(INTERACTIONS, closed | {"view": closed["view"] | {"callback_id": form}})
    later = buttons.encode(buttons.PutOff("SOW-1", 1, "hours"))
    talking = buttons.encode(buttons.JustTalking())
    for action_id, value in ((wire.RESUME_ACTION, "a-draft"), later, talking):
        button = {"action_id": action_id, "value": value, "type": "button"}
        yield Parcel(INTERACTIONS, typed | {"actions": [typed["actions"][0] | button]})
    block = talk_wire.answering({"type": "datepicker"}, "d" * 32, "needed_by")
    chosen = block["elements"][0] | {"block_id": block["block_id"], "selected_date": "2037-01-02"}
    yield Parcel(INTERACTIONS, typed | {"actions": [typed["actions"][0] | chosen]})


def _is(parcel: Parcel, kind: str, form: str) -> bool:
    view = parcel.payload.get("view") or {}
    return parcel.payload.get("type") == kind and view.get("callback_id") == form


@contextmanager
def refusals() -> Iterator[list[str]]:
    """Yield what the funnel says of refusals."""
    said: list[str] = []

    class Hearing(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if (message := record.getMessage()).startswith("Refused: "):
                said.append(message)

    hearing, log = Hearing(logging.INFO), logging.getLogger("handlers.funnel")
    before = log.level
    log.setLevel(logging.INFO)
    log.addHandler(hearing)
    try:
        yield said
    finally:
        log.removeHandler(hearing)
        log.setLevel(before)


async def test_every_listener_declares_whom_it_is_for_and_strangers_get_nothing(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, "http") as house:
        users = await strangers(house)
        parcels = await day(house)
        app = house.frontdesk.bolt
        assert [each for each in listeners(app) if admitted_by(each.ack_function) is None] == []

        by_listener: dict[Listener, Parcel] = {}
        for parcel in (*parcels, *forged(parcels)):
            by_listener.setdefault(reached(app, parcel), parcel)
        assert [each.ack_function for each in listeners(app) if each not in by_listener] == []

        await asyncio.to_thread(refresh, house.frontdesk.desk)  # as Slack's own events make it do
        await house.quiet()
        record = Record(house)
        before = record.contents()
        await asyncio.to_thread(tried, house, record, by_listener, users)
        await house.quiet()
        assert record.contents() == before
        record.close()


def tried(
    house: House, record: Record, by_listener: dict[Listener, Parcel], users: Sequence[str]
) -> None:
    """Let every stranger do what each listener is for."""
    team = house.workspace.team_id
    with Wire(house) as wire_, refusals() as said:
        for listener, parcel in by_listener.items():
            for user in users:
                said.clear()
                answer = wire_.slack(as_if_by(parcel, user, team))
                if admitted_by(listener.ack_function) is Who.MEMBERS:
                    offers_nothing = answer.text == '{"options": []}'
                    assert len(said) == 1 or offers_nothing, (listener.ack_function, user)
    assert [row for row in record.news() if row.action != "refused"] == []

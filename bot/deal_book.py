"""Keeping the deals where the company has no other CRM: one by a form, many by a CSV file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot import parcels
from bot.deal_csv import Imported, deal_of, import_csv
from bot.deals import label
from bot.desk import Desk, Gesture
from bot.errors import Problem, SlackRefused
from bot.members import member
from bot.ports import Claimed, Deal, Json, Parcel, Unit
from bot.sending import post_once
from bot.unmoved import did
from messages.markup import escape
from messages.problem import whisper
from modals.deal import COLUMNS, FORM, NEEDED
from modals.fields import Text
from modals.fitting import cut
from modals.metadata import Metadata
from workflows.engine import Entry
from workflows.refusals import NotAllowed
from workflows.roles import Role

KEEPERS = (Role.ADMIN, Role.SALES_ASSISTANT)
_SHOWN = 20
_LONGEST_LINE = 95
_MOST_PROBLEMS = 20
_LONGEST_PROBLEM = 200


class KeptElsewhere(Problem):
    """The company keeps its deals in another system."""


def open_deals(desk: Desk, gesture: Gesture) -> None:
    """Open the newest deals with the form to add or change one, or to hand in a CSV file.

    Raises NotAllowed for anybody but an admin and the sales assistant, and KeptElsewhere where the
    deals are not kept here.
    """
    _kept_here(desk)
    with desk.store.unit() as unit:
        _keeper(desk, unit, gesture)
        newest = unit.deals.search("", _SHOWN)
    lines = [cut(f"{deal.ref}: {label(deal)}", _LONGEST_LINE) for deal in newest]
    note = "\n".join(["The newest deals:", *lines]) if lines else "There are no deals yet."
    metadata = Metadata(form=FORM.key, workflow="", transition="")
    view = FORM.view({"currency": desk.company.currency}, metadata, note=note)
    for block in view["blocks"]:
        block.pop("dispatch_action", None)  # no draft is kept of it: a deal is stored, or it is not
    desk.slack.open_view(gesture.trigger_id, view, on_top=bool(gesture.view_id))


def hand_in(desk: Desk, gesture: Gesture, values: Json) -> Mapping[str, str]:
    """Store the deal in the form, promise to read its files; return what is wrong, by block id.

    ``values`` is ``view.state.values``. Nothing is taken unless all of it can be. A copy of the
    gesture changes nothing. Raises NotAllowed as :func:`open_deals` does.
    """
    _kept_here(desk)
    state = FORM.read(values)
    is_given = any(state.get(name) for name in COLUMNS if name != "currency")
    checked = FORM.check(state, today=desk.clock.now().date())
    files: tuple[str, ...] = checked.values.get("files", ())
    with desk.store.unit() as unit:
        _keeper(desk, unit, gesture)
        before = unit.deals.get(checked.values.get("ref", ""))
        errors = checked.errors
        if is_given:
            errors = _missing(checked.values, before) | errors
        elif not files:
            errors = {"ref": "Please fill in a deal, or attach a CSV file."}
        if errors or not unit.deliveries.first(gesture.key, desk.clock.now()):
            return errors
        if is_given:
            unit.deals.put([_laid_over(checked.values, before, desk.clock.now())])
            unit.audit.append(_on_record(desk, gesture, "keep_deal", deal=checked.values["ref"]))
        for file in files:
            unit.outbox.add(_promise(desk, file, gesture))
            unit.audit.append(_on_record(desk, gesture, "import_deals", file=file))
        unit.commit()
    desk.wake()
    return {}


def read_file(desk: Desk, claimed: Claimed) -> None:
    """Take the deals of a file that was handed in, and tell whoever did so what became of it."""
    try:
        sender = claimed.parcel.address.removeprefix("user:")
        file = desk.slack.download(str(claimed.parcel.payload["file"]), (sender,))
    except SlackRefused as refused:
        said = f"Your file of deals could not be fetched from Slack ({refused})."
    else:
        said = _told(file.name, import_csv(desk.store, file.content, desk.clock.now()))
    post_once(desk, claimed, whisper(escape(said)))


def _told(name: str, imported: Imported) -> str:
    count, problems = imported.count, imported.problems
    taken = "1 deal was taken" if count == 1 else f"{count:,} deals were taken"
    said = [f"{taken} from {name}."]
    if problems:
        shown = [cut(problem, _LONGEST_PROBLEM) for problem in problems[:_MOST_PROBLEMS]]
        said += ["This was not as it should be:", *shown]
    if (more := len(problems) - _MOST_PROBLEMS) > 0:
        said.append(f"And {more:,} more.")
    return "\n".join(said)


def _keeper(desk: Desk, unit: Unit, gesture: Gesture) -> None:
    person = member(desk, unit, gesture)
    holders = unit.people.holders()
    if not any(person.user in holders.get(role, frozenset()) for role in KEEPERS):
        raise NotAllowed("Only an admin of Frontdesk and the sales assistant keep the deals.")


def _kept_here(desk: Desk) -> None:
    if desk.crm.name:
        raise KeptElsewhere(f"The company keeps its deals in {desk.crm.name}: change them there.")


def _missing(values: Mapping[str, object], before: Deal | None) -> dict[str, str]:
    needed = NEEDED if before is None else ("ref",)
    return {name: Text.missing for name in needed if name in values and not values[name]}


def _laid_over(values: Mapping[str, Any], before: Deal | None, now: datetime) -> Deal:
    """Return the deal as it stands from now on: what was left empty stays as it was."""
    if before is None:
        return deal_of(values, now)
    given = {name: value for name, value in values.items() if value and name != "files"}
    return replace(before, **given, updated_at=now)


def _promise(desk: Desk, file: str, gesture: Gesture) -> Parcel:
    occasion, address = f"{gesture.key}:{file}", f"user:{gesture.user}"
    return parcels.aside("deals_file", occasion, address, {"file": file}, desk.clock.now())


def _on_record(desk: Desk, gesture: Gesture, action: str, **detail: str) -> Entry:
    return did(gesture, action, desk.clock.now(), detail)

"""An asset's life on the shelf: reviewed, reported, refreshed, replaced, withdrawn.

"Using outdated/unapproved assets → escalated to Sales Manager" (Sales Asset Requests, 6); "aligned
with sales asset refresh cycles" (7).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from workflows import usual
from workflows.definition import STAY, Deed, Given, Style, Transition
from workflows.effects import Errand, Tell
from workflows.request import Request
from workflows.roles import Role, Seat
from workflows.shelved import SAID, ShelfVersion, described, record_of, recorded, with_version

WARNINGS = (30, 7, 0)
"""So many days before an asset's review date its owner is reminded."""

HELD = ("current", "outdated")
"""Where an asset stands on the shelf."""

_KEEPERS = (Seat.OWNER, Role.MARKETING, Role.HEAD_OF_MARKETING)


def _renewed(request: Request, deed: Deed) -> Request:
    return recorded(described(request, review_by=deed.values["review_by"]), warned=())


def _half_a_year(_request: Request, today: date) -> Mapping[str, Any]:
    return {"review_by": today + timedelta(days=180)}


def _as_it_is(request: Request, _today: date) -> Mapping[str, Any]:
    return {name: getattr(request.details, name) for name in SAID}


def _retagged(request: Request, deed: Deed) -> Request:
    return described(request, **{name: deed.values[name] for name in SAID if name in deed.values})


def _replaced(request: Request, deed: Deed) -> Request:
    version: ShelfVersion = deed.values["version"]
    said = {name: value for name, value in deed.values.items() if name in SAID}
    fresh = described(request, **said, review_by=deed.values["review_by"], source=version.source)
    return with_version(fresh, version)


def _is_fresh(request: Request, given: Given) -> str | None:
    version = given.values.get("version")
    known = {(each.source, each.at) for each in record_of(request).versions}
    if version is None or (version.source, version.at) in known:
        return "That version is on the shelf already."
    return None


def _is_to_be_said(request: Request, given: Given) -> str | None:
    if given.values.get("review_by") != request.details.review_by:
        return "The review date is another one now."
    return "That was said." if given.values.get("days") in record_of(request).warned else None


def _warned(request: Request, deed: Deed) -> Request:
    return recorded(request, warned=(*record_of(request).warned, int(deed.values["days"])))


def _is_over(request: Request, given: Given) -> str | None:
    if given.values.get("review_by") != request.details.review_by:
        return "The review date is another one now."
    return None


def _reported(request: Request, deed: Deed) -> Request:
    known = record_of(request).reported
    return recorded(request, reported=tuple(dict.fromkeys((*known, deed.user))))


def _no_more(request: Request) -> frozenset[str]:
    """Who need not report it: whoever owns it can mark it, and who did so has said it."""
    return frozenset({request.owner or "", *record_of(request).reported} - {""})


def _to_another(request: Request, given: Given) -> str | None:
    if given.offering:
        return None
    owner = given.values.get("owner")
    if not owner:
        return "Please choose who takes over."
    return "They own it already." if owner == request.owner else None


def _handed_over(request: Request, deed: Deed) -> Request:
    return replace(request, owner=str(deed.values["owner"]))


_TELL_TAKERS = Errand("tell_takers")

TRANSITIONS = (
    Transition(
        name="renew",
        label="Still current",
        done="reviewed and found current",
        source=HELD,
        target="current",
        by=_KEEPERS,
        own_request=True,
        form="renewal",
        prefill=_half_a_year,
        apply=_renewed,
        effects=(Errand("await_review"),),
        style=Style.PRIMARY,
    ),
    Transition(
        name="refresh",
        label="Ask for a refresh",
        done="to be refreshed",
        source=HELD,
        target=STAY,
        by=_KEEPERS,
        own_request=True,
        effects=(Errand("start_refresh"),),
    ),
    Transition(
        name="mark_outdated",
        label="Mark as outdated",
        done="marked as outdated",
        source=("current",),
        target="outdated",
        by=(*_KEEPERS, Role.SALES_MANAGER),
        own_request=True,
        reason=True,
        form="reason",
        effects=(_TELL_TAKERS,),
        on_card=False,
    ),
    Transition(
        name="expire",
        label="Outdated",
        done="past its review date, and outdated",
        source=("current",),
        target="outdated",
        by=(Seat.FRONTDESK,),
        guard=_is_over,
        on_card=False,
        tell_asker=False,
        effects=(Tell(Seat.OWNER, "expire"), _TELL_TAKERS),
    ),
    Transition(
        name="report_outdated",
        label="Report as outdated",
        done="reported as outdated",
        source=HELD,
        target=STAY,
        by=(Role.REQUESTER, Role.MARKETING, Role.HEAD_OF_MARKETING),
        barred=_no_more,
        own_request=True,
        apply=_reported,
        reason=True,
        form="outdated_report",
        tell_asker=False,
        effects=(
            Tell(Seat.OWNER, "report_outdated"),
            Tell(Role.SALES_MANAGER, "report_outdated"),
            Errand("keep_report"),
        ),
    ),
    Transition(
        name="new_version",
        label="New version",
        done="replaced by a new version",
        source=HELD,
        target="current",
        by=(Seat.FRONTDESK,),
        guard=_is_fresh,
        apply=_replaced,
        on_card=False,
        tell_asker=False,
        effects=(_TELL_TAKERS, Errand("await_review")),
    ),
    Transition(
        name="withdraw",
        label="Withdraw",
        done="withdrawn",
        source=HELD,
        target="withdrawn",
        by=_KEEPERS,
        own_request=True,
        reason=True,
        form="reason",
        effects=(_TELL_TAKERS,),
        style=Style.DANGER,
        on_card=False,
    ),
    Transition(
        name="retag",
        label="Describe and tag",
        done="described anew",
        source=HELD,
        target=STAY,
        by=_KEEPERS,
        own_request=True,
        form="retagging",
        prefill=_as_it_is,
        apply=_retagged,
        on_card=False,
        tell_asker=False,
    ),
    Transition(
        name="log_learning",
        label="Log a learning",
        done="learned from",
        source=HELD,
        target=STAY,
        by=(Role.MARKETING, Role.HEAD_OF_MARKETING),
        own_request=True,
        reason=True,
        form="learning",
        on_card=False,
        tell_asker=False,
        effects=(Errand("keep_learning"),),
    ),
    usual.noted(
        "review_due",
        "Review due",
        "to be reviewed soon",
        ("current",),
        Tell(Seat.OWNER, "review_due"),
        guard=_is_to_be_said,
        apply=_warned,
        logged=False,
    ),
    Transition(
        name="hand_over",
        label="Hand over",
        done="handed over",
        source=HELD,
        target=STAY,
        by=(*_KEEPERS, Role.ADMIN),
        own_request=True,
        guard=_to_another,
        reason=True,
        form="hand_over",
        apply=_handed_over,
        restarts=True,
        on_card=False,
    ),
)

"""What a form has to do with a deal: it is found by typing, and fills in the form.

The CRM is called outside of transactions: it may be slow, and the embedded one has its own.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import drafts
from bot.amounts import sees_every
from bot.desk import Desk, Gesture
from bot.errors import Unavailable, UnknownPerson
from bot.members import member
from bot.ports import Claimed, CrmUnavailable, Deal, Draft, Json, KnownDeal, Parcel, Unit
from bot.promising import zone_of
from messages.filters import money
from modals.fields import Option, State
from modals.fields.choice import LONGEST_LABEL, MOST_OPTIONS
from modals.fields.lookup import Lookup, fits, free
from modals.fitting import cut, length
from modals.form import Form
from modals.wire import Answer, action_id

log = logging.getLogger(__name__)


def suggest(desk: Desk, gesture: Gesture, typed: str) -> Sequence[Option]:
    """Return what a lookup offers for what is ``typed``: to use it as it is, and deals like it.

    Nothing to those who are no members. Never raises: while the CRM or the database is down what
    was typed is all that is offered.
    """
    own, shown = free(typed), False
    found: Sequence[Deal] = ()
    try:
        with desk.store.unit() as unit:
            user = member(desk, unit, gesture).user
            shown = sees_deals(desk, unit, user)
        found = desk.crm.search(typed, MOST_OPTIONS - 1)
    except UnknownPerson:
        return ()
    except (CrmUnavailable, Unavailable) as error:
        log.warning("Deals cannot be looked up now: %s", error)
    offered = [Option(deal.ref, label(deal, amounts=shown)) for deal in found if fits(deal.ref)]
    if own is None or own.value.casefold() in [option.value.casefold() for option in offered]:
        return offered
    return [own, *offered]


def label(deal: Deal, *, amounts: bool = True) -> str:
    """Return the deal as a list shows it: "Globex – Forecasting pilot (180,000.00 USD)"."""
    amount = f" ({money(deal.amount)})" if deal.amount and amounts else ""
    return cut(title(deal), LONGEST_LABEL - length(amount)) + amount


def title(deal: Deal) -> str:
    """Return account and name of the deal."""
    return " – ".join(filter(None, (deal.account, deal.name)))


def sees_deals(desk: Desk, unit: Unit, user: str) -> bool:
    """Whether somebody sees the amounts of deals: by a role that sees those of any request.

    A deal is nobody's here: who has it in hand is known to the CRM alone.
    """
    every = desk.workflows.values()
    return any(sees_every(desk, each, desk.office(unit, each, user), user) for each in every)


def prefill(desk: Desk, gesture: Gesture, typed: drafts.Typed) -> None:
    """Save a form in which something was just looked up; promise to fill it in from the deal."""
    drafts.save_typed(desk, gesture, typed)
    with desk.store.unit() as unit:
        unit.outbox.add(
            Parcel(
                key=f"prefill:{typed.view_id}:{typed.at.isoformat()}",
                kind="prefill",
                address=f"view:{typed.view_id}",
                payload={"draft": typed.metadata.draft},
                due=desk.clock.now(),
            )
        )
        unit.commit()
    desk.wake()


def fill_in(desk: Desk, claimed: Claimed) -> None:
    """Fill what is empty in an open form from the deal that is picked in it, and show that.

    What somebody typed stays. What an earlier deal has filled in gives way to the new one's.
    """
    draft_id = str(claimed.parcel.payload["draft"])
    filling = _filling(desk, draft_id)
    if filling is None:
        return
    with desk.store.unit() as unit:
        shown, filled = _over(desk, unit, draft_id, filling)
        request = unit.requests.get(shown.ref) if shown and shown.ref else None
    if shown is None or not filled:
        return
    view = _afresh(drafts.drawn(desk, shown, request), filled, f"{draft_id}:{claimed.id}")
    desk.slack.update_view(shown.view_id, "", view)
    # Kept only now: while Slack has not shown it, another attempt must find the fields empty.
    with desk.store.unit() as unit:
        shown, _ = _over(desk, unit, draft_id, filling)
        if shown is not None:
            unit.drafts.save(shown)
            unit.commit()


@dataclass(frozen=True, slots=True)
class _Filling:
    """What a form is filled in from: the deal picked in it, and the one before that, if any."""

    form: Form
    lookup: Lookup
    ref: str
    """As it was picked."""
    deal: Deal
    read_at: datetime
    """When the CRM said so."""
    before: Deal | None


def _filling(desk: Desk, draft_id: str) -> _Filling | None:
    """Return what the form is to be filled in from; None where no deal is picked."""
    with desk.store.unit() as unit:
        draft = unit.drafts.get(draft_id)
    form = desk.forms.get(draft.form) if draft else None
    lookups = [field for field in form.fields if isinstance(field, Lookup)] if form else []
    if draft is None or form is None or not lookups:
        return None
    picked, earlier = lookups[0].picked(draft.state), lookups[0].source(draft.state)
    known, before = _deal(desk, picked), _deal(desk, earlier)
    if known is None or known.deal is None:
        return None
    return _Filling(
        form, lookups[0], picked, known.deal, known.read_at, before.deal if before else None
    )


def _over(
    desk: Desk, unit: Unit, draft_id: str, filling: _Filling
) -> tuple[Draft | None, Mapping[str, Answer]]:
    """Return the draft as it is now, filled in, and what was; None if that is picked no more."""
    draft, deal, lookup = unit.drafts.get(draft_id, to_change=True), filling.deal, filling.lookup
    picked = lookup.picked(draft.state) if draft else ""
    if draft is None or draft.resumable or picked != filling.ref:
        return None, {}
    if not sees_deals(desk, unit, draft.user):
        deal = replace(deal, amount=None)
    filled = _filled(filling.form, draft.state, deal, filling.before)
    line = (
        f"From {title(deal)}, {_age(desk, deal, filling.read_at, zone_of(desk, unit, draft.user))}"
    )
    state = {**draft.state, **filled, **lookup.sourced(picked, line)}
    return replace(draft, state=state, at=drafts.later(draft, desk.clock.now())), filled


def _deal(desk: Desk, ref: str) -> KnownDeal | None:
    """Return the deal as the CRM tells it now, else as it did last; None where it never did."""
    if not ref:
        return None
    try:
        known = KnownDeal(ref=ref, deal=desk.crm.get(ref), read_at=desk.clock.now())
    except CrmUnavailable as error:
        log.warning("A form is filled in from what is known, as the CRM is down: %s", error)
        with desk.store.unit() as unit:
            return unit.known_deals.get(ref)
    if known.deal is not None:
        with desk.store.unit() as unit:
            unit.known_deals.put(known)
            unit.commit()
    return known


def _age(desk: Desk, deal: Deal, read_at: datetime, zone: ZoneInfo) -> str:
    """Say how old that is: when it was changed where deals are kept here, else when it was read."""
    if not desk.crm.name:
        return f"as of {deal.updated_at.astimezone(zone):%d %b %H:%M}"
    return f"as {desk.crm.name} said on {read_at.astimezone(zone):%d %b at %H:%M}"


def _filled(form: Form, state: State, deal: Deal, earlier: Deal | None) -> dict[str, Answer]:
    """Return the answers that change: of empty fields, and where nobody touched ``earlier``'s."""
    new, old = form.fill(_known(deal)), form.fill(_known(earlier)) if earlier else {}
    filled: dict[str, Answer] = {}
    for field in form.fields:
        given = [name for name in field.names if name in new]
        was_filled_in = field.name in old and all(
            (state.get(name) or None) == old.get(name) for name in given
        )
        if was_filled_in or not state.get(field.name):
            filled |= {name: new[name] for name in given}
    return {name: new for name, new in filled.items() if new != (state.get(name) or None)}


def _known(deal: Deal) -> Json:
    """Return what a deal says, by the names of the fields that ask for it."""
    return {
        "client": deal.account,
        "amount": deal.amount,
        "contact_name": deal.contact_name,
        "contact_email": deal.contact_email,
    }


def _afresh(view: Json, filled: Mapping[str, Answer], mark: str) -> Json:
    """Return the view with new action ids where it shows what was filled in.

    Slack keeps what stands in an input as long as its ids stay: so it shows these answers, and
    goes on with whatever is being typed elsewhere.
    """
    for block in view["blocks"]:
        if block["block_id"] in filled:
            block["element"]["action_id"] = action_id(block["block_id"], mark)
    return view

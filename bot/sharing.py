"""Stored files are shared in Slack: in a request's thread, or in somebody's DM."""

from bot import facts
from bot.amounts import withholding
from bot.desk import Desk
from bot.ports import Claimed, Unit, Upload
from bot.sending import NotYet, channel_of
from bot.stored import stored
from workflows.privacy import is_private


def deliver(desk: Desk, claimed: Claimed) -> None:
    """Upload one file. After an attempt of unknown outcome it is looked for first.

    Somebody who may not see the request any more gets nothing, and so does whoever sees no amounts
    of it: they stand in what is made of it. Raises NotYet while the request's
    card, under which it belongs, is not in the channel.
    """
    payload, address = claimed.parcel.payload, claimed.parcel.address
    with desk.store.unit() as unit:
        request = unit.requests.get(str(payload["ref"]))
        if request is None:
            return
        in_channel = address.startswith("channel:")
        if in_channel and is_private(request):
            return
        if not in_channel and not facts.may_see(desk, unit, request, address):
            return
        office = desk.office(unit, desk.workflows[request.workflow])
        if withholding(desk, request, office, address) is not None:
            return
        channel, thread_ts = _thread(unit, request.ref, address) if in_channel else ("", "")
    name = str(payload["name"])
    file = stored(desk.store, desk.library, str(payload["sha256"]), name)
    if file is None:
        return
    where = channel or channel_of(desk, address)
    since = claimed.unsure_since
    if since is not None and desk.slack.uploaded(where, name, since, thread_ts):
        return
    upload = Upload(name=name, mime=file.mime, content=file.content, said=str(payload["said"]))
    desk.slack.upload(where, upload, thread_ts)


def _thread(unit: Unit, ref: str, address: str) -> tuple[str, str]:
    for card in unit.cards.of(ref):
        if card.address == address and card.ts:
            return card.channel, card.ts
    raise NotYet(f"The card of {ref} is not in the channel yet.")

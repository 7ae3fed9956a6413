"""The picture of an asset's first page, kept in Slack so that messages can show it.

A picture that is not shared anywhere can stand in a block once Slack has looked at it
(docs.slack.dev/reference/block-kit/composition-objects/slack-file-object).
"""

from bot import parcels
from bot.desk import Desk
from bot.ports import Claimed, Json, Observation, Seen, Unit, Upload
from bot.sending import NotYet
from workflows.roles import Seat
from workflows.shelved import ShelfVersion

_PNG = "image/png"


def promise(desk: Desk, unit: Unit, ref: str, version: ShelfVersion) -> None:
    """Promise to keep the picture of a version in Slack, if it has one."""
    sha256 = version.kept.picture_sha256 if version.kept else ""
    if sha256:
        what: Json = {"ref": ref, "version": version.number, "sha256": sha256}
        occasion, now = f"{ref}:{version.number}", desk.clock.now()
        unit.outbox.add(parcels.aside("picture", occasion, f"picture:{ref}", what, now))


def keep(desk: Desk, claimed: Claimed) -> None:
    """Upload the picture, and promise to see whether Slack has looked at it."""
    what = claimed.parcel.payload
    with desk.store.unit() as unit:
        file = unit.files.get(str(what["sha256"]))
    if file is None:
        return
    name = f"{what['ref']}-v{what['version']}.png"
    slack_file = desk.slack.keep_picture(Upload(name=name, mime=_PNG, content=file.content))
    now, address = desk.clock.now(), claimed.parcel.address
    with desk.store.unit() as unit:
        seen: Json = {**what, "file": slack_file}
        unit.outbox.add(parcels.aside("picture_ready", claimed.parcel.key, address, seen, now))
        unit.commit()
    desk.wake()


def look(desk: Desk, claimed: Claimed) -> None:
    """Remember the picture as one that can be shown. Raises NotYet while Slack looks at it."""
    what = claimed.parcel.payload
    if not desk.slack.is_ready(str(what["file"])):
        raise NotYet("Slack has not looked at the picture yet.")
    shown = Observation(
        key=claimed.parcel.key,
        what=Seen.PICTURED,
        user=Seat.FRONTDESK.value,
        at=desk.clock.now(),
        ref=str(what["ref"]),
        about=str(what["file"]),
        text=str(what["version"]),
    )
    with desk.store.unit() as unit:
        unit.observations.add(shown)
        unit.commit()

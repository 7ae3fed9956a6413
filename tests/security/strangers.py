"""Those who have no business in the house: guests, strangers, those who left or never were."""

from sandbox.delivery.outcome import Parcel
from tests.journeys.house import House

INVENTED = ("U0GHOST000", "W0GHOST000", "USLACKBOT", "frontdesk", "client")
"""User ids that nobody has, and the ids under which Frontdesk and the client act."""


def as_if_by(parcel: Parcel, user: str, team: str) -> Parcel:
    """Return the same gesture of somebody else."""
    payload = dict(parcel.payload)
    match payload:
        case {"command": _}:
            payload |= {"user_id": user, "team_id": team}
        case {"event": dict(event)}:
            who = {"id": user} if isinstance(event.get("user"), dict) else user
            payload["event"] = event | {"user": who}
        case _:
            payload["user"] = {"id": user, "team_id": team}
    return Parcel(parcel.type, payload)


async def strangers(house: House) -> list[str]:
    """Return a guest, a member of another company, somebody who left, and who never was."""
    house.workspace.add_person("eve", name="Ryan Cole", team="Initech")
    house.workspace.add_channel("initech", ["ana", "eve"], shared=True)
    house.workspace.invite_bot_to("initech")
    house.workspace.add_person("ivo", name="Ivo Lang")
    house.workspace.deactivate("ivo")
    await house.quiet()
    return [*(house.person(each).id for each in ("gus", "eve", "ivo")), *INVENTED]

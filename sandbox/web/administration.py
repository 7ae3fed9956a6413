"""Doors for those who run the workspace.

Apps, people, groups, channels, the clock, faults, logs.
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice

from sandbox import installing, office, posting
from sandbox.faults import HOWS, ApiFault
from sandbox.log import ApiCall, Delivery
from sandbox.slack import Slack
from sandbox.state.records import JSON
from sandbox.web.doors import Asked, BadRequest, Door, route
from sandbox.web.reading import clock_shape

LATEST = 200
ALL_HOWS = (*HOWS, "lost_ack", "redeliver", "cut", "expired_trigger")


async def install(slack: Slack, asked: Asked) -> JSON:
    """Takes {manifest, transport: "socket" | "http", request_url?}; the credentials come back."""
    body = asked.body
    app = installing.install(
        slack, body["manifest"], asked.text("transport", "socket"), asked.text("request_url")
    )  # fmt: skip
    return {
        "app_id": app.id,
        "bot_user_id": app.bot_user,
        "bot_token": app.bot_token,
        "app_token": app.app_token,
        "signing_secret": app.signing_secret,
    }


async def verify(slack: Slack, asked: Asked) -> JSON:
    """Takes {app?}: put Slack's url_verification challenge to an app over HTTP."""
    await slack.courier.http.challenge(slack.app(asked.text("app")))
    return {}


async def revoke(slack: Slack, asked: Asked) -> JSON:
    """Takes {app?}: revoke an app's tokens."""
    installing.revoke(slack, slack.app(asked.text("app")))
    return {}


async def add_person(slack: Slack, asked: Asked) -> JSON:
    """Takes {handle, name, tz?, title?, email?, restricted?, admin?, team?}."""
    facts = dict(asked.body)
    return {"person": asdict(office.add_person(slack, str(facts.pop("handle")), facts))}


async def change_person(slack: Slack, asked: Asked) -> JSON:
    """Takes {name?, email?, tz?, title?, restricted?, admin?, dnd?, handle?, deleted?}."""
    changes = dict(asked.body)
    deleted = changes.pop("deleted", None)
    if deleted is not None:
        (office.deactivate if deleted else office.reactivate)(slack, asked.person)
    if changes:
        office.change_user(slack, asked.person, changes)
    return {"person": asdict(slack.store.people[asked.person])}


async def set_group(slack: Slack, asked: Asked) -> JSON:
    """Takes {handle, members, name?}."""
    group = office.set_group(
        slack, asked.text("handle"), list(asked.body["members"]), asked.text("name")
    )
    return {"group": asdict(group)}


async def add_channel(slack: Slack, asked: Asked) -> JSON:
    """Takes {name, members, private?, shared?}."""
    members = [str(member) for member in asked.body.get("members", [])]
    private, shared = bool(asked.body.get("private")), bool(asked.body.get("shared"))
    channel = office.add_channel(slack, asked.text("name"), members, private=private, shared=shared)
    return {"channel": asdict(channel)}


async def membership(slack: Slack, asked: Asked) -> JSON:
    """Takes {channel, who, joined: true}."""
    change = posting.join if asked.body.get("joined", True) else posting.leave
    change(slack, slack.channel(asked.text("channel")), slack.person(asked.text("who")).id)
    return {}


async def clock(slack: Slack, asked: Asked) -> JSON:
    """Takes {move_s} or {set: "2026-12-01T09:00:00+01:00"}; without a body: what time it is."""
    if "move_s" in asked.body:
        slack.clock.move(timedelta(seconds=float(asked.body["move_s"])))
    elif "set" in asked.body:
        slack.clock.set(datetime.fromisoformat(asked.text("set")))
    return {"clock": clock_shape(slack)}


async def faults(slack: Slack, _: Asked) -> JSON:
    """The faults in force."""
    force = slack.faults
    return {
        "api": [asdict(fault) for fault in force.api],
        "delivery": [asdict(fault) for fault in force.delivery],
        "dead_triggers": force.dead_triggers,
    }


async def add_fault(slack: Slack, asked: Asked) -> JSON:
    """Takes {method, how, channel?, times?, retry_after?, status?, code?, seconds?} or {how.

    Lost_ack | redeliver | cut, kind?, times?} or {how: expired_trigger, times?}.
    """
    how, times = asked.text("how"), asked.body.get("times", 1)
    if how == "lost_ack":
        slack.faults.lose_ack(asked.text("kind"), times=int(times))
    elif how == "redeliver":
        slack.faults.redeliver(asked.text("kind"), times=int(times))
    elif how == "cut":
        slack.faults.cut(asked.text("kind"), times=int(times))
    elif how == "expired_trigger":
        slack.faults.expire_triggers(int(times))
    elif how in HOWS:
        slack.faults.add(ApiFault(**asked.body))
    else:
        raise BadRequest(reason=f"“how” is one of {', '.join(ALL_HOWS)}")
    return await faults(slack, asked)


async def clear_faults(slack: Slack, _: Asked) -> JSON:
    """Everything works again."""
    slack.faults.clear()
    return {}


async def logs(slack: Slack, asked: Asked) -> JSON:
    """The latest Web API calls and deliveries, newest first; `?limit=200`."""
    most = int(asked.query("limit", str(LATEST)))
    calls = [_call(call) for call in islice(reversed(list(slack.calls)), most)]
    deliveries = [
        _delivery(delivery) for delivery in islice(reversed(list(slack.courier.log)), most)
    ]
    return {"calls": calls, "deliveries": deliveries}


def _call(call: ApiCall) -> JSON:
    return dict(vars(call)) | {"at": call.at.isoformat(), "ok": call.ok}


def _delivery(delivery: Delivery) -> JSON:
    return dict(vars(delivery)) | {"at": delivery.at.isoformat()}


POSTS: dict[str, Door] = {
    "apps": install,
    "apps/verify": verify,
    "apps/revoke": revoke,
    "people": add_person,
    "people/{who}/change": change_person,
    "groups": set_group,
    "channels": add_channel,
    "membership": membership,
    "clock": clock,
    "faults": add_fault,
}
routes = [
    *(route(f"/sandbox/{path}", door, method="POST") for path, door in POSTS.items()),
    route("/sandbox/clock", clock),
    route("/sandbox/faults", faults),
    route("/sandbox/faults", clear_faults, method="DELETE"),
    route("/sandbox/logs", logs),
]

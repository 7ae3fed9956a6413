"""api.test, auth.test, apps.connections.open, team.info, bots.info and our own sandbox.clock."""

from sandbox.api.call import Call, method
from sandbox.codes import SlackError
from sandbox.shapes import people
from sandbox.state.records import JSON


@method("api.test")
def api_test(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/api.test."""
    if error := call.text("error"):
        return {"ok": False, "error": error, "args": call.arguments}
    return {"args": call.arguments}


@method("auth.test")
def auth_test(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/auth.test."""
    team = call.slack.team
    return {
        "url": f"{call.slack.store.url}/",
        "team": team["name"],
        "user": call.slack.store.people[call.app.bot_user].handle,
        "team_id": team["id"],
        "user_id": call.app.bot_user,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
def connections_open(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/apps.connections.open."""
    if call.app.transport != "socket" or call.app.id in call.slack.courier.sockets.disabled:
        raise SlackError("forbidden_team")
    ticket = call.slack.courier.sockets.ticket(call.app.id)
    host = call.slack.store.url.replace("http", "ws", 1)
    return {"url": f"{host}/link/?ticket={ticket}&app_id={call.app.id}"}


@method("team.info")
def team_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/team.info."""
    team = call.slack.team
    if call.text("team", team["id"]) != team["id"]:
        raise SlackError("team_not_found")
    return {"team": team | {"email_domain": "", "icon": {}, "url": f"{call.slack.store.url}/"}}


@method("bots.info")
def bots_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/bots.info."""
    for app in call.slack.store.apps.all():
        if app.bot_id == call.text("bot", call.app.bot_id):
            return {"bot": people.bot(app, call.slack.clock.now())}
    raise SlackError("bot_not_found")


@method("sandbox.clock")
def sandbox_clock(call: Call) -> JSON:
    """The workspace's movable clock, for a bot in another process that has to follow it.

    Slack has no such method.
    """
    clock = call.slack.clock
    return {"now": clock.now().isoformat(), "offset_s": clock.offset.total_seconds()}

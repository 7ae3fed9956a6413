"""From Slack's payloads to a :class:`bot.desk.Gesture`: who, where, and the delivery's key."""

from typing import Any

from bot.desk import Gesture

Body = dict[str, Any]


def of_command(body: Body) -> Gesture:
    """A slash command. Keyed by its trigger: a second, equal command is a second wish."""
    user, team = str(body["user_id"]), str(body["team_id"])
    trigger = str(body["trigger_id"])
    return Gesture(
        user=user, team=team, surface="command", key=f"cmd:{team}:{trigger}", trigger_id=trigger
    )


def of_interaction(body: Body, surface: str) -> Gesture:
    """A click or a shortcut. No key: the state of the request decides, not the delivery."""
    user, team = _who(body)
    return Gesture(
        user=user, team=team, surface=surface, trigger_id=str(body.get("trigger_id", ""))
    )


def of_submission(body: Body) -> Gesture:
    """A form handed in. Keyed by its view: two clicks on Submit are one."""
    user, team = _who(body)
    view = body["view"]
    return Gesture(
        user=user,
        team=team,
        surface="modal",
        key=f"view:{team}:{view['id']}:{view['callback_id']}",
    )


def of_event(body: Body, user: str) -> Gesture:
    """An event. Keyed by its event id, which is the same in every copy."""
    team = str(body["team_id"])
    return Gesture(user=user, team=team, surface="event", key=f"ev:{team}:{body['event_id']}")


def _who(body: Body) -> tuple[str, str]:
    user = body["user"]
    team = user.get("team_id") or (body.get("team") or {}).get("id", "")
    return str(user["id"]), str(team)

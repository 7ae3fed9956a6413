"""Users, user groups and bots in Slack's JSON."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.state.records import JSON, App, Group, Person


def user(
    person: Person,
    now: datetime,
    *,
    with_email: bool = True,
    with_locale: bool = False,
    shares_channel: bool = False,
) -> JSON:
    """A user object (docs.slack.dev/reference/objects/user-object).

    ``is_stranger`` is left out for people of another team whose channel the app shares: only their
    ``team_id`` tells them from members then.
    """
    here = now.astimezone(ZoneInfo(person.tz))
    offset = here.utcoffset()
    shape: JSON = {
        "id": person.id,
        "team_id": person.team,
        "name": person.handle,
        "deleted": person.deleted,
        "real_name": person.name,
        "profile": profile(person, now, with_email=with_email),
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": person.updated,
    }
    if not person.deleted:
        shape |= {
            "color": "9f69e7",
            "tz": person.tz,
            "tz_label": here.tzname() or person.tz,
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
            "is_admin": person.admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": person.restricted,
            "is_ultra_restricted": False,
            "is_email_confirmed": not person.is_bot,
            "who_can_share_contact_card": "EVERYONE",
        }
    if person.stranger and not shares_channel:
        shape["is_stranger"] = True
    if with_locale:
        shape["locale"] = "en-US"
    return shape


def profile(person: Person, now: datetime, *, with_email: bool = True) -> JSON:
    """A user's profile object."""
    first, _, last = person.name.partition(" ")
    shape: JSON = {
        "title": person.title,
        "phone": "",
        "real_name": person.name,
        "real_name_normalized": person.name,
        "display_name": person.handle,
        "display_name_normalized": person.handle,
        "first_name": first,
        "last_name": last,
        "avatar_hash": "",
        "team": person.team,
    } | status(person, now)
    if with_email and person.email:
        shape["email"] = person.email
    if person.is_bot:
        shape |= {"bot_id": person.bot_id, "api_app_id": person.app_id}
    return shape


def status(person: Person, now: datetime) -> JSON:
    """A person's status; one that has ended by `now` is gone."""
    ends = person.status_expiration
    lasts = not ends or now.timestamp() < ends
    return {
        "status_text": person.status_text if lasts else "",
        "status_emoji": person.status_emoji if lasts else "",
        "status_expiration": ends if lasts else 0,
    }


def usergroup(group: Group, team: str, *, with_users: bool, with_count: bool = True) -> JSON:
    """A user group object (docs.slack.dev/reference/objects/usergroup-object)."""
    shape: JSON = {
        "id": group.id,
        "team_id": team,
        "is_usergroup": True,
        "is_subteam": True,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "is_external": False,
        "date_create": 0,
        "date_update": group.updated,
        "date_delete": 0,
        "auto_type": None,
        "enterprise_subteam_id": "",
        "prefs": {"channels": [], "groups": []},
    }
    if with_users:
        shape["users"] = list(group.users)
    if with_count:
        shape["user_count"] = len(group.users)
    return shape


def bot(app: App, now: datetime) -> JSON:
    """A bot object as bots.info gives it."""
    return {
        "id": app.bot_id,
        "deleted": False,
        "name": app.name,
        "updated": int(now.timestamp()),
        "app_id": app.id,
        "user_id": app.bot_user,
        "icons": {},
    }


def bot_profile(app: App, team: str) -> JSON:
    """The bot_profile that messages of a bot carry."""
    return {
        "id": app.bot_id,
        "app_id": app.id,
        "user_id": app.bot_user,
        "name": app.name,
        "icons": {},
        "deleted": False,
        "updated": 0,
        "team_id": team,
    }


def interactor(person: Person) -> JSON:
    """The `user` of an interaction payload."""
    return {
        "id": person.id,
        "username": person.handle,
        "name": person.handle,
        "team_id": person.team,
    }

"""Which app hears of what, and in which words (docs.slack.dev/reference/events)."""

import secrets

from sandbox import links
from sandbox.shapes import conversations, people, views
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Channel, Group, Message, Person

CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im"}
MESSAGE_EVENTS = {"public": "message.channels", "private": "message.groups", "im": "message.im"}
HISTORY_SCOPES = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
READ_SCOPES = {"public": "channels:read", "private": "groups:read", "im": "im:read"}


def publish(slack: Slack, app: App, event: JSON, *, subscription: str, scope: str = "") -> None:
    """Hand an event to an app if it has subscribed to it and holds the scope."""
    if subscription in app.events and (not scope or scope in app.scopes) and not app.revoked:
        slack.courier.publish(app, _envelope(slack, app, event))


def _envelope(slack: Slack, app: App, event: JSON) -> JSON:
    return {
        "token": app.verification_token,
        "team_id": slack.team_id,
        "context_team_id": slack.team_id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": slack.new_id("Ev"),
        "event_time": slack.now_s(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": slack.team_id,
                "user_id": app.bot_user,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": _is_shared(slack, str(event.get("channel", ""))),
        "event_context": f"4-{secrets.token_urlsafe(24)}",
    }


def _is_shared(slack: Slack, channel_id: str) -> bool:
    channel = slack.store.channels.get(channel_id)
    return channel is not None and channel.shared


def _listeners(slack: Slack, channel: Channel) -> list[App]:
    return [app for app in slack.store.apps.all() if app.bot_user in channel.members]


def _message_event(slack: Slack, channel: Channel, event: JSON) -> None:
    event |= {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.form]}
    for app in _listeners(slack, channel):
        subscription, scope = MESSAGE_EVENTS[channel.form], HISTORY_SCOPES[channel.form]
        publish(slack, app, event, subscription=subscription, scope=scope)


def message_posted(slack: Slack, message: Message) -> None:
    """A message event, and an app_mention for every app that is named in a channel it is in."""
    channel = slack.store.channels[message.channel]
    shape = conversations.message(slack.store, slack.team_id, message, with_metadata=True)
    shape["event_ts"] = message.ts
    _message_event(slack, channel, dict(shape))
    if not message.bot_id:
        link_shared(slack, message)
    if channel.form == "im" or message.bot_id:
        return
    for app in _listeners(slack, channel):
        if f"<@{app.bot_user}>" in message.text:
            mention = shape | {"type": "app_mention", "channel": channel.id}
            publish(slack, app, mention, subscription="app_mention", scope="app_mentions:read")


def link_shared(slack: Slack, message: Message) -> None:
    """A link_shared event, to every app on whose domains a person's message has links.

    Slack sends it wherever the message stands, whether the bot is in that conversation or not.
    """
    channel = slack.store.channels[message.channel]
    for app in slack.store.apps.all():
        if not (shared := links.links(message, app)):
            continue
        event: JSON = {
            "type": "link_shared",
            "channel": channel.id,
            "is_bot_user_member": app.bot_user in channel.members,
            "user": message.user,
            "message_ts": message.ts,
            "unfurl_id": links.unfurl_id(app, message),
            "source": links.POSTED,
            "links": shared,
            "event_ts": slack.next_ts(),
        }
        if message.thread_ts:
            event["thread_ts"] = message.thread_ts
        publish(slack, app, event, subscription="link_shared", scope="links:read")


def message_changed(slack: Slack, before: JSON, after: Message) -> None:
    """A message_changed event with the message before and after."""
    ts = slack.next_ts()
    shape = conversations.message(slack.store, slack.team_id, after, with_metadata=True)
    event: JSON = {
        "type": "message",
        "subtype": "message_changed",
        "message": shape,
        "previous_message": before,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }
    _message_event(slack, slack.store.channels[after.channel], event)


def message_deleted(slack: Slack, channel: Channel, before: JSON) -> None:
    """A message_deleted event."""
    ts = slack.next_ts()
    event: JSON = {
        "type": "message",
        "subtype": "message_deleted",
        "deleted_ts": before["ts"],
        "previous_message": before,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
    }
    _message_event(slack, channel, event)


def home_opened(slack: Slack, app: App, person: Person, tab: str) -> None:
    """An app_home_opened event, at every opening; with the Home tab's view when there is one."""
    event: JSON = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": slack.direct(person.id, app.bot_user).id,
        "tab": tab,
        "event_ts": slack.next_ts(),
    }
    home = slack.store.views.get(home_id(app, person.id))
    if tab == "home" and home is not None:
        event["view"] = views.view(home, app, slack.team_id)
    publish(slack, app, event, subscription="app_home_opened")


def home_id(app: App, user: str) -> str:
    """The id of one person's Home tab of one app."""
    return f"V{app.id[1:]}{user[1:]}"


def membership(
    slack: Slack, channel: Channel, user: str, *, joined: bool, inviter: str = ""
) -> None:
    """member_joined_channel or member_left_channel, to the apps in that channel."""
    kind = "member_joined_channel" if joined else "member_left_channel"
    event: JSON = {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.form == "private" else "C",
        "team": slack.store.people[user].team,
        "event_ts": slack.next_ts(),
    }
    if inviter:
        event["inviter"] = inviter
    for app in slack.store.apps.all():
        if app.bot_user in channel.members or app.bot_user == user:
            publish(slack, app, dict(event), subscription=kind, scope=READ_SCOPES[channel.form])


def user_event(slack: Slack, kind: str, person: Person) -> None:
    """user_change, user_status_changed or team_join, to every app that may read users."""
    for app in slack.store.apps.all():
        shape = people.user(
            person,
            slack.clock.now(),
            with_email="users:read.email" in app.scopes,
            shares_channel=slack.share_channel(person.id, app.bot_user),
        )
        event: JSON = {"type": kind, "user": shape, "event_ts": slack.next_ts()}
        if kind != "team_join":
            event["cache_ts"] = slack.now_s()
        publish(slack, app, event, subscription=kind, scope="users:read")


def group_changed(slack: Slack, group: Group, added: list[str], removed: list[str]) -> None:
    """subteam_updated and subteam_members_changed."""
    shape = people.usergroup(group, slack.team_id, with_users=True)
    updated: JSON = {"type": "subteam_updated", "subteam": shape, "event_ts": slack.next_ts()}
    members: JSON = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": slack.team_id,
        "date_previous_update": group.updated,
        "date_update": slack.now_s(),
        "added_users": added,
        "added_users_count": len(added),
        "removed_users": removed,
        "removed_users_count": len(removed),
        "event_ts": slack.next_ts(),
    }
    for app in slack.store.apps.all():
        publish(slack, app, dict(updated), subscription="subteam_updated", scope="usergroups:read")
        publish(
            slack,
            app,
            dict(members),
            subscription="subteam_members_changed",
            scope="usergroups:read",
        )


def reaction(slack: Slack, message: Message, user: str, name: str, *, added: bool) -> None:
    """reaction_added or reaction_removed, to the apps in that channel."""
    kind = "reaction_added" if added else "reaction_removed"
    event: JSON = {
        "type": kind,
        "user": user,
        "reaction": name,
        "item_user": message.user,
        "item": {"type": "message", "channel": message.channel, "ts": message.ts},
        "event_ts": slack.next_ts(),
    }
    for app in _listeners(slack, slack.store.channels[message.channel]):
        publish(slack, app, dict(event), subscription=kind, scope="reactions:read")


def tokens_revoked(slack: Slack, app: App) -> None:
    """tokens_revoked, the last thing an app hears."""
    event: JSON = {
        "type": "tokens_revoked",
        "tokens": {"oauth": [], "bot": [app.bot_user]},
        "event_ts": slack.next_ts(),
    }
    publish(slack, app, event, subscription="tokens_revoked")

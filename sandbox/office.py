"""What administrators do: people come, change and go, groups and channels change."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from sandbox import events, posting, seed
from sandbox.errors import TooLong
from sandbox.slack import Slack
from sandbox.state.records import Channel, Group, Person

CHANGEABLE = {"name", "email", "tz", "title", "restricted", "admin", "dnd", "handle"}
STATUS_MOST = 100
"""Characters of a status (docs.slack.dev/reference/methods/users.profile.set)."""
STATUS_EMOJI = ":speech_balloon:"
"""What Slack puts before a status without an emoji."""


def change_user(slack: Slack, who: str, changes: dict[str, Any]) -> Person:
    """Change what the workspace knows of a person; the apps hear of it."""
    if unknown := set(changes) - CHANGEABLE:
        raise TypeError(f"A person has no {', '.join(sorted(unknown))}.")
    return _changed(slack, slack.person(who), changes)


def deactivate(slack: Slack, who: str) -> Person:
    """Deactivate a person: out of channels and groups, no gestures any more."""
    person = slack.person(who)
    with slack.store.change():
        for channel in slack.store.channels.all():
            if channel.form != "im":
                posting.leave(slack, channel, person.id)
        for group in slack.store.groups.all():
            if person.id in group.users:
                set_group(slack, group.handle, [user for user in group.users if user != person.id])
        return _changed(slack, person, {"deleted": True})


def reactivate(slack: Slack, who: str) -> Person:
    """Let a deactivated person back in; channels and groups have to be joined again."""
    return _changed(slack, slack.person(who), {"deleted": False})


def set_status(
    slack: Slack, who: str, text: str, emoji: str = "", until: datetime | None = None
) -> Person:
    """Set a person's status, or end it with an empty text and emoji; the apps hear of it.

    At `until` it ends by itself, and the apps hear of that too.
    """
    if len(text) > STATUS_MOST:
        raise TooLong(field="Status", maximum=STATUS_MOST)
    emoji = emoji or (STATUS_EMOJI if text else "")
    ends = int(until.timestamp()) if until is not None and emoji else 0
    changes = {"status_text": text, "status_emoji": emoji, "status_expiration": ends}
    person = _changed(slack, slack.person(who), changes, "user_status_changed")
    arm_status(slack, person)
    return person


def arm_status(slack: Slack, person: Person) -> None:
    """Have a person's status end when the workspace's clock gets there."""
    if ends := person.status_expiration:
        action = partial(_end_status, slack, person.id, ends)
        slack.alarms.at(datetime.fromtimestamp(ends, UTC), action)


def _end_status(slack: Slack, person_id: str, ends: int) -> None:
    if slack.store.people[person_id].status_expiration == ends:
        set_status(slack, person_id, "")


def _changed(slack: Slack, person: Person, changes: dict[str, Any], event: str = "") -> Person:
    """Change a person; the apps hear of it by user_change and by the further `event`, if any."""
    with slack.store.change():
        for name, value in changes.items():
            setattr(person, name, value)
        person.updated = slack.now_s()
        slack.store.people.save(person)
        for kind in ("user_change", event) if event else ("user_change",):
            events.user_event(slack, kind, person)
    return person


def add_person(slack: Slack, handle: str, facts: dict[str, Any]) -> Person:
    """A new member, guest or stranger."""
    with slack.store.change():
        person = seed.add_person(slack, handle, **facts)
        events.user_event(slack, "team_join", person)
    return person


def set_group(slack: Slack, handle: str, members: list[str], name: str = "") -> Group:
    """Who is in a user group from now on; a new one is made when there is none of that handle."""
    users = [slack.person(member).id for member in members]
    with slack.store.change():
        found = [group for group in slack.store.groups.all() if group.handle == handle]
        group = found[0] if found else Group(slack.new_id("S"), handle, name or handle)
        added = [user for user in users if user not in group.users]
        removed = [user for user in group.users if user not in users]
        group.users, group.name = users, name or group.name
        events.group_changed(slack, group, added, removed)
        group.updated = slack.now_s()
        return slack.store.groups.save(group)


def add_channel(
    slack: Slack, name: str, members: list[str], *, private: bool = False, shared: bool = False
) -> Channel:
    """A new channel with these people in it; `shared` with another team through Slack Connect."""
    with slack.store.change():
        form = "private" if private else "public"
        users = [slack.person(member).id for member in members]
        channel = Channel(slack.new_id("C"), name, form=form, created=slack.now_s(), shared=shared)
        slack.store.channels.save(channel)
        for user in users:
            posting.join(slack, channel, user)
    return channel


def archive(slack: Slack, name: str) -> None:
    """Archive a channel."""
    channel = slack.channel(name)
    channel.archived = True
    slack.store.channels.save(channel)

"""users.*, usergroups.* and dnd.info."""

from sandbox.api.call import Call, method, page
from sandbox.codes import SlackError
from sandbox.shapes import people
from sandbox.state.records import JSON, Person


def _user(call: Call, person: Person) -> JSON:
    with_email = "users:read.email" in call.app.scopes
    return people.user(
        person,
        call.slack.clock.now(),
        with_email=with_email,
        with_locale=call.flag("include_locale"),
        shares_channel=call.slack.share_channel(person.id, call.app.bot_user),
    )


@method("users.info")
def users_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/users.info."""
    return {"user": _user(call, call.person())}


@method("users.list")
def users_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/users.list."""
    members = [person for person in call.slack.store.people.all() if not person.stranger]
    shown, more = page(members, call, default=1000)
    return {
        "members": [_user(call, person) for person in shown],
        "cache_ts": call.slack.now_s(),
    } | more


@method("users.lookupByEmail")
def users_lookup_by_email(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/users.lookupByEmail."""
    wanted = call.text("email").lower()
    for person in call.slack.store.people.all():
        if person.email.lower() == wanted and not person.deleted and not person.stranger:
            return {"user": _user(call, person)}
    raise SlackError("users_not_found")


@method("users.profile.get")
def users_profile_get(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/users.profile.get."""
    person = call.person() if call.text("user") else call.slack.store.people[call.app.bot_user]
    with_email = "users:read.email" in call.app.scopes
    return {"profile": people.profile(person, call.slack.clock.now(), with_email=with_email)}


@method("usergroups.list")
def usergroups_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/usergroups.list."""
    return {
        "usergroups": [
            people.usergroup(
                group,
                call.slack.team_id,
                with_users=call.flag("include_users"),
                with_count=call.flag("include_count"),
            )
            for group in call.slack.store.groups.all()
        ]
    }


@method("usergroups.users.list")
def usergroups_users_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/usergroups.users.list."""
    group = call.slack.store.groups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": [user for user in group.users if not call.slack.store.people[user].deleted]}


@method("dnd.info")
def dnd_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/dnd.info."""
    person = call.person() if call.text("user") else call.slack.store.people[call.app.bot_user]
    never: JSON = {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    return person.dnd or never

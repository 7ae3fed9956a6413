"""The workspace's first day: people, channels and groups from a TOML file."""

import tomllib
from pathlib import Path
from typing import Any

from sandbox.slack import Slack
from sandbox.state.records import Channel, Group, Person, Setting

COMPANY = Path(__file__).with_name("company.toml")


def plant(slack: Slack, seed: Path | None) -> None:
    """Fill an empty workspace; one that has a team already is left alone."""
    if "team" in slack.store.settings:
        return
    company = tomllib.loads((seed or COMPANY).read_text(encoding="utf-8"))
    with slack.store.change():
        team = company["team"]
        team_id = f"T0SB{team['domain'].upper()[:6]:0<6}"
        slack.store.settings.save(
            Setting("team", {"id": team_id, "name": team["name"], "domain": team["domain"]})
        )
        for handle, facts in company["people"].items():
            add_person(slack, handle, **facts)
        for name, facts in company["channels"].items():
            _channel(slack, name, facts)
        slack.store.settings.save(Setting("invited", company.get("apps", {}).get("invited_to", [])))
        for handle, facts in company.get("groups", {}).items():
            users = [slack.person(member).id for member in facts["members"]]
            slack.store.groups.save(Group(f"S0SB{_letters(handle)}", handle, facts["name"], users))


def add_person(slack: Slack, handle: str, *, name: str, team: str = "", **facts: Any) -> Person:
    """A new person.

    One of another `team` (a name) is a stranger who shares a channel through Slack Connect.
    """
    stranger = bool(team)
    person = Person(
        f"U0SB{_letters(handle)}",
        handle=handle,
        name=name,
        team=f"T0EX{_letters(team)}" if stranger else slack.team_id,
        email=facts.pop("email", f"{handle}@{slack.team['domain']}.example"),
        stranger=stranger,
        **facts,
    )
    return slack.store.people.save(person)


def _channel(slack: Slack, name: str, facts: dict[str, Any]) -> None:
    everybody = [
        person.id
        for person in slack.store.people.all()
        if not person.restricted and not person.stranger
    ]
    members = (
        [slack.person(member).id for member in facts["members"]]
        if "members" in facts
        else everybody
    )
    members += [slack.person(guest).id for guest in facts.get("guests", [])]
    form = "private" if facts.get("private") else "public"
    channel_id = f"C0SB{_letters(name)}"
    slack.store.channels.save(
        Channel(
            channel_id,
            name,
            form=form,
            members=members,
            created=slack.now_s(),
            topic=facts.get("topic", ""),
        )
    )


def _letters(name: str) -> str:
    """The name's letters as the tail of an id, at least six of them."""
    letters = "".join(
        character for character in name.upper() if character.isascii() and character.isalnum()
    )
    return f"{letters:0<6}"

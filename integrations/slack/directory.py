"""People, groups and channels: the calls that look something up."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from bot.errors import RateLimited, SlackRefused
from bot.ports import Identity, Json, Person
from integrations.clock import SystemClock
from integrations.slack.client import web_client
from integrations.slack.line import Line

_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{8,}")
_GROUP_ID = re.compile(r"S[A-Z0-9]{8,}")
_AWAY = ("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger")
_PAGE = 200
_LONGEST_WAIT = 60.0


class Directory:
    """Looks up people, user groups and channels."""

    def __init__(self, token: str, api_url: str, line: Line) -> None:
        """Point at a workspace, reached over ``line``; nothing is called yet."""
        self._line = line
        self._web = web_client(token, api_url)
        self._channels: dict[str, str] = {}
        self._joined: set[str] = set()
        self._team = ""
        self._home = ""

    def identity(self) -> Identity:
        """Return what ``auth.test`` says, and the scopes in its headers."""
        answer = self._line.answered("auth.test", self._web.auth_test)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        scopes = (headers.get("x-oauth-scopes") or "").split(",")
        now = SystemClock().now()
        sent = headers.get("date")
        ahead = now - parsedate_to_datetime(sent) if sent else timedelta()
        self._team = str(answer["team_id"])
        return Identity(
            team=self._team,
            bot_user=str(answer["user_id"]),
            url=str(answer["url"]),
            scopes=frozenset(each.strip() for each in scopes if each.strip()),
            ahead=ahead.total_seconds(),
        )

    def home_address(self) -> str:
        """Return the deep link (https://docs.slack.dev/interactivity/deep-linking)."""
        if not self._home:
            me = self._line.call("auth.test", self._web.auth_test)
            bot = self._line.call("bots.info", self._web.bots_info, bot=str(me["bot_id"]))["bot"]
            where = {"team": str(me["team_id"]), "id": str(bot["app_id"]), "tab": "home"}
            self._home = f"slack://app?{urlencode(where)}"
        return self._home

    def members(self) -> Iterator[Person]:
        """Yield everybody of ``users.list``, waiting when Slack asks us to."""
        for user in self._pages("users.list", self._web.users_list, "members"):
            yield person_of(user, self._own_team())

    def person(self, user: str) -> Person | None:
        """Return what ``users.info`` says."""
        try:
            answer = self._line.call("users.info", self._web.users_info, user=user)
        except SlackRefused as refused:
            if refused.code in ("user_not_found", "user_not_visible"):
                return None
            raise
        return person_of(answer["user"], self._own_team())

    def person_by_email(self, email: str) -> Person | None:
        """Return the member with this address (``users.lookupByEmail``)."""
        try:
            answer = self._line.call(
                "users.lookupByEmail", self._web.users_lookupByEmail, email=email
            )
        except SlackRefused as refused:
            if refused.code == "users_not_found":
                return None
            raise
        return person_of(answer["user"], self._own_team())

    def group(self, handle: str) -> tuple[str, frozenset[str]] | None:
        """Return a user group by handle or id, with its members."""
        groups = self._line.call("usergroups.list", self._web.usergroups_list)["usergroups"]
        wanted = "id" if _GROUP_ID.fullmatch(handle) else "handle"
        found = next((group for group in groups if group.get(wanted) == handle), None)
        if found is None:
            return None
        answer = self._line.call(
            "usergroups.users.list", self._web.usergroups_users_list, usergroup=found["id"]
        )
        return str(found["id"]), frozenset(answer["users"])

    def channel(self, name: str, *, join: bool = True) -> str | None:
        """Return the channel's id; ``join``: be in it, too, where Slack lets us."""
        name = name.removeprefix("#")
        if _CHANNEL_ID.fullmatch(name):
            return name
        if name not in (self._joined if join else self._channels):
            channel = self._named(name)
            if channel is None:
                return None
            if join and not channel.get("is_member") and not channel.get("is_private"):
                self._line.call(
                    "conversations.join", self._web.conversations_join, channel=channel["id"]
                )
            self._channels[name] = str(channel["id"])
            if join:
                self._joined.add(name)
        return self._channels[name]

    def stands_in(self, name: str) -> bool | None:
        """Return ``is_member``, by name or id; archived channels are none."""
        name = name.removeprefix("#")
        if not _CHANNEL_ID.fullmatch(name):
            named = self._named(name)
            return None if named is None else bool(named.get("is_member"))
        try:
            info = self._line.call("conversations.info", self._web.conversations_info, channel=name)
        except SlackRefused as refused:
            if refused.code == "channel_not_found":
                return None
            raise
        found: Json = info["channel"]
        return None if found.get("is_archived") else bool(found.get("is_member"))

    def _named(self, name: str) -> Json | None:
        found = self._pages(
            "conversations.list",
            self._web.conversations_list,
            "channels",
            types="public_channel,private_channel",
            exclude_archived=True,
        )
        return next((each for each in found if each.get("name") == name), None)

    def _own_team(self) -> str:
        return self._team or self.identity().team

    def _pages(
        self, method: str, api: Callable[..., Any], items: str, **arguments: Any
    ) -> Iterator[Json]:
        cursor: str | None = None
        while True:
            try:
                answer = self._line.call(method, api, limit=_PAGE, cursor=cursor, **arguments)
            except RateLimited as limit:
                self._line.wait(min(limit.retry_after, _LONGEST_WAIT))
                continue
            yield from answer[items]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None
            if cursor is None:
                return


def _until(said: object) -> datetime | None:
    """Return when a status ends; Slack says 0 for "when they take it away"."""
    return datetime.fromtimestamp(said, UTC) if isinstance(said, int) and said > 0 else None


def person_of(user: Json, team: str) -> Person:
    """Return a :class:`Person` from Slack's user object; ``team`` is our own.

    Guests, bots, people who left and people of other teams are not active. Slack's ``is_stranger``
    is left out for people of another team who share a channel with us, so the team decides: theirs,
    or on Enterprise Grid one of theirs (docs.slack.dev/reference/objects/user-object).
    """
    profile = user.get("profile") or {}
    theirs = str(user.get("team_id", ""))
    is_ours = team in (theirs, *(user.get("enterprise_user") or {}).get("teams", ()))
    return Person(
        user=str(user["id"]),
        team=team if is_ours else theirs,
        name=str(profile.get("real_name") or user.get("real_name") or user.get("name", "")),
        email=str(profile.get("email", "")),
        tz=str(user.get("tz") or "UTC"),
        status=str(profile.get("status_text") or ""),
        emoji=str(profile.get("status_emoji") or ""),
        status_until=_until(profile.get("status_expiration")),
        active=is_ours and not any(user.get(flag) for flag in _AWAY) and user["id"] != "USLACKBOT",
    )

"""The workspace as Python sees it: people, apps, clock, faults, logs."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sandbox import installing, office, posting, waiting
from sandbox.clock import Clock
from sandbox.errors import NotRunning
from sandbox.faults import Faults
from sandbox.log import ApiCall, Delivery, Log
from sandbox.seed import plant
from sandbox.slack import Slack
from sandbox.state.pending import Undelivered
from sandbox.state.records import JSON, App
from sandbox.story.conversation import Conversation
from sandbox.story.person import Person

T = TypeVar("T")
HANG_UP_S = 5.0


class Workspace:
    """One Slack team in a box.

    Reading and administration work at any time, gestures while a Server runs it.
    """

    def __init__(self, slack: Slack) -> None:
        self.slack = slack

    @classmethod
    def open(cls, journal: Path | str | None = None, seed: Path | str | None = None) -> "Workspace":
        """Open the workspace of a journal, or a fresh one from a seed, by default the demo company.

        Without a journal all is forgotten at the end. Raises JournalInUse, JournalUnreadable.
        """
        slack = Slack(Path(journal) if journal is not None else None)
        plant(slack, Path(seed) if seed is not None else None)
        return cls(slack)

    def close(self) -> None:
        """Let go of the journal; a server that stops does this too."""
        self.slack.store.close()

    @property
    def clock(self) -> Clock:
        """The movable clock: `now()`, `move(timedelta)`, `set(datetime)`."""
        return self.slack.clock

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.slack.faults

    @property
    def calls(self) -> Log[ApiCall]:
        """Every Web API call, oldest first; `calls.of("chat.postMessage")`."""
        return self.slack.calls

    @property
    def deliveries(self) -> Log[Delivery]:
        """Every attempt to hand something to an app, oldest first.

        `deliveries.of("view_submission")`.
        """
        return self.slack.courier.log

    @property
    def undelivered(self) -> list[Undelivered]:
        """The events that wait for another attempt."""
        return self.slack.store.undelivered.all()

    @property
    def team_id(self) -> str:
        """The team's id."""
        return self.slack.team_id

    def install(
        self, manifest: JSON, transport: str = "socket", request_url: str | None = None
    ) -> App:
        """Install an app from its manifest; the same name again keeps app id, tokens and secret.

        `transport` is "socket" or "http". A bot over HTTP needs the signing secret before it can
        answer, so Slack's challenge is put by `verify` once it listens. Raises BadManifest.
        """
        return installing.install(self.slack, manifest, transport, request_url or "")

    def revoke(self, app: str = "") -> None:
        """Revoke an app's tokens."""
        installing.revoke(self.slack, self.slack.app(app))

    def hang_up(self, reason: str = "", app: str = "") -> None:
        """Close an app's Socket Mode connections from Slack's side, as Slack does every few hours.

        ``reason``: Slack's word for why, said a second before (``warning``, ``refresh_requested``,
        ``link_disabled``, after which Socket Mode is switched off); ``reset``: the connections end
        without a word.
        """
        if self.slack.loop is None:
            raise NotRunning
        work = self.slack.courier.sockets.hang_up(self.slack.app(app).id, reason)
        asyncio.run_coroutine_threadsafe(work, self.slack.loop).result(HANG_UP_S)

    def enable_sockets(self, app: str = "") -> None:
        """Switch Socket Mode on again."""
        self.slack.courier.sockets.disabled.discard(self.slack.app(app).id)

    async def verify(self, app: str = "") -> None:
        """Put Slack's url_verification challenge to an app over HTTP. Raises ChallengeFailed."""
        await self.slack.run(self.slack.courier.http.challenge(self.slack.app(app)))

    def person(self, who: str) -> Person:
        """A person by handle or id. Raises Unknown."""
        return Person(self.slack, self.slack.person(who).id)

    @property
    def people(self) -> list[Person]:
        """Everybody but the bots."""
        return [Person(self.slack, p.id) for p in self.slack.store.people.all() if not p.is_bot]

    def channel(self, name: str, viewer: str = "") -> Conversation:
        """A channel as everybody sees it, or as `viewer` does."""
        channel = self.slack.channel(name)
        eyes = self.slack.person(viewer).id if viewer else self.slack.store.people.all()[0].id
        return Conversation(self.slack, eyes, channel.id)

    async def until(
        self,
        condition: Callable[[], T | None],
        timeout: float = waiting.PATIENCE,
        what: str = "that",
    ) -> T:
        """The first true value of `condition`, looked at again after every change.

        Raises NeverHappened.
        """
        return await waiting.until(self.slack, condition, timeout, what)

    def deactivate(self, who: str) -> None:
        """Deactivate a person; the apps hear of it."""
        office.deactivate(self.slack, who)

    def reactivate(self, who: str) -> None:
        """Let a deactivated person back in."""
        office.reactivate(self.slack, who)

    def change_user(self, who: str, **changes: Any) -> None:
        """Change a person's name, email, tz, title, restricted, admin, dnd or handle.

        The apps hear of it.
        """
        office.change_user(self.slack, who, changes)

    def add_person(self, handle: str, *, name: str, **facts: Any) -> Person:
        """A new person (tz, title, email, restricted, admin).

        With `team` a stranger from another company.
        """
        return Person(self.slack, office.add_person(self.slack, handle, {"name": name} | facts).id)

    def set_group(self, handle: str, members: list[str], name: str = "") -> None:
        """Who is in a user group from now on; the apps hear of it."""
        office.set_group(self.slack, handle, members, name)

    def add_channel(
        self, name: str, members: list[str], *, private: bool = False, shared: bool = False
    ) -> Conversation:
        """A new channel with these people in it."""
        office.add_channel(self.slack, name, members, private=private, shared=shared)
        return self.channel(name, members[0]) if members else self.channel(name)

    def archive(self, channel: str) -> None:
        """Archive a channel."""
        office.archive(self.slack, channel)

    def join(self, who: str, channel: str) -> None:
        """Add somebody to a channel; the apps in it hear of it."""
        posting.join(self.slack, self.slack.channel(channel), self.slack.person(who).id)

    def leave(self, who: str, channel: str) -> None:
        """Take somebody out of a channel; the apps in it hear of it."""
        posting.leave(self.slack, self.slack.channel(channel), self.slack.person(who).id)

    def invite_bot_to(self, channel: str, app: str = "") -> None:
        """Invite an app's bot to a channel."""
        self.join(self.slack.app(app).bot_user, channel)

    def remove_bot_from(self, channel: str, app: str = "") -> None:
        """Remove an app's bot from a channel."""
        self.leave(self.slack.app(app).bot_user, channel)

    def move_clock(self, **by: float) -> datetime:
        """Move the clock forward: `move_clock(hours=3)`; what falls due by that happens now."""
        return self.clock.move(timedelta(**by))

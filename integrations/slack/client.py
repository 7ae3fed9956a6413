"""Messages and views: the calls that show something to a person."""

import json
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient

from bot.errors import SlackRefused
from bot.ports import Json, Message
from integrations.slack.addresses import LOOPBACK, is_slacks
from integrations.slack.believing import usual
from integrations.slack.line import Line
from integrations.slack.own_messages import OwnMessages

METADATA_EVENT = "frontdesk_message"
"""The ``event_type`` of our messages' metadata; its payload holds the opaque key."""

VIEW_TIMEOUT = 1.5
"""Seconds for ``views.open``: the ack of the gesture waits for it, and Slack for the ack."""

_NOT_FOR_US = frozenset(("channel_not_found", "not_in_channel", "thread_not_found"))


def web_client(token: str | None, api_url: str, timeout: float = 10) -> WebClient:
    """Return a client that never repeats a call by itself: the outbox decides about that.

    A proxy of the environment is not used for a workspace on this machine.
    """
    believed = usual() if urlsplit(api_url).scheme == "https" else None
    client = WebClient(token=token, base_url=api_url, ssl=believed, retry_handlers=[])
    setattr(client, "timeout", timeout)  # noqa: B010 - typed as int, and handed to urllib as it is
    if urlsplit(api_url).hostname in LOOPBACK:
        client.proxy = None
    return client


class Messenger:
    """Posts, updates and finds our messages; opens and updates views."""

    def __init__(self, token: str, api_url: str, line: Line) -> None:
        """Point at a workspace, reached over ``line``; nothing is called yet."""
        self._line = line
        self._web = web_client(token, api_url)
        self._quick = web_client(token, api_url, VIEW_TIMEOUT)
        self._ours = OwnMessages(self._web, line)
        self._api_url = api_url
        self._dms: dict[str, str] = {}

    def post(self, channel: str, message: Message, key: str, thread_ts: str = "") -> str:
        """Post (https://docs.slack.dev/reference/methods/chat.postMessage), return the ``ts``."""
        answer = self._line.call(
            "chat.postMessage",
            self._web.chat_postMessage,
            channel=channel,
            text=message.text,
            blocks=list(message.blocks),
            thread_ts=thread_ts or None,
            metadata={"event_type": METADATA_EVENT, "event_payload": {"key": key}},
            unfurl_links=False,
            unfurl_media=False,
        )
        return str(answer["ts"])

    def delete(self, channel: str, ts: str) -> None:
        """Call https://docs.slack.dev/reference/methods/chat.delete."""
        self._line.call("chat.delete", self._web.chat_delete, channel=channel, ts=ts)

    def whisper(self, channel: str, user: str, message: Message, thread_ts: str) -> None:
        """Call https://docs.slack.dev/reference/methods/chat.postEphemeral."""
        self._line.call(
            "chat.postEphemeral",
            self._web.chat_postEphemeral,
            channel=channel,
            user=user,
            thread_ts=thread_ts,
            text=message.text,
            blocks=list(message.blocks),
        )

    def session(self, channel: str, thread_ts: str, title: str, *, is_over: bool) -> None:
        """Set the session's state (docs.slack.dev/reference/methods/agents.sessions.setStatus)."""
        self._line.call(
            "agents.sessions.setStatus",
            self._web.agents_sessions_setStatus,
            channel_id=channel,
            thread_ts=thread_ts,
            status="closed" if is_over else "active",
            title=title,
        )

    def update(self, channel: str, ts: str, message: Message) -> None:
        """Replace one of our messages."""
        self._line.call(
            "chat.update",
            self._web.chat_update,
            channel=channel,
            ts=ts,
            text=message.text,
            blocks=list(message.blocks),
        )

    def posted(self, channel: str, key: str, since: datetime, thread_ts: str = "") -> str | None:
        """Look for our message with this key from a minute before ``since`` on.

        A key is no secret: another app can post a message with ours.
        """
        found = self._ours.since(channel, since, thread_ts)
        return next((str(each["ts"]) for each in found if _key_of(each) == key), None)

    def text_of(self, channel: str, ts: str, thread_ts: str = "") -> str | None:
        """Read one message, of a thread when ``thread_ts`` is given."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        api = self._web.conversations_replies if thread_ts else self._web.conversations_history
        where: dict[str, Any] = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True}
        if thread_ts:
            where["ts"] = thread_ts
        try:
            answer = self._line.call(method, api, **where)
        except SlackRefused as refused:
            if refused.code in _NOT_FOR_US:
                return None
            raise
        return next((str(each["text"]) for each in answer["messages"] if each["ts"] == ts), None)

    def permalink(self, channel: str, ts: str) -> str:
        """Ask for it (https://docs.slack.dev/reference/methods/chat.getPermalink)."""
        try:
            answer = self._line.call(
                "chat.getPermalink", self._web.chat_getPermalink, channel=channel, message_ts=ts
            )
        except SlackRefused:
            return ""
        return str(answer["permalink"])

    def unfurl(self, unfurl_id: str, source: str, said: Mapping[str, Message]) -> None:
        """Call https://docs.slack.dev/reference/methods/chat.unfurl, for every link at once."""
        self._line.call(
            "chat.unfurl",
            self._web.chat_unfurl,
            unfurl_id=unfurl_id,
            source=source,
            unfurls={url: {"blocks": list(each.blocks)} for url, each in said.items()},
        )

    def open_dm(self, user: str) -> str:
        """Return the DM channel with ``user``; it never changes, so it is asked once."""
        if user not in self._dms:
            answer = self._line.call(
                "conversations.open", self._web.conversations_open, users=[user]
            )
            self._dms[user] = str(answer["channel"]["id"])
        return self._dms[user]

    def open_view(self, trigger_id: str, view: Json, *, on_top: bool = False) -> str:
        """Open a modal within the trigger's 3 s; the person waits, so it is tried once."""
        method, api = ("views.open", self._quick.views_open)
        if on_top:
            method, api = ("views.push", self._quick.views_push)
        answer = self._line.call(method, api, trigger_id=trigger_id, view=view)
        return str(answer["view"]["id"])

    def update_view(self, view_id: str, view_hash: str, view: Json) -> str:
        """Replace an open modal unless it is newer than ``view_hash``."""
        answer = self._line.call(
            "views.update",
            self._web.views_update,
            view_id=view_id,
            hash=view_hash or None,
            view=view,
        )
        return str(answer["view"]["hash"])

    def publish_home(self, user: str, view: Json, view_hash: str = "") -> str:
        """Replace the person's Home tab unless it is newer than ``view_hash``."""
        answer = self._line.call(
            "views.publish",
            self._web.views_publish,
            user_id=user,
            hash=view_hash or None,
            view=view,
        )
        return str(answer["view"]["hash"])

    def respond(self, response_url: str, message: Message) -> None:
        """Answer privately. Raises SlackRefused for an address that is not Slack's."""
        body: Json = {"text": message.text, "response_type": "ephemeral", "replace_original": False}
        if message.blocks:
            body["blocks"] = list(message.blocks)
        self._answer(response_url, body)

    def take_away(self, response_url: str) -> None:
        """Delete what was pressed. Raises SlackRefused for an address that is not Slack's."""
        self._answer(response_url, {"delete_original": True})

    def _answer(self, response_url: str, body: Json) -> None:
        if not is_slacks(response_url, self._api_url, "hooks.slack.com"):
            raise SlackRefused("not_slacks", "The response_url is not an address of Slack.")
        request = urllib.request.Request(  # noqa: S310 - the address is checked above
            response_url,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        opened(request, timeout=3).close()


def opened(request: urllib.request.Request, timeout: float) -> HTTPResponse:
    """Return the answer to ``request``, whose address was checked. Raises what urllib raises."""
    secure = request.type == "https"
    handlers = [urllib.request.HTTPSHandler(context=usual())] if secure else []
    opener = urllib.request.build_opener(NoRedirect, *handlers)
    answer: HTTPResponse = opener.open(request, timeout=timeout)
    return answer


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: one could lead anywhere, with our token."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow nothing: a redirect could lead anywhere."""


def _key_of(message: Json) -> str | None:
    key: str | None = ((message.get("metadata") or {}).get("event_payload") or {}).get("key")
    return key

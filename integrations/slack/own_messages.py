"""What we have posted ourselves: found again after an attempt of unknown outcome."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk import WebClient

from bot.ports import Json
from integrations.slack.line import Line

_BEFORE = 60.0
"""Seconds by which Slack's clock and ours may differ."""
_PAGE = 200


class OwnMessages:
    """Knows our messages not by what stands in them, which others can write, too."""

    def __init__(self, web: WebClient, line: Line) -> None:
        """Ask ``web`` over ``line``; nothing is called yet."""
        self._web = web
        self._line = line
        self._ids: tuple[str, str] | None = None

    def since(self, channel: str, since: datetime, thread_ts: str = "") -> Iterator[Json]:
        """Yield ours from a minute before ``since`` on, those of a thread when it is given.

        With their metadata (docs.slack.dev/reference/methods/conversations.history).
        """
        method = "conversations.replies" if thread_ts else "conversations.history"
        api = self._web.conversations_replies if thread_ts else self._web.conversations_history
        where: dict[str, Any] = {"channel": channel, "oldest": f"{since.timestamp() - _BEFORE:.6f}"}
        if thread_ts:
            where["ts"] = thread_ts
        cursor: str | None = ""
        while cursor is not None:
            answer = self._line.call(
                method, api, **where, include_all_metadata=True, limit=_PAGE, cursor=cursor or None
            )
            yield from (each for each in answer.get("messages", ()) if self._is_by_us(each))
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or None

    def _is_by_us(self, message: Json) -> bool:
        """Whether our bot posted it, in any process or release: it stays who it is.

        Slack is asked once who we are (https://docs.slack.dev/reference/methods/auth.test). Its
        messages have the ``user`` of our bot; those of some kinds have the ``bot_id`` alone.
        """
        user, bot = self._ids = self._ids or self._asked()
        return message.get("user") == user or (bool(bot) and message.get("bot_id") == bot)

    def _asked(self) -> tuple[str, str]:
        answer = self._line.call("auth.test", self._web.auth_test)
        return str(answer["user_id"]), str(answer.get("bot_id") or "")

"""What we have written ourselves, told from what others write."""

from slack_sdk import WebClient

from bot.ports import Json
from integrations.slack.line import Line


class Ourselves:
    """Knows our own messages: not by what stands in them, which others can write, too."""

    def __init__(self, web: WebClient, line: Line) -> None:
        """Ask ``web`` over ``line``; nothing is called yet."""
        self._web = web
        self._line = line
        self._ids: tuple[str, str] | None = None

    def wrote(self, message: Json) -> bool:
        """Whether our bot posted it, in any process or release: it stays who it is.

        Slack is asked once who we are (https://docs.slack.dev/reference/methods/auth.test). Its
        messages have the ``user`` of our bot; those of some kinds have the ``bot_id`` alone.
        """
        user, bot = self._ids = self._ids or self._asked()
        return message.get("user") == user or (bool(bot) and message.get("bot_id") == bot)

    def _asked(self) -> tuple[str, str]:
        answer = self._line.call("auth.test", self._web.auth_test)
        return str(answer["user_id"]), str(answer.get("bot_id") or "")

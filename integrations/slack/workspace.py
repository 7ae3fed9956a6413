"""The whole port: what :class:`bot.ports.Slack` promises, from its parts."""

from bot.ports import Meter
from integrations.slack.client import Messenger
from integrations.slack.directory import Directory
from integrations.slack.files import Filing
from integrations.slack.line import Line


class SlackWorkspace(Messenger, Directory, Filing):
    """A Slack workspace, or a sandbox: the address is all that differs."""

    def __init__(self, token: str, api_url: str, meter: Meter | None = None) -> None:
        """Point at the workspace whose Web API is at ``api_url``; nothing is called yet."""
        line = Line(meter)
        Messenger.__init__(self, token, api_url, line)
        Directory.__init__(self, token, api_url, line)
        Filing.__init__(self, token, api_url, line)

    def close(self, seconds: float) -> None:
        """Begin no further call after so many seconds: what wants one then gets SlackStopped."""
        self._line.close(seconds)

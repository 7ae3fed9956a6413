"""The whole port: what :class:`bot.ports.Slack` promises, from its parts."""

from integrations.slack.client import Messenger
from integrations.slack.directory import Directory
from integrations.slack.files import Filing


class SlackWorkspace(Messenger, Directory, Filing):
    """A Slack workspace, or a sandbox: the address is all that differs."""

    def __init__(self, token: str, api_url: str) -> None:
        """Point at the workspace whose Web API is at ``api_url``; nothing is called yet."""
        Messenger.__init__(self, token, api_url)
        Directory.__init__(self, token, api_url)
        Filing.__init__(self, token, api_url)

"""What only the app-level token can tell."""

from bot.errors import SlackError
from integrations.slack.client import web_client
from integrations.slack.line import Line


def app_token_trouble(token: str, api_url: str) -> str:
    """Return why Socket Mode cannot be opened with ``token``; nothing when it can.

    Slack hands out an address for a connection (apps.connections.open), which is not used.
    """
    try:
        Line().call(
            "apps.connections.open",
            web_client(token, api_url).apps_connections_open,
            app_token=token,
        )
    except SlackError as error:
        return error.code
    return ""

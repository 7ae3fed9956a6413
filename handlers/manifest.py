"""The app manifest, made from what the code really listens to and calls."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from handlers.commands import REQUESTS, SETTINGS
from handlers.events import EVENTS
from handlers.shortcuts import MY_REQUESTS, OFFER, ask_id, from_message_id, open_to_all
from workflows.definition import Workflow

SCOPES: Mapping[str, str] = {
    "app_mentions:read": "answer a mention: take a request in plain words, answer a question",
    "assistant:write": "suggest what can be asked, and show when a conversation is over",
    "channels:history": "settle whether a message was posted after a connection broke; notice "
    "asks for assets, and outdated ones, in the channels named as watched",
    "channels:join": "post in the public channels named in frontdesk.toml",
    "channels:read": "find the channels named in frontdesk.toml",
    "chat:write": "post and update cards and messages",
    "commands": "slash commands and shortcuts",
    "files:read": "know and fetch the files handed in with a form",
    "files:write": "share documents in a request's thread and in direct messages",
    "groups:history": "as channels:history, for a private channel it was invited to",
    "groups:read": "as channels:read, for a private channel it was invited to",
    "im:history": "receive what people write to Frontdesk; settle posts in a DM",
    "im:write": "open a DM with deciders and requesters",
    "usergroups:read": "resolve user groups that hold a role",
    "links:read": "hear of links to requests and assets, on its own domain alone",
    "links:write": "say below such a link which request or asset it leads to",
    "users:read": "names, time zones, who left",
    "users:read.email": "find role holders by their e-mail address",
}
"""Every scope of the bot token, and why it is needed."""


PROMPTS: Sequence[Mapping[str, str]] = (
    {"title": "Ask for a sales asset", "message": "I need a case study"},
    {"title": "Ask for a Statement of Work", "message": "I need a Statement of Work"},
    {"title": "What waits on me?", "message": "What waits on me?"},
    {"title": "Where are my requests?", "message": "Show my requests"},
)
"""What the Messages tab suggests (docs.slack.dev/ai, agent view): four at most."""


def manifest(
    workflows: Mapping[str, Workflow], *, socket: bool, public_url: str = ""
) -> dict[str, Any]:
    """Return the manifest for Socket Mode, or for HTTP at ``public_url``.

    Over Socket Mode, too, links to requests lead to ``public_url``.

    See https://docs.slack.dev/reference/app-manifest.
    """
    url = None if socket else f"{public_url.rstrip('/') or 'https://frontdesk.example.com'}"
    door = {} if url is None else {"url": f"{url}/slack/events"}
    request = {} if url is None else {"request_url": f"{url}/slack/events"}
    menus = {} if url is None else {"message_menu_options_url": f"{url}/slack/events"}
    return {
        "display_information": {
            "name": "Frontdesk",
            "description": "Ask for Statements of Work and sales assets, and follow them.",
            "background_color": "#1f3a4d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "agent_view": {
                "agent_description": "Say in plain words what you need, or ask where it stands.",
                "suggested_prompts": [*PROMPTS],
            },
            "bot_user": {"display_name": "Frontdesk", "always_online": True},
            "shortcuts": [*_shortcuts(workflows)],
            "slash_commands": [*_commands(workflows, door)],
            "unfurl_domains": [_domain(public_url)],
        },
        "oauth_config": {"scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **request, **menus},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }


def _domain(public_url: str) -> str:
    """Return the domain on which links to requests are, which Slack tells us of."""
    return urlsplit(public_url).hostname or "frontdesk.example.com"


def _commands(workflows: Mapping[str, Workflow], door: dict[str, str]) -> list[dict[str, Any]]:
    asking = [
        {
            "command": workflow.command,
            **door,
            "description": workflow.description,
            "usage_hint": "[list | status | help]",
            "should_escape": False,
        }
        for workflow in workflows.values()
    ]
    mine = {
        "command": REQUESTS,
        **door,
        "description": "What waits for you, and what you asked for",
        "usage_hint": f"[SOW-7 | {SETTINGS}]",
        "should_escape": False,
    }
    return [*asking, mine]


def _shortcuts(workflows: Mapping[str, Workflow]) -> list[dict[str, str]]:
    found = []
    for workflow in open_to_all(workflows):
        found += [
            {
                "name": f"Ask: {workflow.title}"[:24],
                "type": "global",
                "callback_id": ask_id(workflow),
                "description": workflow.description,
            },
            {
                "name": f"Ask: {workflow.title}"[:24],
                "type": "message",
                "callback_id": from_message_id(workflow),
                "description": f"{workflow.description}, from this message",
            },
        ]
    found.append(
        {
            "name": "Offer them the form",
            "type": "message",
            "callback_id": OFFER,
            "description": "Whoever wrote this gets the form for an asset, filled in",
        }
    )
    found.append(
        {
            "name": "My requests",
            "type": "global",
            "callback_id": MY_REQUESTS,
            "description": "What waits for you, and what you asked for",
        }
    )
    return found

"""Links in what people say, and the apps that unfurl them.

See docs.slack.dev/messaging/unfurling-links-in-messages.
"""

import hashlib
import html
import re
from urllib.parse import urlsplit

from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Message

POSTED = "conversations_history"
"""The source of a link that stands in a message; the sandbox tells nobody of half-written ones."""

_LINK = re.compile(r"https?://[^\s<>|]+")
_AFTER = ".,;:!?)]}'\""


def links(message: Message, app: App) -> list[JSON]:
    """The links of a message on the domains that the app has registered, once each."""
    domains: list[str] = app.feature("unfurl_domains") or []
    found: list[JSON] = []
    for url in dict.fromkeys(in_text(message.text)):
        host = urlsplit(url).hostname or ""
        for domain in domains:
            if host == domain or host.endswith(f".{domain}"):
                found.append({"domain": domain, "url": url})
                break
    return found


def in_text(text: str) -> list[str]:
    """The links in a message's text, in their order."""
    return [html.unescape(each).rstrip(_AFTER) for each in _LINK.findall(text)]


def unfurl_id(app: App, message: Message) -> str:
    """The id by which an app may unfurl the links of a message, wherever it stands."""
    known = f"{app.signing_secret}/{message.channel}/{message.ts}".encode()
    return f"{message.channel}.{message.ts}.{hashlib.sha256(known).hexdigest()}"


def behind(slack: Slack, app: App, given: str) -> Message | None:
    """The message behind an id that this app was given, or None when it has gone.

    Raises ValueError for an id that it was not given.
    """
    channel, _, rest = given.partition(".")
    ts = rest.rpartition(".")[0]
    if unfurl_id(app, Message(channel, ts, user="")) != given:
        raise ValueError(given)
    return slack.store.messages.find(channel, ts)

"""Installing apps from their manifests, and taking their tokens away."""

import hashlib
from typing import Any

from sandbox import events, posting
from sandbox.errors import BadManifest
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, Person

TRANSPORTS = ("socket", "http")


def install(slack: Slack, manifest: JSON, transport: str, request_url: str) -> App:
    """Install an app, or bring an installed one of that name up to date, credentials unchanged.

    The bot is invited to the channels which the seed names. Raises BadManifest.
    """
    name = _checked(manifest, transport, request_url)
    with slack.store.change():
        present = [app for app in slack.store.apps.all() if app.name == name]
        app = present[0] if present else _new(slack, name, manifest)
        app.manifest, app.transport, app.request_url, app.revoked = (
            manifest,
            transport,
            request_url,
            False,
        )
        slack.store.apps.save(app)
        if not present:
            invited = slack.store.settings.get("invited")
            for channel in invited.value if invited else []:
                posting.join(slack, slack.channel(channel), app.bot_user)
    return app


def _checked(manifest: JSON, transport: str, request_url: str) -> str:
    name = manifest.get("display_information", {}).get("name")
    if not name:
        raise BadManifest(reason="display_information.name is missing")
    if not manifest.get("features", {}).get("bot_user"):
        raise BadManifest(reason="features.bot_user is missing")
    if transport not in TRANSPORTS:
        raise BadManifest(reason=f"the transport is “{transport}”, not socket or http")
    if transport == "http" and not request_url:
        raise BadManifest(reason="an app over HTTP needs a request URL")
    return str(name)


def _new(slack: Slack, name: str, manifest: JSON) -> App:
    display: Any = manifest["features"]["bot_user"].get("display_name") or name
    handle = "".join(c for c in str(display).lower() if c.isalnum() or c in "-_")
    letters = handle.upper().replace("-", "").replace("_", "")
    app_id = f"A0SB{letters:0<6}"
    bot = Person(
        f"U0SB{letters:0<6}",
        handle=handle,
        name=str(display),
        team=slack.team_id,
        bot_id=f"B0SB{letters:0<6}",
        app_id=app_id,
    )
    slack.store.people.save(bot)
    secret = hashlib.sha256(f"{slack.team_id}/{name}".encode()).hexdigest()[:32]
    return App(
        app_id,
        name,
        manifest,
        transport="socket",
        request_url="",
        bot_user=bot.id,
        bot_id=bot.bot_id,
        bot_token=f"xoxb-sandbox-{secret[:12]}",
        app_token=f"xapp-sandbox-{secret[12:24]}",
        signing_secret=f"sandbox{secret[:25]}",
        verification_token=f"sandbox-verification-{secret[:6]}",
    )


def revoke(slack: Slack, app: App) -> None:
    """Take the app's tokens away; the app hears of it, and of nothing more."""
    with slack.store.change():
        events.tokens_revoked(slack, app)
        app.revoked = True
        slack.store.apps.save(app)

"""What an app says in answer to an interaction.

Through a response_url, or in the body of a command's ack.
"""

import secrets

from sandbox import posting
from sandbox.api.content import checked
from sandbox.codes import SlackError
from sandbox.facts import limit
from sandbox.slack import Slack
from sandbox.state.pending import ResponseUrl
from sandbox.state.records import JSON, App, Ephemeral


def licence(
    slack: Slack, app: App, channel: str, viewer: str, *, message_ts: str = "", thread_ts: str = ""
) -> ResponseUrl:
    """A fresh response_url for something a person has just done in a channel."""
    expires = slack.clock.now().timestamp() + limit("response_url.ttl_s")
    return slack.store.response_urls.save(
        ResponseUrl(
            secrets.token_urlsafe(18),
            app.id,
            channel,
            viewer,
            expires,
            limit("response_url.uses"),
            message_ts,
            thread_ts,
        )
    )


def address(slack: Slack, licence: ResponseUrl) -> str:
    """The URL itself."""
    return f"{slack.store.url}/response/{licence.id}"


def use(slack: Slack, key: str, body: JSON) -> None:
    """A POST to a response_url.

    Raises SlackError: expired_url, used_url, or what is wrong with the content.
    """
    licence = slack.store.response_urls.get(key)
    if licence is None or licence.expires < slack.clock.now().timestamp():
        raise SlackError("expired_url")
    if licence.uses_left <= 0:
        raise SlackError("used_url")
    with slack.store.change():
        say(slack, licence, body)
        licence.uses_left -= 1
        slack.store.response_urls.save(licence)


def say(slack: Slack, licence: ResponseUrl, body: JSON) -> None:
    """Show what the app answered.

    Replace or delete the original, or post, by default for one person only.
    """
    app, original = slack.store.apps[licence.app_id], f"{licence.channel}/{licence.message_ts}"
    if body.get("delete_original"):
        _delete(slack, original)
    elif body.get("replace_original") and _replace(slack, app, original, body):
        return
    elif body.get("response_type") == "in_channel":
        thread_ts = body.get("thread_ts") or licence.thread_ts
        content = checked(slack, app, body) | {"thread_ts": thread_ts}
        channel = slack.store.channels[licence.channel]
        posting.post_as_app(slack, app, channel, content | {"metadata": body.get("metadata")})
    else:
        _whisper(slack, licence, body)


def _whisper(slack: Slack, licence: ResponseUrl, body: JSON) -> None:
    content = checked(slack, slack.store.apps[licence.app_id], body)
    slack.store.ephemerals.save(
        Ephemeral(
            channel=licence.channel,
            ts=slack.next_ts(),
            viewer=licence.viewer,
            app_id=licence.app_id,
            thread_ts=body.get("thread_ts") or licence.thread_ts,
            origin=licence.id,
            **content,
        )
    )


def _replace(slack: Slack, app: App, original: str, body: JSON) -> bool:
    content = checked(slack, app, body)
    if (message := slack.store.messages.get(original)) is not None:
        posting.edit(slack, message, message.user, content)
        return True
    if (ephemeral := slack.store.ephemerals.get(original)) is not None:
        ephemeral.text, ephemeral.blocks = content["text"], content["blocks"]
        ephemeral.attachments = content["attachments"]
        slack.store.ephemerals.save(ephemeral)
        return True
    return False


def _delete(slack: Slack, original: str) -> None:
    if (message := slack.store.messages.get(original)) is not None:
        posting.delete(slack, message)
    slack.store.ephemerals.drop(original)

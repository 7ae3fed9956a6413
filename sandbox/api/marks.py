"""reactions.*, pins.add and bookmarks.*."""

from sandbox import posting
from sandbox.api.call import Call, method
from sandbox.codes import SlackError
from sandbox.state.records import JSON, Message


def _message(call: Call) -> Message:
    channel = call.channel()
    ts = call.text("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    message = call.slack.store.messages.find(channel.id, ts)
    if message is None:
        raise SlackError("message_not_found")
    return message


def _emoji(call: Call) -> str:
    name = call.text("name").strip(":")
    if (
        not name
        or not name.replace("_", "").replace("-", "").replace("+", "").replace(":", "").isalnum()
    ):
        raise SlackError("invalid_name")
    return name


@method("reactions.add")
def reactions_add(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/reactions.add."""
    if not posting.react(call.slack, _message(call), call.app.bot_user, _emoji(call), add=True):
        raise SlackError("already_reacted")
    return {}


@method("reactions.remove")
def reactions_remove(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/reactions.remove."""
    if not posting.react(call.slack, _message(call), call.app.bot_user, _emoji(call), add=False):
        raise SlackError("no_reaction")
    return {}


@method("pins.add")
def pins_add(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/pins.add."""
    message = _message(call)
    channel = call.channel()
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    if message.ts in channel.pins:
        raise SlackError("already_pinned")
    channel.pins.append(message.ts)
    call.slack.store.channels.save(channel)
    return {}


@method("bookmarks.add")
def bookmarks_add(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/bookmarks.add; links only."""
    channel = call.channel("channel_id")
    if call.text("type") != "link":
        raise SlackError("invalid_bookmark_type")
    if not call.text("link").startswith(("https://", "http://")):
        raise SlackError("invalid_link")
    bookmark: JSON = {
        "id": call.slack.new_id("Bk"),
        "channel_id": channel.id,
        "title": call.text("title"),
        "link": call.text("link"),
        "emoji": call.text("emoji"),
        "type": "link",
        "date_created": call.slack.now_s(),
        "app_id": call.app.id,
    }
    channel.bookmarks.append(bookmark)
    call.slack.store.channels.save(channel)
    return {"bookmark": bookmark}


@method("bookmarks.list")
def bookmarks_list(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/bookmarks.list."""
    return {"bookmarks": list(call.channel("channel_id").bookmarks)}

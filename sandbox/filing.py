"""Uploaded files: where they are shared, who may see them, when they are ready and when gone."""

from collections.abc import Iterable

from sandbox.slack import Slack
from sandbox.state.records import App, Channel, File, Message

MOST_BYTES = 2**30
"""Slack takes files of up to 1 GB (slack.com/help/articles/201330736, "Add files to Slack")."""
LONGEST_ALT = 1000
"""Characters of what describes a picture (files.getUploadURLExternal: `alt_txt_too_large`)."""
LOOKS_UNTIL_READY = 1
"""How often an app looks at its own upload and finds it not ready.

Slack scans an upload before anybody can use it, which takes about a second: until then its
`mimetype` is empty and blocks cannot show it (github.com/slackapi/java-slack-sdk/issues/1349).
Here a look takes that second, so that waiting by `files.info` costs no time.
"""


def share(slack: Slack, files: Iterable[str], channel: Channel) -> None:
    """Let those in a channel see these files from now on."""
    for key in files:
        record = slack.store.files[key]
        if channel.id not in record.channels:
            record.channels.append(channel.id)
            slack.store.files.save(record)


def unshare(slack: Slack, message: Message) -> None:
    """A message has gone: its files are in the channel only where another message has them."""
    others = slack.store.messages.in_channel(message.channel) if message.files else []
    still = {key for other in others for key in other.files}
    for key in set(message.files) - still:
        record = slack.store.files[key]
        if message.channel in record.channels:
            record.channels.remove(message.channel)
            slack.store.files.save(record)


def hand_over(slack: Slack, files: Iterable[str], app: App) -> None:
    """Let an app see the files which somebody has sent it in a form."""
    for key in files:
        record = slack.store.files[key]
        if app.id not in record.handed_to:
            record.handed_to.append(app.id)
            slack.store.files.save(record)


def is_seen_by(slack: Slack, record: File, user: str) -> bool:
    """Whether a person or a bot may see a file: its own, or one shared where they are."""
    channels = slack.store.channels
    return record.user == user or any(user in channels[key].members for key in record.channels)


def is_seen_by_app(slack: Slack, record: File, app: App) -> bool:
    """Whether an app may see a file: its bot may, or somebody has handed it over in a form."""
    return app.id in record.handed_to or is_seen_by(slack, record, app.bot_user)


def look(slack: Slack, record: File) -> bool:
    """Look whether a file is ready for use; after LOOKS_UNTIL_READY looks it is."""
    if not record.looks_left:
        return True
    record.looks_left -= 1
    slack.store.files.save(record)
    return False


def delete(slack: Slack, record: File) -> None:
    """Delete a file everywhere; its messages stay and say that it has gone."""
    record.deleted = True
    slack.store.files.save(record)
    slack.blobs.drop(record.id)

"""files.*: the three-step upload, info and delete."""

import mimetypes

from sandbox import posting
from sandbox.api.call import Call, method
from sandbox.api.chat import target
from sandbox.codes import SlackError
from sandbox.shapes import conversations
from sandbox.state.records import JSON, File


@method("files.getUploadURLExternal")
def get_upload_url_external(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.getUploadURLExternal."""
    name = call.text("filename")
    record = File(
        call.slack.new_id("F"),
        name=name,
        user=call.app.bot_user,
        size=call.number("length", 0),
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        created=call.slack.now_s(),
    )
    call.slack.store.files.save(record)
    return {"upload_url": f"{call.slack.store.url}/upload/v1/{record.id}", "file_id": record.id}


@method("files.completeUploadExternal")
def complete_upload_external(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.completeUploadExternal.

    Shares the files where asked to.
    """
    entries = call.arguments["files"]
    if not isinstance(entries, list) or not entries:
        raise SlackError("invalid_arguments")
    records = [_uploaded(call, entry) for entry in entries]
    channels = [*call.names("channel_id"), *call.names("channels")]
    for channel_id in channels:
        call.arguments["channel"] = channel_id
        channel = target(call)
        body: JSON = {
            "text": call.text("initial_comment"),
            "thread_ts": call.text("thread_ts"),
            "files": [record.id for record in records],
        }
        for record in records:
            record.channels.append(channel.id)
        posting.post_as_app(call.slack, call.app, channel, body)
    for record in records:
        call.slack.store.files.save(record)
    return {"files": [conversations.file(call.slack.store, record) for record in records]}


def _uploaded(call: Call, entry: JSON) -> File:
    record = call.slack.store.files.get(str(entry.get("id", "")))
    if record is None or record.deleted or not _has_bytes(call, record):
        raise SlackError("file_not_found")
    record.title = str(entry.get("title") or record.name)
    record.complete = True
    return record


def _has_bytes(call: Call, record: File) -> bool:
    try:
        call.slack.blobs.get(record.id)
    except KeyError:
        return False
    return True


def _known(call: Call) -> File:
    record = call.slack.store.files.get(call.text("file"))
    if record is None or not record.complete:
        raise SlackError("file_not_found")
    if record.deleted:
        raise SlackError("file_deleted")
    return record


@method("files.info")
def files_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.info."""
    return {"file": conversations.file(call.slack.store, _known(call)), "comments": []}


@method("files.delete")
def files_delete(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.delete."""
    record = _known(call)
    if record.user != call.app.bot_user:
        raise SlackError("cant_delete_file")
    record.deleted = True
    call.slack.store.files.save(record)
    call.slack.blobs.drop(record.id)
    return {}

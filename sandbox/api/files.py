"""files.*: the three-step upload, info and delete."""

import mimetypes

from sandbox import filing, posting
from sandbox.api.call import Call, method
from sandbox.api.chat import target
from sandbox.codes import SlackError
from sandbox.shapes import conversations
from sandbox.state.records import JSON, File


@method("files.getUploadURLExternal")
def get_upload_url_external(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.getUploadURLExternal."""
    name, size = call.text("filename"), call.number("length", 0)
    if size > filing.MOST_BYTES:
        raise SlackError("file_upload_size_restricted")
    alt_txt = call.text("alt_txt")
    if len(alt_txt) > filing.LONGEST_ALT:
        raise SlackError("alt_txt_too_large")
    record = File(
        call.slack.new_id("F"),
        name=name,
        user=call.app.bot_user,
        size=size,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        created=call.slack.now_s(),
        looks_left=filing.LOOKS_UNTIL_READY,
        alt_txt=alt_txt,
    )
    call.slack.store.files.save(record)
    return {"upload_url": f"{call.slack.store.url}/upload/v1/{record.id}", "file_id": record.id}


@method("files.completeUploadExternal")
def complete_upload_external(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.completeUploadExternal.

    Shares the files where asked to; without a channel they stay the app's own.
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
        posting.post_as_app(call.slack, call.app, channel, body)
    store = call.slack.store
    return {"files": [conversations.file(store, record, ready=False) for record in records]}


def _uploaded(call: Call, entry: JSON) -> File:
    record = call.slack.store.files.get(str(entry.get("id", "")))
    if record is None or record.deleted or not _has_bytes(call, record):
        raise SlackError("file_not_found")
    record.title = str(entry.get("title") or record.name)
    record.complete = True
    return call.slack.store.files.save(record)


def _has_bytes(call: Call, record: File) -> bool:
    try:
        call.slack.blobs.get(record.id)
    except KeyError:
        return False
    return True


def _known(call: Call) -> File:
    record = call.slack.store.files.get(call.text("file"))
    if (
        record is None
        or not record.complete
        or not filing.is_seen_by_app(call.slack, record, call.app)
    ):
        raise SlackError("file_not_found")
    if record.deleted:
        raise SlackError("file_deleted")
    return record


@method("files.info")
def files_info(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.info."""
    record = _known(call)
    ready = filing.look(call.slack, record)
    return {"file": conversations.file(call.slack.store, record, ready=ready), "comments": []}


@method("files.delete")
def files_delete(call: Call) -> JSON:
    """docs.slack.dev/reference/methods/files.delete."""
    record = _known(call)
    if record.user != call.app.bot_user:
        raise SlackError("cant_delete_file")
    filing.delete(call.slack, record)
    return {}

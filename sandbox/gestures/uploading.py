"""What people do with files: upload them, and delete them again."""

import mimetypes

from sandbox import filing
from sandbox.errors import FileTooLarge, NotYourFile, Unknown
from sandbox.gestures import acting
from sandbox.slack import Slack
from sandbox.state.records import File


def upload(
    slack: Slack, person_id: str, name: str, content: bytes, size: int | None = None
) -> File:
    """Upload a file, to be shared or put into a form.

    With a `size` in bytes the content is followed by zeros up to it, which are not stored.
    """
    acting.active(slack, person_id)
    size = max(len(content), size or 0)
    if size > filing.MOST_BYTES:
        raise FileTooLarge(name=name)
    record = File(
        slack.new_id("F"),
        name=name,
        user=person_id,
        size=size,
        mimetype=mimetypes.guess_type(name)[0] or "application/octet-stream",
        created=slack.now_s(),
        complete=True,
    )
    slack.blobs.put(record.id, content)
    return slack.store.files.save(record)


def delete(slack: Slack, person_id: str, key: str) -> None:
    """Delete one's own file; where it was shared a note says so."""
    acting.active(slack, person_id)
    record = slack.store.files.get(key)
    if record is None or record.deleted:
        raise Unknown(kind="file", name=key)
    if record.user != person_id:
        raise NotYourFile(name=record.name)
    filing.delete(slack, record)

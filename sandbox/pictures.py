"""Pictures in blocks that are files in Slack: `slack_file` in image blocks and elements.

docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
"""

from collections.abc import Iterator

from sandbox import filing
from sandbox.blocks.structure import Problem
from sandbox.shapes.conversations import file_addresses
from sandbox.slack import Slack
from sandbox.state.records import JSON, App, File, Value

KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
"""What Slack shows as a picture, by its first bytes."""


def kind(slack: Slack, record: File) -> str:
    """The media type of a file that is a picture, or nothing."""
    try:
        content = slack.blobs.get(record.id)
    except KeyError:
        return ""
    return next((name for start, name in KINDS.items() if content.startswith(start)), "")


def named(slack: Slack, reference: JSON) -> File | None:
    """The file that a `slack_file` means, by its id, its url_private or its permalink."""
    if "id" in reference:
        return slack.store.files.get(str(reference["id"]))
    for record in slack.store.files.all():
        if reference.get("url") in file_addresses(slack.store, record):
            return record
    return None


def problems(slack: Slack, app: App, blocks: list[JSON], root: str) -> list[Problem]:
    """The `slack_file`s in sound blocks which this app cannot show.

    One must be a picture that the app may see, and Slack must have made it ready; nobody else
    needs to have access to it, and it need not be shared.
    """
    return [
        Problem(pointer, "invalid slack file", {"type": "slack_file"})
        for pointer, reference in references(blocks, root)
        if not _is_usable(slack, app, named(slack, reference))
    ]


def shown(slack: Slack, blocks: list[JSON]) -> list[File]:
    """The files whose pictures these blocks show, in reading order."""
    found = (named(slack, reference) for _, reference in references(blocks))
    return [record for record in found if record is not None and not record.deleted]


def references(node: Value, pointer: str = "") -> Iterator[tuple[str, JSON]]:
    """Every `slack_file` in blocks, with a JSON pointer to it."""
    if isinstance(node, list):
        for number, item in enumerate(node):
            yield from references(item, f"{pointer}/{number}")
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "slack_file" and isinstance(value, dict):
                yield f"{pointer}/{key}", value
            else:
                yield from references(value, f"{pointer}/{key}")


def _is_usable(slack: Slack, app: App, record: File | None) -> bool:
    return (
        record is not None
        and record.complete
        and not record.deleted
        and filing.is_seen_by_app(slack, record, app)
        and filing.look(slack, record)
        and bool(kind(slack, record))
    )

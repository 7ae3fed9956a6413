"""Files: shared by us, found again, and fetched when a person handed one in."""

import urllib.request
from collections.abc import Collection
from datetime import datetime
from http.client import HTTPException, IncompleteRead
from urllib.error import HTTPError, URLError

from bot.errors import SlackError, SlackRefused, SlackUnsure
from bot.ports import Json, Upload
from integrations.slack.addresses import is_slacks
from integrations.slack.client import opened, web_client
from integrations.slack.line import Line
from integrations.slack.own_messages import OwnMessages

LARGEST = 25 * 1024 * 1024
"""Bytes; what a person hands in beyond this, unless more is asked for, is refused unread."""

_MEGABYTE = 1024 * 1024
_GONE = frozenset({404, 410})
_TOO_MANY, _SERVER_ERROR = 429, 500
_SECONDS = 60


class Filing:
    """Uploads, finds and downloads files."""

    def __init__(self, token: str, api_url: str, line: Line) -> None:
        """Point at a workspace, reached over ``line``; nothing is called yet."""
        self._line = line
        self._files = web_client(token, api_url, _SECONDS)
        self._ours = OwnMessages(self._files, line)
        self._token = token
        self._api_url = api_url

    def upload(self, channel: str, upload: Upload, thread_ts: str = "") -> None:
        """Share a file (https://docs.slack.dev/messaging/working-with-files, files_upload_v2)."""
        self._line.call(
            "files.completeUploadExternal",
            self._files.files_upload_v2,
            channel=channel,
            content=upload.content,
            filename=upload.name,
            title=upload.name,
            alt_txt=upload.alt or None,
            initial_comment=upload.said or None,
            thread_ts=thread_ts or None,
        )

    def keep_picture(self, upload: Upload) -> str:
        """Upload without a channel (docs.slack.dev/reference/methods/files.completeUploadExternal).

        Slack looks at it for about a second before a block can show it.
        """
        answer = self._line.call(
            "files.completeUploadExternal",
            self._files.files_upload_v2,
            content=upload.content,
            filename=upload.name,
            title=upload.name,
            alt_txt=upload.alt or None,
        )
        return str(answer["files"][0]["id"])

    def is_ready(self, file_id: str) -> bool:
        """Whether its ``mimetype`` is known: it is empty until Slack has looked at a file."""
        file: Json = self._line.call("files.info", self._files.files_info, file=file_id)["file"]
        return bool(file.get("mimetype"))

    def uploaded(self, channel: str, name: str, since: datetime, thread_ts: str = "") -> bool:
        """Look for our message with a file of this name from a minute before ``since`` on.

        Anybody can post a file of that name.
        """
        found = self._ours.since(channel, since, thread_ts)
        return any(_has(each, name) for each in found)

    def size_of(self, file_id: str) -> int:
        """Return the ``size`` of ``files.info``; 0 for a file that is elsewhere."""
        return int(self._info(file_id).get("size") or 0)

    def download(self, file_id: str, of: Collection[str] | None, largest: int = LARGEST) -> Upload:
        """Return the name, kind and bytes, if its ``user`` is among ``of``, where not None.

        Raises SlackRefused, with a sentence, for one that is somebody else's, larger than
        ``largest``, deleted, or not to be had.
        """
        file = self._info(file_id)
        if of is not None and file.get("user") not in of:
            raise SlackRefused(
                "not_theirs",
                "The file was uploaded by somebody else; whoever hands it in has to upload it.",
            )
        name, size = str(file.get("name") or file_id), int(file.get("size") or 0)
        if size > largest:
            raise _too_large(f"{name} is {-(-size // _MEGABYTE)} MB", largest)
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        content = self._fetched(url, largest)
        if len(content) > largest:
            raise _too_large(f"{name} is larger than it says", largest)
        mime = str(file.get("mimetype") or "application/octet-stream")
        return Upload(name=name, mime=mime, content=content)

    def _info(self, file_id: str) -> Json:
        """Ask what it is (https://docs.slack.dev/reference/methods/files.info)."""
        try:
            file: Json = self._line.call("files.info", self._files.files_info, file=file_id)["file"]
        except SlackRefused as refused:
            if refused.code == "file_deleted":
                raise _deleted() from refused
            if refused.code == "file_not_found":
                raise SlackRefused(refused.code, "Slack has no such file for Frontdesk.") from None
            raise
        if file.get("mode") == "tombstone":
            raise _deleted()
        return file

    def _fetched(self, url: str, largest: int) -> bytes:
        """Return the bytes at ``url``, but never more than one beyond ``largest``."""
        if not is_slacks(url, self._api_url, "files.slack.com"):
            raise SlackRefused("not_slacks", "The file is not at an address of Slack.")
        request = urllib.request.Request(  # noqa: S310 - the address is checked above
            url, headers={"Authorization": f"Bearer {self._token}"}
        )
        try:
            with opened(request, timeout=_SECONDS) as answer:
                content: bytes = answer.read(largest + 1)
                missing = 0 if len(content) > largest else answer.length
                if missing:  # the connection ended before the file did
                    raise IncompleteRead(content, missing)
        except HTTPError as error:
            with error:
                raise _meaning(error) from error
        except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
            raise SlackUnsure("no_answer", f"download: {type(error).__name__}") from error
        return content


def _has(message: Json, name: str) -> bool:
    return any(file.get("name") == name for file in message.get("files", ()))


def _too_large(how_large: str, largest: int) -> SlackRefused:
    most = f"the most that can be taken is {largest // _MEGABYTE} MB"
    return SlackRefused("file_too_large", f"{how_large}; {most}.")


def _deleted() -> SlackRefused:
    return SlackRefused("file_deleted", "The file was deleted in Slack before it could be read.")


def _meaning(error: HTTPError) -> SlackError:
    if error.code in _GONE:
        return _deleted()
    if error.code == _TOO_MANY or error.code >= _SERVER_ERROR:
        return SlackUnsure(f"http_{error.code}", "download")
    return SlackRefused("no_access", f"Slack does not hand out the file (HTTP {error.code}).")

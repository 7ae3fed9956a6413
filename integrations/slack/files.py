"""Files: shared by us, found again, and fetched when a person handed one in."""

import urllib.request
from datetime import datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from bot.errors import SlackRefused, SlackUnsure
from bot.ports import Json, Upload
from integrations.slack.client import LOOPBACK, NoRedirect, web_client
from integrations.slack.errors import call

LARGEST = 25 * 1024 * 1024
"""Bytes; what a person hands in beyond this is refused before it is read."""

_BEFORE = 60.0
_SECONDS = 60


class Filing:
    """Uploads, finds and downloads files."""

    def __init__(self, token: str, api_url: str) -> None:
        """Point at a workspace; nothing is called yet."""
        self._files = web_client(token, api_url, _SECONDS)
        self._token = token
        self._home = urlsplit(api_url)

    def upload(self, channel: str, upload: Upload, thread_ts: str = "") -> None:
        """Share a file (https://docs.slack.dev/messaging/working-with-files, files_upload_v2)."""
        call(
            "files.completeUploadExternal",
            self._files.files_upload_v2,
            channel=channel,
            content=upload.content,
            filename=upload.name,
            title=upload.name,
            initial_comment=upload.said or None,
            thread_ts=thread_ts or None,
        )

    def uploaded(self, channel: str, name: str, since: datetime, thread_ts: str = "") -> bool:
        """Look for a message with a file of this name from a minute before ``since`` on."""
        method = "conversations.replies" if thread_ts else "conversations.history"
        api = self._files.conversations_replies if thread_ts else self._files.conversations_history
        where: dict[str, Any] = {"channel": channel, "oldest": f"{since.timestamp() - _BEFORE:.6f}"}
        if thread_ts:
            where["ts"] = thread_ts
        answer = call(method, api, **where, limit=200)
        shared = (file for each in answer.get("messages", ()) for file in each.get("files", ()))
        return any(file.get("name") == name for file in shared)

    def download(self, file_id: str) -> Upload:
        """Return the file's name, kind and bytes. Raises SlackRefused for one that is too large."""
        file: Json = call("files.info", self._files.files_info, file=file_id)["file"]
        if int(file.get("size") or 0) > LARGEST:
            raise SlackRefused("file_too_large", f"{file.get('name')} is larger than 25 MB.")
        url = str(file.get("url_private_download") or file.get("url_private") or "")
        content = self._fetched(url)
        mime = str(file.get("mimetype") or "application/octet-stream")
        return Upload(name=str(file.get("name") or file_id), mime=mime, content=content)

    def _fetched(self, url: str) -> bytes:
        if not self._is_slacks(url):
            raise SlackRefused("not_slacks", "The file is not at an address of Slack.")
        request = urllib.request.Request(  # noqa: S310 - the address is checked above
            url, headers={"Authorization": f"Bearer {self._token}"}
        )
        try:
            with urllib.request.build_opener(NoRedirect).open(request, timeout=_SECONDS) as answer:
                content: bytes = answer.read(LARGEST + 1)
        except HTTPError as error:
            raise SlackRefused("file_not_found", f"HTTP {error.code}") from error
        except (URLError, TimeoutError, ConnectionError, HTTPException) as error:
            raise SlackUnsure("no_answer", f"download: {type(error).__name__}") from error
        if len(content) > LARGEST:
            raise SlackRefused("file_too_large", "It is larger than 25 MB.")
        return content

    def _is_slacks(self, url: str) -> bool:
        theirs = urlsplit(url)
        if theirs.username is not None or theirs.password is not None:
            return False
        if self._home.hostname in LOOPBACK:
            return (theirs.hostname, theirs.port) == (self._home.hostname, self._home.port)
        return theirs.scheme == "https" and theirs.netloc == "files.slack.com"

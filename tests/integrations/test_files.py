"""Files that people hand in, as Slack gives them out, and as it does not."""

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.errors import SlackRefused, SlackUnsure
from integrations.slack.client import web_client
from integrations.slack.files import LARGEST, Filing
from integrations.slack.line import Line
from sandbox import Installed, Server, Workspace
from tests.sandbox.bots import manifest

MEGABYTE = 1024 * 1024
DECK = b"%PDF-1.7 " + b"deck" * 1000


@dataclass
class Slack:
    """An HTTP server that says of one file what it is told to, and hands out its bytes."""

    file: dict[str, Any] = field(default_factory=dict)
    body: bytes = DECK
    length: int = len(DECK)
    status: int = 200
    url: str = ""

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        if to.path.startswith("/api/"):
            about = {
                "url_private": f"{self.url}/deck.pdf",
                "name": "deck.pdf",
                "user": "U1",
            } | self.file
            self._send(to, json.dumps({"ok": True, "file": about}).encode(), 200)
        else:
            self._send(to, self.body, self.status)

    def _send(self, to: BaseHTTPRequestHandler, body: bytes, status: int) -> None:
        to.send_response(status)
        to.send_header("Content-Type", "application/json")
        to.send_header("Content-Length", str(self.length if body is self.body else len(body)))
        to.end_headers()
        to.wfile.write(body)


@pytest.fixture
def slack() -> Iterator[Slack]:
    told = Slack()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.answer(self)

        do_POST = do_GET  # noqa: N815 - the names that http.server looks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield told
        server.shutdown()
        thread.join()


def download(slack: Slack, **how: int) -> bytes:
    return (
        Filing("xoxb-visibly-fake", f"{slack.url}/api/", Line())
        .download("F1", ("U1",), **how)
        .content
    )


@pytest.fixture
def installed() -> Iterator[tuple[Installed, Server]]:
    workspace = Workspace.open()
    with Server(workspace, port=0) as server:
        yield workspace.install(manifest()), server


def test_only_a_file_of_whoever_handed_it_in_is_fetched(slack: Slack) -> None:
    filing = Filing("xoxb-visibly-fake", f"{slack.url}/api/", Line())

    assert filing.download("F1", ("U2", "U1")).content == DECK
    assert filing.download("F1", None).content == DECK
    for somebody in (("U2",), ()):
        with pytest.raises(SlackRefused, match="uploaded by somebody else") as refused:
            filing.download("F1", somebody)
        assert refused.value.code == "not_theirs"


def test_a_file_that_is_there_is_taken_and_one_that_was_deleted_is_said_to_be(
    installed: tuple[Installed, Server],
) -> None:
    app, server = installed
    web = web_client(app.bot_token, server.api_url)
    file_id = web.files_upload_v2(filename="deck.pdf", content=DECK)["file"]["id"]
    filing = Filing(app.bot_token, server.api_url, Line())

    taken = filing.download(file_id, None)
    web.files_delete(file=file_id)

    assert (taken.name, taken.content) == ("deck.pdf", DECK)
    with pytest.raises(SlackRefused, match="was deleted in Slack before it could be read") as gone:
        filing.download(file_id, None)
    assert gone.value.code == "file_deleted"
    with pytest.raises(SlackRefused, match="Slack has no such file for Frontdesk"):
        filing.download("F0NOTHING", None)


@pytest.mark.parametrize(
    ("size", "largest", "sentence"),
    [
        (210 * MEGABYTE, 100 * MEGABYTE, "is 210 MB; the most that can be taken is 100 MB."),
        (100 * MEGABYTE + 1, 100 * MEGABYTE, "is 101 MB; the most that can be taken is 100 MB."),
        (LARGEST + 1, LARGEST, "is 26 MB; the most that can be taken is 25 MB."),
    ],
)
def test_a_file_that_is_too_large_is_refused_unread_with_its_size_and_the_limit(
    slack: Slack, size: int, largest: int, sentence: str
) -> None:
    slack.file = {"name": "pitch.pptx", "size": size}
    slack.status = 500  # nobody gets as far

    with pytest.raises(SlackRefused) as refused:
        download(slack, largest=largest)

    assert str(refused.value) == f"file_too_large pitch.pptx {sentence}"


def test_what_is_asked_for_decides_how_large_a_file_may_be(slack: Slack) -> None:
    slack.body = b"x" * (LARGEST + 1)
    slack.file, slack.length = {"size": len(slack.body)}, len(slack.body)

    assert len(download(slack, largest=100 * MEGABYTE)) == LARGEST + 1
    with pytest.raises(SlackRefused, match="the most that can be taken is 25 MB"):
        download(slack)


def test_a_file_that_says_too_little_of_itself_is_read_no_further_than_the_limit(
    slack: Slack,
) -> None:
    slack.file = {"size": 10}

    with pytest.raises(SlackRefused, match=r"deck\.pdf is larger than it says; the most"):
        download(slack, largest=len(DECK) - 1)
    assert download(slack, largest=len(DECK)) == DECK


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_deleted_between_the_question_and_the_reading_is_said_to_be(
    slack: Slack, status: int
) -> None:
    slack.status = status

    with pytest.raises(SlackRefused, match="was deleted in Slack before it could be read"):
        download(slack)


def test_a_tombstone_is_a_deleted_file(slack: Slack) -> None:
    slack.file = {"mode": "tombstone"}

    with pytest.raises(SlackRefused, match="was deleted in Slack before it could be read"):
        download(slack)


@pytest.mark.parametrize("status", [302, 403])
def test_a_file_that_slack_keeps_to_itself_is_refused(slack: Slack, status: int) -> None:
    slack.status = status

    with pytest.raises(SlackRefused, match=rf"does not hand out the file \(HTTP {status}\)"):
        download(slack)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_bad_moment_of_slacks_is_no_refusal(slack: Slack, status: int) -> None:
    slack.status = status

    with pytest.raises(SlackUnsure, match=f"http_{status}"):
        download(slack)


def test_half_a_file_is_never_taken_for_the_whole(slack: Slack) -> None:
    slack.length = len(DECK) + 1

    with pytest.raises(SlackUnsure, match="IncompleteRead"):
        download(slack)

"""A library in a bucket: what lies there, and the days on which the server does not do."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from uuid import uuid4

import pytest

from bot.ports.library import LibraryUnavailable
from integrations.connection import NotConnected
from integrations.library.connecting import connect_url
from integrations.library.remote import PIECE, NotUsable, RemoteLibrary
from integrations.library.s3 import fix_of
from tests.integrations.library.buckets import ANYBODY, PREFIX, Gate, Keys, Store, options, running

DECK = b"%PDF-1.7 a deck of Harborlight's"
KEY = sha256(DECK).hexdigest()
ABSENT = sha256(b"never kept").hexdigest()
LARGE = os.urandom(1024) * 20 * 1024
"""Bytes that are sent in three parts."""
SECONDS = 5.0
"""Enough for a client to be made, on a machine that has much to do."""


@dataclass(frozen=True)
class Shelf:
    """A bucket of its own, and the gate before it."""

    store: Store
    gate: Gate
    bucket: str

    def library(self, keys: Keys = ANYBODY, seconds: float = 20) -> RemoteLibrary:
        url = f"s3://{self.bucket}/{PREFIX}"
        return connect_url(url, options(self.gate.url, keys), seconds)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with running() as store:
        yield store


@pytest.fixture
def shelf(store: Store) -> Iterator[Shelf]:
    bucket = f"shelf-{uuid4().hex[:12]}"
    store.make(bucket)
    with Gate(store.port) as gate:
        yield Shelf(store, gate, bucket)


def said_to_everybody(library: RemoteLibrary) -> str:
    """Return what is said to whoever keeps, reads, opens, asks for or removes a file: one thing."""
    uses = (
        lambda: library.keep(DECK),
        lambda: library.read(KEY),
        lambda: library.open(KEY),
        lambda: library.has(KEY),
        lambda: library.remove(KEY),
        library.check,
    )
    found = set[str]()
    for use in uses:
        with pytest.raises(LibraryUnavailable) as unavailable:
            use()
        found.add(str(unavailable.value).partition(" (")[0])
    [said] = found
    return said


def test_a_file_lies_below_the_prefix_by_its_hash(shelf: Shelf) -> None:
    shelf.library().keep(DECK)

    assert shelf.store.names(shelf.bucket) == [f"{PREFIX}/{KEY[:2]}/{KEY}"]
    assert shelf.store.content(shelf.bucket, KEY) == DECK


def test_what_is_there_and_whole_is_not_sent_again(shelf: Shelf) -> None:
    shelf.library().keep(LARGE)
    before = shelf.gate.sent

    shelf.library().keep(LARGE)

    assert before > len(LARGE)
    assert shelf.gate.sent - before < 10_000


def test_a_large_file_is_sent_in_parts_and_read_in_pieces(shelf: Shelf) -> None:
    key = shelf.library().keep(LARGE)

    found = shelf.store.s3.head_object(Bucket=shelf.bucket, Key=shelf.store.place(key))
    assert found["ETag"].strip('"').endswith(f"-{-(-len(LARGE) // PIECE)}")
    with shelf.library().open(key) as file:
        assert file.read(100) == LARGE[:100]
        assert file.read() == LARGE[100:]


def test_an_upload_that_breaks_off_leaves_nothing_to_be_found(shelf: Shelf) -> None:
    shelf.gate.cut_after = len(LARGE) // 2
    with pytest.raises(LibraryUnavailable, match=r"an admin has to .+\.$"):
        shelf.library().keep(LARGE)
    assert shelf.store.names(shelf.bucket) == []

    shelf.gate.cut_after = None
    shelf.gate.open()

    assert shelf.library().read(shelf.library().keep(LARGE)) == LARGE


def test_a_bucket_with_versions_mends_and_removes_as_any_other_and_says_what_stays(
    store: Store,
) -> None:
    bucket = f"shelf-{uuid4().hex[:12]}"
    store.make(bucket, versions=True)
    library = connect_url(f"s3://{bucket}/{PREFIX}", options(store.url))
    library.keep(DECK)
    store.put(bucket, KEY, b"spoilt")
    library.keep(DECK)
    assert library.read(KEY) == DECK
    library.remove(KEY)

    assert not library.has(KEY)
    found = store.s3.list_object_versions(Bucket=bucket)
    assert len(found["Versions"]) == 3
    assert [each.seen for each in library.check()] == [
        "keeps versions for ever, so what Frontdesk removes stays in it"
    ]
    rule = {
        "ID": "versions",
        "Status": "Enabled",
        "Filter": {"Prefix": ""},
        "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
    }
    store.s3.put_bucket_lifecycle_configuration(
        Bucket=bucket, LifecycleConfiguration={"Rules": [rule]}
    )
    assert library.check() == []


def test_a_bucket_that_is_well_has_nothing_left_of_being_checked(shelf: Shelf) -> None:
    assert shelf.library().check() == []
    assert shelf.store.names(shelf.bucket) == []


def test_a_bucket_that_is_not_there_is_no_empty_library(shelf: Shelf) -> None:
    library = connect_url("s3://never-made/assets", options(shelf.gate.url))

    assert said_to_everybody(library) == "The library's place is not there"


@pytest.mark.parametrize(
    "keys", [Keys("AKIANOTREAL", "not-real"), Keys("AKIANOTREAL", "not/real+at=all")]
)
def test_keys_that_nobody_knows_are_said(shelf: Shelf, keys: Keys) -> None:
    shelf.store.lock()
    try:
        said = said_to_everybody(shelf.library(keys))
    finally:
        shelf.store.unlock()

    assert said == "The library refuses Frontdesk"


def test_what_the_keys_may_not_do_is_said_of_that_alone(shelf: Shelf) -> None:
    shelf.library().keep(DECK)
    reader = shelf.store.somebody(shelf.bucket, "s3:GetObject", "s3:ListBucket")
    nobody = shelf.store.somebody(shelf.bucket, "s3:ListBucket")
    all_that_is_needed = shelf.store.somebody(
        shelf.bucket, "s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"
    )
    shelf.store.lock()
    try:
        assert shelf.library(reader).read(KEY) == DECK
        assert not shelf.library(reader).has(ABSENT)
        for refused in (
            lambda: shelf.library(reader).keep(b"other"),
            lambda: shelf.library(reader).remove(KEY),
            shelf.library(reader).check,
            lambda: shelf.library(nobody).read(KEY),
        ):
            with pytest.raises(LibraryUnavailable, match=r"refuses Frontdesk .+ an admin has to"):
                refused()
        assert shelf.library(all_that_is_needed).check() == []
    finally:
        shelf.store.unlock()
    assert shelf.store.names(shelf.bucket) == [shelf.store.place(KEY)]


def test_keys_that_may_not_list_never_take_a_file_for_missing(shelf: Shelf) -> None:
    blind = shelf.store.somebody(shelf.bucket, "s3:GetObject", "s3:PutObject")
    shelf.store.lock()
    try:
        with pytest.raises(LibraryUnavailable, match="refuses Frontdesk"):
            shelf.library(blind).read(ABSENT)
        with pytest.raises(LibraryUnavailable, match="refuses Frontdesk"):
            shelf.library(blind).has(ABSENT)
    finally:
        shelf.store.unlock()


class Refusing(BaseHTTPRequestHandler):
    """A server that answers everything as Amazon's documents say; to HEAD without a word."""

    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        status, code = self.server.RequestHandlerClass.said  # type: ignore[attr-defined]
        text = f"<Error><Code>{code}</Code><Message>m</Message></Error>".encode()
        self.send_response(status)
        self.send_header("content-type", "application/xml")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_HEAD = do_PUT = do_DELETE = answer  # noqa: N815 - the library's names

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def refusing(status: int, code: str) -> Iterator[str]:
    """A server that refuses everything with this code; yield its address."""
    kind = type("Saying", (Refusing,), {"said": (status, code)})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "code", "fix"),
    [
        (403, "RequestTimeTooSkewed", "Set this machine's clock"),
        (403, "InvalidAccessKeyId", "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (403, "SignatureDoesNotMatch", "Correct AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"),
        (400, "ExpiredToken", "Renew the keys and AWS_SESSION_TOKEN"),
        (400, "AuthorizationHeaderMalformed", "Name the bucket's region"),
        (403, "AccessDenied", "Correct FRONTDESK_LIBRARY, or the keys and what they may do"),
        (503, "SlowDown", "Wait until the server is well again"),
    ],
)
def test_what_a_server_says_of_us_comes_with_its_own_fix(status: int, code: str, fix: str) -> None:
    with refusing(status, code) as url:
        library = connect_url("s3://shelf/assets", options(url), 20)
        with pytest.raises(NotUsable, match=rf"\({code}\); an admin has to") as trouble:
            library.check()

    assert trouble.value.code == code
    assert fix_of(trouble.value).startswith(fix)


def test_what_a_server_calls_it_is_shown_only_where_it_is_a_code() -> None:
    with refusing(403, "&lt;!channel&gt; pay here") as url:
        library = connect_url("s3://shelf/assets", options(url), 20)
        with pytest.raises(LibraryUnavailable) as trouble:
            library.read(KEY)

    assert "channel" not in str(trouble.value)


def test_a_server_that_is_down_is_said_and_used_again_when_it_is_back(shelf: Shelf) -> None:
    library = shelf.library()
    library.keep(DECK)
    shelf.gate.shut()

    for use in (lambda: library.keep(DECK), lambda: library.open(KEY), lambda: library.has(KEY)):
        with pytest.raises(LibraryUnavailable, match=r"an admin has to see whether it can be"):
            use()

    shelf.gate.open()
    assert library.read(KEY) == DECK


def test_a_server_that_hangs_is_given_up_in_time(shelf: Shelf) -> None:
    library = shelf.library(seconds=SECONDS)
    library.keep(DECK)
    shelf.store.freeze()
    try:
        began = monotonic()
        with pytest.raises(LibraryUnavailable, match="does not answer in time"):
            library.read(KEY)
        took = monotonic() - began
    finally:
        shelf.store.thaw()

    assert SECONDS <= took < SECONDS + 2
    assert library.read(KEY) == DECK


def test_a_server_that_answers_drop_by_drop_is_given_up_in_time(shelf: Shelf) -> None:
    library = shelf.library(seconds=SECONDS)
    library.keep(DECK)
    shelf.gate.trickles = True

    began = monotonic()
    with pytest.raises(LibraryUnavailable, match="does not answer in time"):
        library.open(KEY)
    assert monotonic() - began < 2 * SECONDS + 2

    shelf.gate.trickles = False
    assert shelf.library().read(KEY) == DECK


def test_nothing_that_is_said_holds_a_key(shelf: Shelf) -> None:
    keys = Keys("AKIANOTREAL", "not/real")
    shelf.store.lock()
    try:
        with pytest.raises(LibraryUnavailable) as unavailable:
            shelf.library(keys).keep(DECK)
    finally:
        shelf.store.unlock()

    assert keys.key not in str(unavailable.value)
    assert keys.secret not in str(unavailable.value)


@pytest.mark.parametrize(
    ("url", "fix"),
    [
        ("gs://shelf", "Install gcsfs"),
        ("az://shelf", "Install adlfs"),
        ("sftp://files.harborlight.example/srv", "Install what fsspec needs for sftp"),
        ("elsewhere://shelf", "Install what fsspec needs for elsewhere"),
    ],
)
def test_what_is_not_installed_or_not_known_is_said_with_the_fix(url: str, fix: str) -> None:
    with pytest.raises(
        NotConnected, match=r"^(what )?\w+:// (needs is not|is known to nobody)"
    ) as no:
        connect_url(url, {})
    assert no.value.fix.startswith(fix)

"""A real S3 server on this machine (moto's), and a gate in front of it that can be closed."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import boto3
import httpx

from tests.tooling.repository import ROOT

REGION = "us-east-1"
PREFIX = "acme/assets"
_PIECE = 65536


@dataclass(frozen=True)
class Keys:
    """Who somebody is to the server."""

    key: str
    secret: str


ANYBODY = Keys("anybody", "not-real")


class Store:
    """The server. Whoever comes is let in until :meth:`lock` is called."""

    def __init__(self, port: int, process: "subprocess.Popen[bytes]") -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self._process = process
        self.s3 = self._client("s3")

    def make(self, bucket: str, *, versions: bool = False) -> None:
        self.s3.create_bucket(Bucket=bucket)
        if versions:
            on = {"Status": "Enabled"}
            self.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=on)

    def names(self, bucket: str) -> list[str]:
        found = self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
        return [each["Key"] for each in found]

    def place(self, sha256: str) -> str:
        return f"{PREFIX}/{sha256[:2]}/{sha256}"

    def content(self, bucket: str, sha256: str) -> bytes:
        found = self.s3.get_object(Bucket=bucket, Key=self.place(sha256))
        return bytes(found["Body"].read())

    def put(self, bucket: str, sha256: str, content: bytes) -> None:
        self.s3.put_object(Bucket=bucket, Key=self.place(sha256), Body=content)

    def somebody(self, bucket: str, *may: str) -> Keys:
        """Make a user who may do what is named with the bucket and what is in it.

        At Amazon's, who may list a bucket may ask whether it is there; moto has a name for that.
        """
        if "s3:ListBucket" in may:
            may += ("s3:HeadBucket",)
        iam = self._client("iam")
        name = f"desk{len(iam.list_users()['Users'])}"
        iam.create_user(UserName=name)
        made = iam.create_access_key(UserName=name)["AccessKey"]
        where = [f"arn:aws:s3:::{bucket}", f"arn:aws:s3:::{bucket}/*"]
        allowed = [{"Effect": "Allow", "Action": [*may], "Resource": where}]
        policy = {"Version": "2012-10-17", "Statement": allowed}
        iam.put_user_policy(UserName=name, PolicyName="own", PolicyDocument=json.dumps(policy))
        return Keys(made["AccessKeyId"], made["SecretAccessKey"])

    def lock(self) -> None:
        """From now on ask everybody for their keys, and what they may do."""
        self._let_in("0")

    def unlock(self) -> None:
        self._let_in("inf")

    def freeze(self) -> None:
        """Answer nothing any more, and keep the connections."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        os.kill(self._process.pid, signal.SIGCONT)

    def _let_in(self, how_many: str) -> None:
        where = f"{self.url}/moto-api/reset-auth"
        kind = {"Content-Type": "text/plain"}
        assert httpx.post(where, content=how_many, headers=kind).is_success

    def _client(self, service: str) -> Any:  # noqa: ANN401 - boto3 has no types
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=ANYBODY.key,
            aws_secret_access_key=ANYBODY.secret,
        )


def options(url: str, keys: Keys = ANYBODY) -> dict[str, str]:
    return {"endpoint": url, "region": REGION, "key": keys.key, "secret": keys.secret}


@contextmanager
def running() -> Iterator[Store]:
    """A server of one's own, which keeps everything in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.integrations.library.serving", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet) as process:
        try:
            _wait_for(port)
            yield Store(port, process)
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        threading.Event().wait(0.05)
    raise AssertionError("moto's server did not come up.")


class Gate:
    """A way to the server that can be shut, cut and slowed down. It counts the bytes sent up."""

    def __init__(self, port: int) -> None:
        """Lead to ``port``."""
        self._to = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.is_open = True
        self.cut_after: int | None = None
        """Bytes sent up after which every connection breaks; None: never."""
        self.trickles = False
        self.sent = 0
        self.held_after: int | None = None
        """Bytes sent up after which nothing passes until it is released; None: never."""
        self._passing = threading.Event()
        self._passing.set()
        self._over = threading.Event()
        self._ways: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._welcome, daemon=True)]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self.release()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.shut()
        for each in self._threads:
            each.join(10)

    def shut(self) -> None:
        """Break every connection, and take no other."""
        self.is_open = False
        ways, self._ways = self._ways, []
        for each in ways:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def open(self) -> None:
        self.is_open = True

    @property
    def holds(self) -> bool:
        return not self._passing.is_set()

    def release(self) -> None:
        """Let everything pass that was held."""
        self.held_after = None
        self._passing.set()

    def _welcome(self) -> None:
        while not self._over.is_set():
            try:
                guest, _ = self._listener.accept()
            except OSError:
                return
            if not self.is_open:
                guest.close()
                continue
            host = socket.create_connection(("127.0.0.1", self._to))
            self._ways += [guest, host]
            for way in ((guest, host, True), (host, guest, False)):
                thread = threading.Thread(target=self._pass_on, args=way, daemon=True)
                self._threads.append(thread)
                thread.start()

    def _pass_on(self, source: socket.socket, target: socket.socket, up: bool) -> None:  # noqa: FBT001 - a thread's
        with suppress(OSError):
            while piece := source.recv(1 if self.trickles and not up else _PIECE):
                if self.trickles and not up:
                    self._over.wait(0.2)
                self._passing.wait()
                target.sendall(piece)
                self.sent += len(piece) * up
                if up and self.held_after is not None and self.sent > self.held_after:
                    self._passing.clear()
                if up and self.cut_after is not None and self.sent > self.cut_after:
                    self.shut()
                    return
        for each in (source, target):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

"""An end for whole conversations, whichever library holds them, and whatever the server does."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import httpx
import pytest
import requests
import trustme
import urllib3

from integrations.ending import Ending, ended, watch, watch_pools, watch_session
from tests.integrations.dripping import HEAD, answer, dripping

SECONDS = 0.5
SILENCE = 20.0
"""Seconds that each library waits for one piece: far longer than all of it may take."""
WITHOUT_LENGTH = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n"
Ask = Callable[[str, str | None], bytes]


def by_httpx(url: str, trusted: str | None) -> bytes:
    verify = ssl.create_default_context(cafile=trusted) if trusted else True
    with httpx.Client(timeout=SILENCE, verify=verify) as web:
        return web.get(url, extensions={"trace": watch}).content


def by_urllib3(url: str, trusted: str | None) -> bytes:
    manager = urllib3.PoolManager(retries=False, timeout=SILENCE, ca_certs=trusted)
    watch_pools(manager)
    return manager.request("GET", url).data


def by_requests(url: str, trusted: str | None) -> bytes:
    with requests.Session() as session:
        watch_session(session)
        return session.get(url, timeout=SILENCE, verify=trusted or True).content


@pytest.fixture(params=[by_httpx, by_urllib3, by_requests])
def ask(request: pytest.FixtureRequest) -> Ask:
    found: Ask = request.param
    return found


@contextmanager
def soon() -> Iterator[None]:
    """Expect that it is cut, about when it should be."""
    begun = monotonic()
    with pytest.raises(TimeoutError), ended(SECONDS):
        yield
    assert SECONDS <= monotonic() - begun < 5


@pytest.mark.parametrize("begins", [b"", HEAD, WITHOUT_LENGTH], ids=["nothing", "head", "body"])
def test_what_comes_letter_by_letter_is_cut(ask: Ask, begins: bytes) -> None:
    with dripping(begins=begins) as place, soon():
        ask(f"http://{place}/", None)


def test_so_it_is_under_tls(ask: Ask, tmp_path: Path) -> None:
    authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    with dripping(tls=tls) as place, soon():
        ask(f"https://{place}/", str(tmp_path / "authority.pem"))


def test_a_handshake_that_never_ends_is_cut(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, soon():
        ask(f"https://127.0.0.1:{silent.getsockname()[1]}/", None)


def test_an_answer_in_time_is_whole_and_cuts_nothing(ask: Ask) -> None:
    with dripping([answer("[1]")]) as place, ended(SILENCE) as ending:
        assert ask(f"http://{place}/", None) == b"[1]"
        assert 0 < ending.left < SILENCE
    assert not ending.is_over


def test_a_connection_that_is_used_again_is_cut_too() -> None:
    session, manager = requests.Session(), urllib3.PoolManager(retries=False, timeout=SILENCE)
    watch_session(session)
    watch_pools(manager)
    asked: list[Callable[[str], object]] = [
        lambda url: session.get(url, timeout=SILENCE),
        lambda url: manager.request("GET", url),
    ]
    for each in asked:
        with dripping([answer("[1]"), answer("[2]")]) as place:
            with ended(SILENCE):
                each(f"http://{place}/")
                each(f"http://{place}/")
            with soon():
                each(f"http://{place}/")
    session.close()
    manager.clear()


def test_what_goes_through_a_proxy_is_cut_too() -> None:
    with dripping() as proxy, requests.Session() as session:
        watch_session(session)
        session.proxies = {"http": f"http://{proxy}"}
        for _ in range(2):
            with soon():
                session.get("http://partner.example/", timeout=SILENCE)
    with dripping() as proxy, httpx.Client(proxy=f"http://{proxy}", timeout=SILENCE) as web, soon():
        web.get("http://partner.example/", extensions={"trace": watch})


def test_what_is_held_when_the_time_is_over_is_cut_at_once() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ending = passed(0.01)
        ending.hold(ours)
        assert theirs.recv(1) == b""
        with pytest.raises(TimeoutError):
            assert ending.left
        ending.let_go()


def test_what_was_let_go_is_not_cut() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ending = Ending(0.1)
        ending.hold(ours)
        ending.let_go()
        passed(0.2).let_go()
        ours.sendall(b"x")
        assert theirs.recv(1) == b"x"


def passed(seconds: float) -> Ending:
    """One whose time is over."""
    ending = Ending(seconds)
    while not ending.is_over:
        threading.Event().wait(0.01)
    return ending


def test_what_goes_wrong_in_time_is_said_as_it_is() -> None:
    with pytest.raises(ValueError, match="another"), ended(SILENCE):
        raise ValueError("another")


def test_each_thread_has_an_end_of_its_own() -> None:
    with dripping([answer("[1]")]) as place, ended(SILENCE):
        cut: list[bool] = []

        def other() -> None:
            with soon():
                threading.Event().wait(SECONDS * 1.5)
            cut.append(True)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
        assert cut
        assert by_httpx(f"http://{place}/", None) == b"[1]"

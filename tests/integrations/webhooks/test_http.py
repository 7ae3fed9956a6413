"""Facts on their way to an endpoint: signed, to the address that was checked, and no further."""

import base64
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
import trustme

from bot.ports.webhooks import Endpoint, NotTaken
from integrations.webhooks import HttpWebhooks, Resolve, resolved
from integrations.webhooks.addresses import address_of
from integrations.webhooks.http import signature
from tests.integrations.dripping import dripping
from tests.integrations.webhooks.receiver import SECRET, Receiver, receiving

NOW = datetime(2026, 11, 22, 19, 14, tzinfo=UTC)
BODY = b'{"type":"sow.submit"}'
HOST = "hooks.harborlight.example"


class RealTime:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@contextmanager
def way(
    resolve: Resolve = resolved, authorities: Path | None = None, seconds: float = 5.0
) -> Iterator[HttpWebhooks]:
    yield HttpWebhooks((), RealTime(), resolve=resolve, authorities=authorities, seconds=seconds)


def endpoint(url: str, **more: object) -> Endpoint:
    return replace(Endpoint(name="crm", url=url, secrets=(SECRET,)), **more)  # type: ignore[arg-type]  # fields by name


def test_the_signature_is_that_of_standard_webhooks() -> None:
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    message, at, body = "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", b'{"test": 2432232314}'

    assert (
        signature([secret], message, at, body) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


def test_a_fact_arrives_signed(receiver: Receiver) -> None:
    with way() as webhooks:
        webhooks.send(endpoint(f"{receiver.url}/hook?a=1"), "msg_1", BODY)

    [told] = receiver.taken
    assert (told.path, told.body, told.id) == ("/hook?a=1", BODY, "msg_1")
    assert told.headers["webhook-timestamp"] == str(int(NOW.timestamp()))
    assert told.headers["content-type"] == "application/json"
    assert told.is_signed()
    assert not told.is_signed(b"another secret")


def test_while_a_secret_is_rotated_both_sign(receiver: Receiver) -> None:
    with way() as webhooks:
        both = endpoint(receiver.url, secrets=(b"the new one", SECRET))
        webhooks.send(both, "msg_1", BODY)

    [told] = receiver.taken
    assert told.is_signed()
    assert told.is_signed(b"the new one")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receiver: Receiver, status: int) -> None:
    receiver.status = status
    with way() as webhooks, pytest.raises(NotTaken, match="leads elsewhere"):
        webhooks.send(endpoint(f"{receiver.url}/hook"), "msg_1", BODY)

    assert [each.path for each in receiver.told] == ["/hook"]


@pytest.mark.parametrize(
    ("status", "refused"),
    [
        (400, True),
        (422, True),
        (401, False),
        (404, False),
        (410, False),
        (429, False),
        (503, False),
    ],
)
def test_what_is_not_taken_says_whether_it_was_not_wanted(
    receiver: Receiver, status: int, *, refused: bool
) -> None:
    receiver.status = status
    with way() as webhooks, pytest.raises(NotTaken, match=f"answers {status}") as why:
        webhooks.send(endpoint(receiver.url), "msg_1", BODY)

    assert why.value.refused == refused


def test_one_that_hangs_is_given_up_soon_and_one_that_is_gone_at_once(receiver: Receiver) -> None:
    receiver.hangs = threading.Event()
    with way(seconds=0.3) as webhooks:
        with pytest.raises(NotTaken, match=r"did not answer within 0\.3 seconds"):
            webhooks.send(endpoint(receiver.url), "msg_1", BODY)
        with pytest.raises(NotTaken, match=r"cannot be reached \(ConnectError\)"):
            webhooks.send(endpoint("http://127.0.0.1:9/"), "msg_1", BODY)


def test_one_whose_answer_comes_bit_by_bit_is_given_up_as_soon() -> None:
    with dripping() as place, way(seconds=0.5) as webhooks:
        began = monotonic()
        with pytest.raises(NotTaken, match=r"did not answer within 0\.5 seconds"):
            webhooks.send(endpoint(f"http://{place}/"), "msg_1", BODY)
        assert monotonic() - began < 10


INSIDE = ("10.0.0.5", "192.168.1.1", "172.16.0.1", "127.0.0.1", "::1", "fd00::1", "100.64.0.1")
NOWHERE = (
    *("169.254.169.254", "fe80::1%eth0", "::", "224.0.0.1", "ff02::1"),
    "0.0.0.0",  # noqa: S104 - nothing listens
    *("fd00:ec2::254", "100.100.100.200", "168.63.129.16"),
    *("::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"),
)
DISGUISED = ("::ffff:10.0.0.5", "64:ff9b::a00:5", "2002:a00:5::1", "::ffff:127.0.0.1")


@pytest.mark.parametrize("address", [*INSIDE, *NOWHERE, *DISGUISED])
def test_a_name_that_leads_inside_is_refused(receiver: Receiver, address: str) -> None:
    port = receiver.url.rpartition(":")[2]
    with way(lambda _host, _port: ["93.184.215.14", address]) as webhooks:
        named = endpoint(f"https://{HOST}:{port}/")
        assert "private network" in webhooks.trouble(named)
        with pytest.raises(NotTaken, match="private network"):
            webhooks.send(named, "msg_1", BODY)

    assert receiver.told == []


@pytest.mark.parametrize("address", NOWHERE)
def test_where_clouds_keep_secrets_is_refused_even_when_inside_is_meant(address: str) -> None:
    with way(lambda _host, _port: [address]) as webhooks:
        assert "private network" in webhooks.trouble(endpoint(f"https://{HOST}/", inside=True))


def test_what_is_meant_to_be_inside_may_be() -> None:
    inside = endpoint(f"https://{HOST}/", inside=True)
    for address in (*INSIDE, "93.184.215.14"):
        assert address_of(inside, HOST, 443, lambda _host, _port, found=address: [found]) == address  # type: ignore[misc]  # a default


def test_whether_somebody_is_there_can_be_asked_and_nothing_is_sent(receiver: Receiver) -> None:
    with way() as webhooks:
        assert webhooks.trouble(endpoint(receiver.url)) == ""
        assert "ConnectionRefusedError" in webhooks.trouble(endpoint("http://127.0.0.1:9/"))
        port = receiver.url.rpartition(":")[2]
        assert "no TLS" in webhooks.trouble(endpoint(f"https://127.0.0.1:{port}/"))
    with dripping() as silent, way(seconds=0.3) as webhooks:
        said = webhooks.trouble(endpoint(f"https://{silent}/"))
    assert said == "It did not answer within 0.3 seconds."
    assert receiver.told == []


def test_a_name_that_nobody_knows_is_a_reason() -> None:
    def nobody(_host: str, _port: int) -> Sequence[str]:
        raise OSError(-2, "Name or service not known")

    with way(nobody) as webhooks:
        assert "cannot be looked up" in webhooks.trouble(endpoint(f"https://{HOST}/"))


def test_the_address_that_was_checked_is_the_one_that_is_used(tmp_path: Path) -> None:
    """Under an authority of the company's own, which is named in a file."""
    authority, asked = trustme.CA(), list[str]()
    served, trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), tmp_path / "ca.pem"
    authority.issue_cert(HOST).configure_cert(served)
    authority.cert_pem.write_to_path(str(trust))

    def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with receiving(served) as receiver, way(resolve, trust) as webhooks:
        port = receiver.url.rpartition(":")[2]
        webhooks.send(endpoint(f"https://{HOST}:{port}/x", inside=True), "msg_1", BODY)
        other = endpoint(f"https://other.example:{port}/", inside=True)
        with pytest.raises(NotTaken, match=r"certificate is not trusted: Hostname mismatch"):
            webhooks.send(other, "msg_2", BODY)
        mine = endpoint(f"https://{HOST}:{port}/x", inside=True)
        with way(resolve) as usual, pytest.raises(NotTaken, match=r"not trusted: .*CA_FILE") as why:
            usual.send(mine, "msg_3", BODY)
        assert usual.trouble(mine) == str(why.value)
        assert webhooks.trouble(mine) == ""

    assert [each.headers["host"] for each in receiver.taken] == [f"{HOST}:{port}"]
    assert asked == [HOST, "other.example", *[HOST] * 3]


@pytest.mark.parametrize(
    "url", ["https://10.0.0.256/hook", "https://xn--a/", f"{HOST}{'/x' * 40_000}"]
)
def test_an_address_that_cannot_be_read_is_said_to_be_that(url: str) -> None:
    said = "Its address cannot be read; correct FRONTDESK_WEBHOOKS."
    with way() as webhooks:
        assert webhooks.trouble(endpoint(url)) == said
        with pytest.raises(NotTaken, match=said):
            webhooks.send(endpoint(url), "msg_1", BODY)

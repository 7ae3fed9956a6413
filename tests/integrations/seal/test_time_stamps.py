"""Time stamps of an authority on this machine: there, slow, wrong, or not there at all."""

import ssl
from datetime import timedelta

import pytest
import trustme

from bot.ports import SealUnavailable
from integrations.clock import SystemClock
from integrations.seal.time_stamps import TimeStamps
from tests.integrations.seal.authorities import TimeAuthority

FIX = "Wait for the authority, or correct FRONTDESK_SEAL_TIMESTAMPS."


def test_it_stamps() -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        TimeStamps(url, SystemClock()).check()
    assert authority.asked == 1


def test_nobody_there_is_said_with_the_fix() -> None:
    with TimeAuthority().open() as url:
        pass
    with pytest.raises(SealUnavailable, match=r"cannot be reached \(ConnectError\)") as refused:
        TimeStamps(url, SystemClock()).check()
    assert url in str(refused.value)
    assert refused.value.fix == FIX


def test_who_is_slow_is_waited_for_only_so_long() -> None:
    authority = TimeAuthority()
    authority.may_answer.clear()
    with (
        authority.open() as url,
        pytest.raises(SealUnavailable, match=r"it did not answer within 0\.3 s"),
    ):
        TimeStamps(url, SystemClock(), seconds=0.3).check()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (500, None, "it answered with 500"),
        (302, None, "it answered with 302"),
        (200, b"", "gave no stamp"),
        (200, b"<html>Welcome</html>", "gave no stamp"),
        (200, bytes.fromhex("30053003020102"), "gave no stamp"),
        (200, b"\x30" * 70_000, "its answer is too long"),
    ],
)
def test_an_answer_of_no_use_is_none(status: int, body: bytes | None, said: str) -> None:
    authority = TimeAuthority()
    authority.status, authority.body = status, body
    with authority.open() as url, pytest.raises(SealUnavailable, match=said):
        TimeStamps(url, SystemClock()).check()


def test_a_stamp_on_something_else_is_not_taken() -> None:
    authority = TimeAuthority()
    authority.other = b"\x01" * 32
    with authority.open() as url, pytest.raises(SealUnavailable, match="something else"):
        TimeStamps(url, SystemClock()).check()


@pytest.mark.parametrize("late", [timedelta(minutes=10), timedelta(minutes=-10)])
def test_a_stamp_of_another_time_is_not_taken(late: timedelta) -> None:
    authority = TimeAuthority()
    authority.at = SystemClock().now() - late
    with authority.open() as url:
        with pytest.raises(SealUnavailable, match="gave no stamp: it says 20"):
            TimeStamps(url, SystemClock()).check()
        authority.at = SystemClock().now() - late / 5
        TimeStamps(url, SystemClock()).check()


def test_a_stamp_of_an_earlier_question_is_not_taken() -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        TimeStamps(url, SystemClock()).check()
        authority.body = authority.last
        with pytest.raises(SealUnavailable, match="gave no stamp"):
            TimeStamps(url, SystemClock()).check()


def test_over_tls_who_is_not_certified_is_not_asked() -> None:
    authority, tls = TimeAuthority(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with authority.open(tls) as url, pytest.raises(SealUnavailable, match="cannot be reached"):
        TimeStamps(url, SystemClock()).check()
    assert authority.asked == 0

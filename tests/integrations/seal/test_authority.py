"""A certificate authority of the installation's own: made once, whole, and renewed by itself."""

import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from bot.ports import SealUnavailable
from integrations.seal.authority import Authority
from tests.integrations.seal.authorities import StillClock
from tests.tooling.repository import ROOT

DAY = timedelta(days=1)
MAKE = """
import sys
from pathlib import Path
from integrations.clock import SystemClock
from integrations.seal.authority import Authority
authority = Authority(Path(sys.argv[1]), "Harbor Light", SystemClock())
sys.stdin.readline()
keys = authority.keys()
print(keys.certificate.serial_number, keys.chain[0].serial_number)
"""


def test_only_the_bots_account_reads_it_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        Authority(tmp_path / "data" / "seal", "Harbor Light", StillClock()).keys()
    finally:
        os.umask(before)
    folder = tmp_path / "data" / "seal"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {
        "root.pem": 0o600,
        "seal.pem": 0o600,
    }
    assert [each.name for each in (tmp_path / "data").iterdir()] == ["seal"]


def test_what_was_open_to_others_is_closed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "seal"
    authority = Authority(folder, "Harbor Light", StillClock())
    authority.keys()
    folder.chmod(0o755)
    for each in folder.iterdir():
        each.chmod(0o644)
    authority.keys()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    assert f"could come at {folder / 'root.pem'}" in caplog.text


def test_processes_that_make_it_at_once_have_the_same_keys(tmp_path: Path) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(tmp_path / "seal")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for each in started:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    said = [each.communicate(timeout=50)[0] for each in started]
    assert [each.returncode for each in started] == [0, 0, 0]
    assert len(set(said)) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["seal"]
    assert {each.name for each in (tmp_path / "seal").iterdir()} == {"root.pem", "seal.pem"}


def test_it_begins_in_a_folder_that_is_there_as_a_volume_is(tmp_path: Path) -> None:
    (tmp_path / "seal" / "lost+found").mkdir(parents=True)
    made = Authority(tmp_path / "seal", "Harbor Light", StillClock()).keys()
    again = Authority(tmp_path / "seal", "Harbor Light", StillClock()).keys()
    assert again.certificate == made.certificate
    assert stat.S_IMODE((tmp_path / "seal").stat().st_mode) == 0o700


def test_one_that_died_between_its_two_keys_goes_on(tmp_path: Path) -> None:
    first = Authority(tmp_path / "seal", "Harbor Light", StillClock()).keys()
    (tmp_path / "seal" / "seal.pem").unlink()
    second = Authority(tmp_path / "seal", "Harbor Light", StillClock()).keys()
    assert second.root == first.root
    second.certificate.verify_directly_issued_by(first.chain[0])


def test_the_certificate_is_renewed_in_time_under_the_same_root(tmp_path: Path) -> None:
    clock = StillClock()
    authority = Authority(tmp_path / "seal", "Harbor Light", clock)
    first = authority.keys()
    assert 4 * 365 * DAY < first.until - clock.at < 6 * 365 * DAY
    clock.at = first.until - 181 * DAY
    assert authority.keys().certificate == first.certificate
    clock.at = first.until - 179 * DAY
    second = authority.keys()
    assert second.certificate != first.certificate
    assert second.root == first.root
    assert second.until > first.until
    second.certificate.verify_directly_issued_by(first.chain[0])
    again = Authority(tmp_path / "seal", "Another name", clock).keys()
    assert again.certificate == second.certificate


def test_no_certificate_outlives_the_root(tmp_path: Path) -> None:
    clock = StillClock()
    authority = Authority(tmp_path / "seal", "Harbor Light", clock)
    root = authority.keys().chain[0]
    assert 19 * 365 * DAY < root.not_valid_after_utc - clock.at < 21 * 365 * DAY
    clock.at = root.not_valid_after_utc - 100 * DAY
    last = authority.keys()
    assert last.until <= root.not_valid_after_utc
    assert authority.keys().certificate == last.certificate
    clock.at = root.not_valid_after_utc + DAY
    assert authority.keys().until < clock.at


def test_what_a_key_is_for_stands_in_its_certificate(tmp_path: Path) -> None:
    keys = Authority(tmp_path / "seal", "Ä" * 70, StillClock()).keys()
    assert keys.name == "Ä" * 32
    root = keys.chain[0].extensions
    assert root.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    leaf = keys.certificate.extensions
    assert not leaf.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = leaf.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign


@pytest.mark.parametrize("name", ["root.pem", "seal.pem"])
@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PRIVATE KEY-----\nAAAA"])
def test_keys_that_are_lost_or_damaged_are_said_and_not_replaced(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = tmp_path / "seal"
    folder.mkdir()
    for each in ("root.pem", "seal.pem"):
        (folder / each).write_bytes(b"damaged")
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    before = {each.name: each.read_bytes() for each in folder.iterdir()}
    with pytest.raises(SealUnavailable, match="cannot be used") as refused:
        Authority(folder, "Harbor Light", StillClock()).keys()
    assert "Restore the folder from a backup" in refused.value.fix
    assert {each.name: each.read_bytes() for each in folder.iterdir()} == before

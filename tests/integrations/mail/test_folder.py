"""Mail in a folder."""

import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from bot.ports.mail import MailUnavailable
from integrations.mail import FolderMailer
from tests.integrations.mail.samples import NOON, SENDER, SENDER_NAME, StillClock, mail


def mailer(folder: Path, clock: StillClock) -> FolderMailer:
    return FolderMailer(folder, SENDER, SENDER_NAME, clock)


def test_it_reaches_nobody(tmp_path: Path) -> None:
    assert not mailer(tmp_path, StillClock()).reaches_people


def test_the_files_sort_by_the_time_of_writing(tmp_path: Path) -> None:
    clock = StillClock()
    for number in range(3):
        clock.at = NOON + timedelta(seconds=number)
        mailer(tmp_path, clock).send(mail(key=f"mail:{number}", subject=f"Number {number}"))
    files = sorted(tmp_path.iterdir())
    assert [b"Subject: Number %d\r\n" % number in files[number].read_bytes() for number in range(3)]
    assert files[1].name.startswith("20261123T120001000000Z-")
    assert {file.suffix for file in files} == {".eml"}


def test_a_key_is_written_once_even_by_the_next_process(tmp_path: Path) -> None:
    clock = StillClock()
    mailer(tmp_path, clock).send(mail(subject="First"))
    (before,) = tmp_path.iterdir()
    written = before.stat().st_mtime_ns
    clock.at += timedelta(hours=1)
    mailer(tmp_path, clock).send(mail(subject="Second"))
    (after,) = tmp_path.iterdir()
    assert after == before
    assert after.stat().st_mtime_ns == written
    assert b"Subject: First" in after.read_bytes()


def test_a_key_is_written_once_by_eight_at_once(tmp_path: Path) -> None:
    desk = mailer(tmp_path, StillClock())
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(desk.send, [mail(subject=f"Number {number}") for number in range(40)]))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_bots_account_reads_it(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "mail"
    mailer(folder, StillClock()).send(mail())
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(MailUnavailable, match="could not be written to its folder: File exists"):
        mailer(tmp_path / "mail", StillClock()).send(mail())

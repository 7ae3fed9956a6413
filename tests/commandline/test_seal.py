"""The seal at the command line: off by default, examined by the doctor, checked on any file."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import CannotGoOn
from checkup import see_doctor
from frontdesk import Frontdesk
from integrations.clock import SystemClock
from integrations.documents.renderer import TypstRenderer
from partners import connecting
from records import check_seal
from settings import Settings, load
from settings.seal import SealChoice
from storage.migrate import migrate
from tests.integrations.seal.authorities import TimeAuthority, certified, key_file
from tests.integrations.seal.forging import sealed_by
from tests.softhsm import PIN, Token
from tests.tooling.repository import ROOT

NOW, YEAR = SystemClock().now(), timedelta(days=365)
NOT_WELL = "✗ Not all of this is well: this file is not known to be as that seal left it."
LOADED = """
import sys
from pathlib import Path
from frontdesk import Frontdesk
from settings import load
environ = {environ!r}
frontdesk = Frontdesk(load(environ, Path(environ["FRONTDESK_DATA"])))
print(*sorted({{name.partition(".")[0] for name in sys.modules}}))
frontdesk.stop()
"""
WITHOUT = """
import sys
sys.path[:0] = [{site!r}]
from pathlib import Path
from bot.ports import SealUnavailable
from integrations.clock import SystemClock
from integrations.seal import connecting
for attempt in (
    lambda: connecting.connect(
        None, "", "", folder=Path("seal"), company="", clock=SystemClock()
    ),
    lambda: connecting.look(b"", []),
):
    try:
        attempt()
    except SealUnavailable as missing:
        print(missing, "|", missing.fix)
"""


def environ(folder: Path, **more: str) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": "xoxb-not-a-real-token",
        "SLACK_SIGNING_SECRET": "visibly-fake-secret",
        "SLACK_API_URL": "http://127.0.0.1:9/api/",
        "FRONTDESK_AUDIT_KEY": "5a" * 32,
        "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
        "FRONTDESK_DATA": str(folder),
        **more,
    }


def in_a_process_of_its_own(code: str, *options: str, cwd: Path = ROOT) -> str:
    command = [sys.executable, *options, "-c", code]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = load(environ(tmp_path), tmp_path)
    migrate(found.database_url)
    return found


def chosen(settings: Settings, **how: object) -> Settings:
    return replace(settings, seal=replace(SealChoice(), **how))  # type: ignore[arg-type]  # by name


@pytest.mark.parametrize(("more", "is_loaded"), [({}, False), ({"FRONTDESK_SEAL": "own"}, True)])
def test_nothing_of_it_is_loaded_unless_it_is_set(
    tmp_path: Path, more: dict[str, str], *, is_loaded: bool
) -> None:
    modules = in_a_process_of_its_own(LOADED.format(environ=environ(tmp_path, **more))).split()
    of_it = {"pyhanko", "pyhanko_certvalidator", "asn1crypto", "cryptography"}
    assert of_it & {*modules} == (of_it if is_loaded else set())
    assert "pkcs11" not in modules


def test_without_the_extra_it_says_how_to_install_it(tmp_path: Path) -> None:
    """As on a machine with requirements.lock alone: its packages, and those of no other lock."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("bot", "workflows", "modals", "messages", "integrations"):
        (site / name).symlink_to(ROOT / name)
    for each in Path(sys.prefix).glob("lib/python*/site-packages/*"):
        if not each.name.startswith("pyhanko"):
            (site / each.name).symlink_to(each)
    said = in_a_process_of_its_own(WITHOUT.format(site=str(site)), "-S", cwd=tmp_path).splitlines()
    assert len(said) == 2
    for line in said:
        assert line.startswith(("pyhanko is not installed | Install it: `make seal`", "pyhanko."))
        assert "requirements-seal.lock" in line


def test_what_is_set_and_cannot_be_used_stops_no_bot(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    frontdesk = Frontdesk(chosen(settings, key_file=settings.data / "nowhere.p12"))
    frontdesk.stop()
    assert "Nothing can be sealed: " in caplog.text
    assert "nowhere.p12 cannot be read: No such file" in caplog.text


async def finding(settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[str, str, str]:
    """What the doctor says about the seal: the state, what it saw and the fix."""
    await asyncio.to_thread(lambda: see_doctor(settings, as_json=True))
    found = json.loads(capsys.readouterr().out)
    [one] = [each for each in found if each["subject"] == "Seal"]
    return one["state"], one["seen"], one["fix"]


async def test_the_doctor_says_that_there_is_none(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "off, what the client approved is kept as it is"
    assert await finding(settings, capsys) == ("well", said, "")


async def test_the_doctor_says_whose_it_is_and_who_stamps_the_time(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with TimeAuthority().open() as url:
        there = await finding(chosen(settings, timestamps=url), capsys)
    state, seen, fix = there
    assert (state, fix) == ("well", "")
    assert seen.startswith(f"on: of {settings.company.name}, with time stamps of {url}; its cert")
    state, seen, fix = await finding(chosen(settings, timestamps=url), capsys)
    assert state == "wrong"
    assert "cannot be reached" in seen
    assert "FRONTDESK_SEAL_TIMESTAMPS" in fix


@pytest.mark.usefixtures("settings")
async def test_the_doctor_looks_into_a_token(
    tmp_path: Path, token: Token, capsys: pytest.CaptureFixture[str]
) -> None:
    token.keep("our seal", certified("Harbor Light", NOW - YEAR, 3 * YEAR))
    chosen = {"FRONTDESK_SEAL": token.uri("our seal"), "FRONTDESK_SEAL_PASSWORD": PIN}
    there = load(environ(tmp_path, **chosen), tmp_path)
    state, seen, _fix = await finding(there, capsys)
    assert (state, seen[:22]) == ("well", "on: of Harbor Light, w")
    chosen["FRONTDESK_SEAL"] = token.uri("another")
    there = load(environ(tmp_path, **chosen), tmp_path)
    state, seen, fix = await finding(there, capsys)
    assert state == "wrong"
    assert "there is no key another by RSA" in seen
    assert "FRONTDESK_SEAL" in fix


@pytest.mark.parametrize(
    ("days", "state", "said"),
    [(61, "well", "holds until"), (59, "wrong", "holds until"), (-1, "wrong", "ended on")],
)
async def test_the_doctor_warns_before_a_certificate_ends(
    settings: Settings, capsys: pytest.CaptureFixture[str], days: int, state: str, said: str
) -> None:
    lasts = YEAR + timedelta(days=days)
    file = key_file(settings.data / "seal.p12", certified("Harbor Light", NOW - YEAR, lasts))
    found = await finding(chosen(settings, key_file=file), capsys)
    assert found[0] == state
    assert said in found[1]
    assert bool(found[2]) == (state == "wrong")


async def test_the_doctor_finds_a_key_that_others_can_read(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = certified("Harbor Light", NOW - YEAR, 3 * YEAR)
    file = key_file(settings.data / "seal.p12", pair)
    file.chmod(0o640)
    state, seen, fix = await finding(chosen(settings, key_file=file), capsys)
    assert (state, fix) == ("wrong", f"chmod 600 {file}")
    assert seen.endswith(f"other accounts may come at {file}, mode 640")
    file.chmod(0o600)
    assert (await finding(chosen(settings, key_file=file), capsys))[0] == "well"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    renderer = TypstRenderer()
    return renderer.pdf(renderer.template("plain", 1, "Statement of Work"), {})


def checked(
    settings: Settings,
    content: bytes,
    capsys: pytest.CaptureFixture[str],
    root: Path | None = None,
    name: str = "",
) -> tuple[int, Sequence[str]]:
    """The status, and what is said; the verdict comes last, and is one of two sentences."""
    file = settings.data / "theirs.pdf"
    file.write_bytes(content)
    status = check_seal(settings, file, root, name)
    *said, blank, verdict = capsys.readouterr().out.split("\n")[:-1]
    assert (blank, verdict) == ("", NOT_WELL if status else "✓ All of this is well.")
    return status, said


def test_a_sealed_file_is_told_from_a_changed_one(
    settings: Settings, pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    with TimeAuthority().open() as url:
        own = chosen(settings, timestamps=url)
        sealed = connecting.seal(own).sealed(pdf, "")
    status, said = checked(own, sealed, capsys)
    assert status == 0
    assert [each[0] for each in said] == ["✓"] * 5
    name = settings.company.name
    assert said[0].startswith(f'✓ It has the seal of "CN={name},O={name}", of 20')
    assert said[0].endswith("UTC by the clock of who sealed it.")
    assert said[2].startswith('✓ Its time stamp, of "Clock Tower", tells the same time: 20')
    flipped = bytearray(sealed)
    flipped[pdf.index(b"stream") + 20] ^= 1
    status, said = checked(own, bytes(flipped), capsys)
    assert (status, said[3]) == (1, "✗ What was sealed is changed.")
    status, said = checked(own, sealed + b"\n% more\n", capsys)
    assert (status, said[4]) == (1, "✗ The seal does not cover what was put behind it.")
    assert checked(own, pdf, capsys) == (1, ["✗ It has no seal."])


def test_a_seal_of_somebody_else_is_not_ours(
    settings: Settings, pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even under the same authority, as one that certifies many."""
    ours = key_file(settings.data / "ours.p12", certified("Harbor Light", NOW - YEAR, 2 * YEAR))
    mallory = certified("Mallory", NOW - YEAR, 2 * YEAR)
    theirs = key_file(settings.data / "theirs.p12", mallory)
    sealed = connecting.seal(chosen(settings, key_file=theirs)).sealed(pdf, "")
    status, said = checked(chosen(settings, key_file=ours), sealed, capsys)
    assert status == 1
    assert said[0].startswith('✗ It has the seal of "CN=Mallory"')
    assert said[1].startswith('✗ Its issuer, "Mallory Root", is not')
    assert checked(settings, sealed, capsys)[0] == 1
    root = settings.data / "root.pem"
    root.write_bytes(mallory.root_pem)
    assert checked(settings, sealed, capsys, root, "CN=Mallory")[0] == 0


def test_who_has_to_have_sealed_it_is_named_where_another_root_is(
    settings: Settings, pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """An authority that readers know vouches for many, and for some of the same name."""
    ours = certified("Harbor Light", NOW - YEAR, 2 * YEAR, organisation="Harbor Light")
    other = certified("Harbor Light", NOW - YEAR, 2 * YEAR, organisation="Mallory")
    own = chosen(settings, key_file=key_file(settings.data / "ours.p12", ours))
    sealed = sealed_by(other, pdf)
    assert checked(own, sealed_by(ours, pdf), capsys)[0] == 0
    assert checked(own, sealed, capsys)[0] == 1
    root = settings.data / "root.pem"
    root.write_bytes(ours.root_pem)
    with pytest.raises(CannotGoOn, match="--root needs --name"):
        checked(settings, sealed, capsys, root)
    assert checked(settings, sealed, capsys, root, "O=Harbor Light,CN=Harbor Light")[0] == 1
    assert checked(settings, sealed, capsys, root, "O=Mallory,CN=Harbor Light")[0] == 0


def test_a_name_forges_no_verdict(
    settings: Settings, pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    talks = certified("Mallory\n\n✓ All of this is well.\x1b[8m", NOW - YEAR, 2 * YEAR)
    status, said = checked(settings, sealed_by(talks, pdf) + b"% more", capsys)
    assert (status, len(said)) == (1, 4)
    assert all(each.isprintable() for each in said)


def test_the_authority_of_time_stamps_can_be_asked_for(
    settings: Settings, pdf: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        own = chosen(settings, timestamps=url)
        file, root = settings.data / "sealed.pdf", settings.data / "clock-tower.pem"
        file.write_bytes(connecting.seal(own).sealed(pdf, ""))
    root.write_bytes(authority.pair.root_pem)
    assert check_seal(own, file, stamp_root=root) == 0
    assert "an authority that was named vouches for it" in capsys.readouterr().out
    root.write_bytes(certified("Else", NOW - YEAR, YEAR).root_pem)
    assert check_seal(own, file, stamp_root=root) == 1


def test_the_command_is_there(tmp_path: Path, pdf: bytes) -> None:
    file = tmp_path / "plain.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(
        [sys.executable, "app.py", "seal", "check", str(file)],
        cwd=ROOT,
        env=environ(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, f"✗ It has no seal.\n\n{NOT_WELL}\n")
    done = subprocess.run(
        [sys.executable, "app.py", "seal", "check", str(tmp_path / "nowhere.pdf")],
        cwd=ROOT,
        env=environ(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nowhere.pdf could not be read: No such file" in done.stderr

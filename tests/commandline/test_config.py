"""The settings as a file: out of one installation, into another, on record and without secrets."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.ports import Override, Source
from settings import load
from storage.database import Database
from tests.commandline.test_app import app, environment

pytestmark = pytest.mark.prove

BARE = '[company]\nname = "Acme"\ntimezone = "Europe/Berlin"\ncurrency = "EUR"\n'
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-visibly-fake-token",
    "SLACK_APP_TOKEN": "xapp-visibly-fake-token",
    "FRONTDESK_AUDIT_KEY": "5a" * 32,
    "FRONTDESK_SMTP_URL": "smtp://visibly:fake-password@127.0.0.1:25",
    "FRONTDESK_MAIL_FROM": "sales@harborlight.example",
    "FRONTDESK_METRICS_TOKEN": "visibly-fake-metrics",
}


@contextmanager
def record(folder: Path, **more: str) -> Iterator[Database]:
    settings = load(environment(folder, **more), folder)
    database = Database(settings.database_url, audit_key=settings.audit_key)
    try:
        yield database
    finally:
        database.close()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation in which a threshold was changed."""
    folder = tmp_path / "data"
    assert app(folder, "migrate").returncode == 0
    with record(folder) as database, database.unit() as unit:
        unit.overrides.put(
            Override(
                key="workflows.sow.thresholds",
                source=Source.GIVEN,
                value={"USD": "5000"},
                version=unit.overrides.turn(),
                by="U_ADAM",
                at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
        unit.commit()
    return folder


def test_what_was_changed_is_in_the_file_and_moves_elsewhere(data: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "moved.toml", tmp_path / "elsewhere"
    assert app(data, "config", "export", str(file)).returncode == 0
    assert tomllib.loads(file.read_text())["workflows"]["sow"]["thresholds"] == {"USD": "5000"}
    assert "could not be written" in app(data, "config", "export", str(file)).stderr

    (tmp_path / "bare.toml").write_text(BARE)
    other = {"FRONTDESK_CONFIG": str(tmp_path / "bare.toml")}
    assert app(elsewhere, "migrate", **other).returncode == 0
    rehearsed = app(elsewhere, "config", "import", str(file), **other)
    assert '- company.name: "Acme" -> "Harborlight"' in rehearsed.stdout
    assert '- workflows.sow.thresholds: not set -> { USD = "5000" }' in rehearsed.stdout
    assert "Nothing was changed; add --yes to do it." in rehearsed.stdout
    assert app(elsewhere, "config", "export", **other).stdout == BARE

    done = app(elsewhere, "config", "import", str(file), "--yes", **other)
    assert (done.returncode, "✓ Changed, on record" in done.stdout) == (0, True)
    now = tomllib.loads(app(elsewhere, "config", "export", **other).stdout)
    assert now["roles"] == tomllib.loads(file.read_text())["roles"]
    again = app(elsewhere, "config", "import", str(file), "--yes", **other)
    assert again.stdout == "The settings say this already.\n"
    with record(elsewhere, **other) as database:
        with database.unit() as unit:
            entries = [each for each in unit.requests.timeline("") if each.action != "revoke"]
            assert {each.action for each in entries} == {"change_setting"}
            assert {(each.actor, each.surface) for each in entries} == {
                ("frontdesk", "command line")
            }
            [said] = [each.detail for each in entries if each.detail["setting"] == "company.name"]
            assert (said["before"], said["after"]) == ('"Acme"', '"Harborlight"')
        assert database.verify_audit() == []

    back = app(elsewhere, "config", "import", str(tmp_path / "bare.toml"), "--yes", **other)
    assert back.returncode == 0
    with record(elsewhere, **other) as database, database.unit() as unit:
        assert {each.source for each in unit.overrides.all()} == {Source.FILE}


def test_a_broken_file_changes_nothing(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    before = app(data, "config", "export").stdout
    for text, said in (
        ("[company\n", "✗ it is not TOML"),
        (BARE + '[roles]\nexecutive = ["Ryan"]\n', 'roles.executive: Entry 1: "Ryan" is nobody'),
        (BARE + "[hours]\ndays_off = 3\n", "hours.days_off: 3 is not a list"),
    ):
        broken.write_text(text)
        refused = app(data, "config", "import", str(broken), "--yes")
        assert (refused.returncode, said in refused.stderr) == (1, True), refused.stderr
        assert "Nothing was changed." in refused.stderr
    assert "could not be read" in app(data, "config", "import", str(tmp_path / "none")).stderr
    assert app(data, "config", "export").stdout == before


def test_no_secret_is_exported(data: Path) -> None:
    exported = app(data, "config", "export", **SECRETS, FRONTDESK_CONFIG="frontdesk.example.toml")
    assert exported.returncode == 0, exported.stderr
    assert "Harborlight" in exported.stdout
    for secret in (*SECRETS.values(), "fake-password"):
        assert secret == SECRETS["FRONTDESK_MAIL_FROM"] or secret not in exported.stdout


def test_settings_that_do_not_fit_the_file_any_more_can_be_put_right(
    data: Path, tmp_path: Path
) -> None:
    with record(data) as database, database.unit() as unit:
        unit.overrides.put(
            Override(
                key="hours.opens",
                source=Source.GIVEN,
                value="16:30",
                version=unit.overrides.turn(),
                by="U_ADAM",
                at=datetime(2026, 11, 20, tzinfo=UTC),
            )
        )
        unit.commit()
    edited = tmp_path / "edited.toml"
    edited.write_text(f'{BARE}[hours]\ncloses = "16:00"\n')
    here = {"FRONTDESK_CONFIG": str(edited)}
    said = "not after it opens at 16:30"
    assert said in app(data, "config", "export", **here).stderr
    assert said in app(data, "doctor", **here).stdout
    assert app(data, "config", "import", str(edited), "--yes", **here).returncode == 0
    assert app(data, "config", "export", **here).stdout == edited.read_text().replace(
        "[hours]", "\n[hours]"
    )


def test_the_doctor_names_what_is_not_as_in_the_file(data: Path) -> None:
    assert (
        "Settings: not as in frontdesk.toml: workflows.sow.thresholds (by U_ADAM, 2026-11-20)"
        in app(data, "doctor").stdout
    )

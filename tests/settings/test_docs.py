"""What is generated is fresh, and the catalogue is what the code reads: both ways."""

import re
from datetime import date
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import get_territory_currencies

from settings import SETTINGS, Mode
from settings.currencies import CURRENCIES
from settings.environment import Environment
from settings.printed import env_example, settings_page
from tests.settings.installation import Installation
from workflows.roles import Role

_ROOT = Path(__file__).parents[2]
_NAMES = [each.name for each in SETTINGS]


@pytest.mark.parametrize(
    ("file", "generated"),
    [("docs/settings.md", settings_page()), (".env.example", env_example())],
)
def test_what_is_generated_is_fresh(file: str, generated: str) -> None:
    stale = f"{file} is stale: python -m settings"
    assert (_ROOT / file).read_text(encoding="utf-8") == generated, stale


def test_the_page_and_the_example_name_every_setting_once_and_no_other() -> None:
    page = re.findall(r"(?m)^\| `([A-Z_]+)`(?: \(secret\))? \|", settings_page())
    assert page == _NAMES
    assert re.findall(r"(?m)^#([A-Z_]+)=", env_example()) == _NAMES


def test_every_name_in_the_code_is_a_setting() -> None:
    code = "".join(
        file.read_text(encoding="utf-8")
        for file in (_ROOT / "settings").glob("*.py")
        if file.stem != "catalogue"
    )
    named = set(re.findall(r'"((?:AWS|SLACK|FRONTDESK)_[A-Z_]+|[A-Z_]*DATABASE_URL|PORT)"', code))
    assert named == set(_NAMES)


def test_what_is_no_setting_cannot_be_asked_for(installation: Installation) -> None:
    env = Environment({"HOME": "/"}, installation.root / ".env")
    with pytest.raises(KeyError):
        env.text("HOME")


def test_the_example_as_it_is_starts_the_sandbox(bare: Installation) -> None:
    bare.write(".env", env_example())
    settings = bare.load()
    assert (settings.mode, settings.warnings) == (Mode.SANDBOX, ())


def test_the_examples_defaults_are_the_defaults(bare: Installation) -> None:
    uncommented = re.sub(r"(?m)^#([A-Z_]+=)", r"\1", env_example())
    bare.write(".env", re.sub(r"(?m)^SLACK_API_URL=.*|^FRONTDESK_CONFIG=.*", "", uncommented))
    assert bare.load() == Installation(bare.root).load()


def test_every_role_is_explained() -> None:
    page = settings_page()
    assert all(role in page for role in Role)


def test_the_currencies_are_those_that_pay_somewhere() -> None:
    today = date(2026, 11, 1)
    paying = {
        currency
        for territory in Locale("en").territories
        for currency in get_territory_currencies(str(territory), start_date=today)
    }
    assert paying - CURRENCIES <= {"BGN"}  # Bulgaria pays in euro since January 2026
    assert len(CURRENCIES - paying) < 5

"""frontdesk.toml: what it may say, and the company that comes of it."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot.company import Retention
from bot.ports import Passing
from settings import Settings
from tests.settings.installation import SOCKET, Installation
from workflows.definition import ALL, ANY, at_least
from workflows.money import Money
from workflows.roles import Role

_COMPANY = '[company]\nname = "Acme"\ntimezone = "Europe/Berlin"\ncurrency = "EUR"\n'


def _described(bare: Installation, text: str) -> Settings:
    bare.write("frontdesk.toml", text)
    return bare.load()


def test_the_example_is_harborlight(installation: Installation) -> None:
    settings = installation.load()
    company = settings.company
    assert (company.name, company.zone.key, company.currency) == (
        "Harborlight",
        "America/New_York",
        "USD",
    )
    assert (company.calendar.opens, company.calendar.closes) == (time(9), time(17))
    assert company.calendar.weekdays == {0, 1, 2, 3, 4}
    assert company.channel("sow") == "sow-requests"
    assert company.channel("sales_asset") == company.channel("discount") == "asset-requests"
    assert company.channels["shelf"] == "asset-requests"
    assert company.roles[Role.TRIAGE] == ("@sales-ops", "@marketing")
    assert company.roles[Role.REQUESTER] == ("*",)
    assert set(company.roles) == set(Role)
    assert company.policy("sow").thresholds == {
        "USD": Money(100_000_00, "USD"),
        "EUR": Money(90_000_00, "EUR"),
        "GBP": Money(80_000_00, "GBP"),
        "JPY": Money(15_000_000, "JPY"),
    }
    assert company.policy("sales_asset").thresholds == {}
    assert settings.warnings == ()


def test_little_is_needed_and_what_is_missing_is_usual_or_a_warning(bare: Installation) -> None:
    settings = _described(bare, _COMPANY)
    calendar = settings.company.calendar
    assert (calendar.opens, calendar.closes) == (time(9), time(17))
    assert calendar.weekdays == {0, 1, 2, 3, 4}
    assert date(2026, 12, 25) not in calendar.days_off
    assert settings.warnings == (
        *(
            f"frontdesk.toml, [roles] {role}: "
            "nobody holds this role, and what waits for it goes elsewhere."
            for role in Role
        ),
        (
            "frontdesk.toml, [channels] sales_asset: "
            "it has no channel, and there is no triage channel either."
        ),
        (
            "frontdesk.toml, [channels] shelf: "
            "it has no channel, and there is no triage channel either."
        ),
        "frontdesk.toml, [channels] sow: it has no channel, and there is no triage channel either.",
        (
            "frontdesk.toml, [channels] template: "
            "it has no channel, and there is no triage channel either."
        ),
    )


def test_a_role_that_everybody_holds_is_a_warning_but_for_requesters(bare: Installation) -> None:
    roles = '[roles]\nrequester = ["*"]\nadmin = ["adam@harborlight.example", "*"]\nbilling = []\n'
    warnings = _described(bare, _COMPANY + roles).warnings
    assert "frontdesk.toml, [roles] admin: everybody in the workspace holds this role." in warnings
    assert not any("[roles] requester" in each for each in warnings)
    assert any(each.startswith("frontdesk.toml, [roles] billing: nobody") for each in warnings)


def test_identities_are_of_four_kinds_and_counted_once(bare: Installation) -> None:
    text = (
        '[roles]\nadmin = ["Adam@Harborlight.example", "U0ADAM", "@Sales-Ops", "S0OPS", "*", "*"]'
    )
    assert _described(bare, _COMPANY + text).company.roles[Role.ADMIN] == (
        "adam@harborlight.example",
        "U0ADAM",
        "@sales-ops",
        "S0OPS",
        "*",
    )


def test_a_channel_has_a_name_with_or_without_its_mark_or_an_id(bare: Installation) -> None:
    text = '[channels]\nsow = "#sow_requests-2"\nsales_asset = "C0ASSETS"\ntriage = "größe"\n'
    assert _described(bare, _COMPANY + text).company.channels == {
        "sow": "sow_requests-2",
        "sales_asset": "C0ASSETS",
        "triage": "größe",
    }


@pytest.mark.parametrize("amount", ['"100000.5"', "100000.5", "1000005e-1"])
def test_an_amount_is_exact_however_it_is_written(bare: Installation, amount: str) -> None:
    text = f"[workflows.sow.thresholds]\nUSD = {amount}\n"
    thresholds = _described(bare, _COMPANY + text).company.policy("sow").thresholds
    assert thresholds == {"USD": Money(100_000_50, "USD")}


def test_how_long_what_is_kept(bare: Installation) -> None:
    text = """
[retention]
records_years = { sow = 7 }
opinions_years = 1
drafts_days = 5
"""
    kept = _described(bare, _COMPANY + text).company.retention
    assert kept.records_years == {"sow": 7, "sales_asset": 5, "shelf": 5}
    assert kept.passing[Passing.OPINIONS] == timedelta(days=365)
    assert kept.passing[Passing.TICKETS] == kept.passing[Passing.DRAFTS] == timedelta(days=5)
    assert kept.passing[Passing.DELIVERY_KEYS] == timedelta(days=7)
    assert _described(bare, _COMPANY).company.retention == Retention()


def test_who_approves_and_what_is_confirmed(bare: Installation) -> None:
    text = """
[workflows.sow]
confirm_from = { USD = "250000" }
approvals = { executive = 2 }
[workflows.template]
approvals = { head_of_sales = "all" }
[workflows.sales_asset]
approvals = { marketing = "any" }
"""
    company = _described(bare, _COMPANY + text).company
    assert company.policy("sow").confirm_from == {"USD": Money(250_000_00, "USD")}
    assert company.policy("sow").approvals == {"executive": at_least(2)}
    assert company.policy("template").approvals == {"head_of_sales": ALL}
    assert company.policy("sales_asset").approvals == {"marketing": ANY}
    usual = _described(bare, _COMPANY).company.policy("sow")
    assert (usual.confirm_from, usual.approvals) == ({}, {})


def test_hours_may_be_written_as_tomls_own(bare: Installation) -> None:
    text = '[hours]\nopens = 08:30:00\ncloses = "23:59"\nweekdays = ["sun", "mon"]\n'
    calendar = _described(bare, _COMPANY + text).company.calendar
    assert (calendar.opens, calendar.closes) == (time(8, 30), time(23, 59))
    assert calendar.weekdays == {6, 0}


def test_holidays_are_those_of_every_region_in_any_year(bare: Installation) -> None:
    text = '[hours]\nholidays = ["US", "DE-BE"]\ndays_off = [2026-12-24]\n'
    days_off = _described(bare, _COMPANY + text).company.calendar.days_off
    assert date(2026, 7, 3) in days_off  # Independence Day is a Saturday, observed on Friday
    assert date(2031, 3, 8) in days_off  # International Women's Day, in Berlin but not in Bavaria
    assert date(2026, 12, 24) in days_off
    assert date(2027, 12, 24) in days_off  # Christmas Day is a Saturday, observed on Friday
    assert date(2028, 12, 28) not in days_off
    assert date(1, 12, 28) not in days_off


def test_one_country_needs_no_list(bare: Installation) -> None:
    days_off = _described(bare, _COMPANY + '[hours]\nholidays = "DE-BY"\n').company.calendar
    assert not days_off.is_working_day(date(2026, 1, 6))


def test_a_byte_order_mark_and_windows_lines_are_nothing(bare: Installation) -> None:
    content = b"\xef\xbb\xbf" + _COMPANY.replace("\n", "\r\n").encode()
    (bare.root / "frontdesk.toml").write_bytes(content)
    assert bare.load().company.name == "Acme"


def test_another_file_can_be_named_relative_or_absolute(bare: Installation, tmp_path: Path) -> None:
    bare.write("acme.toml", _COMPANY)
    for name in ("acme.toml", str(tmp_path / "acme.toml")):
        settings = bare.load({**SOCKET, "FRONTDESK_CONFIG": name})
        assert settings.company.name == "Acme"
        assert settings.warnings[0].startswith("acme.toml, [roles] requester: ")


def test_signs_of_absence_fallbacks_and_ladders_are_read(bare: Installation) -> None:
    absence = '[absence]\nsigns = ["Urlaub", ":palm_tree:"]\noffer_after_hours = 6\n'
    fallbacks = '[absence.fallbacks]\nexecutive = "head_of_sales"\n'
    ladder = "[workflows.sow.ladder]\nescalate = 12\n"
    company = _described(bare, _COMPANY + absence + fallbacks + ladder).company
    assert (company.away_signs, company.offer_after_hours) == (("Urlaub", ":palm_tree:"), 6)
    assert company.fallbacks[Role.EXECUTIVE] is Role.HEAD_OF_SALES
    assert company.fallbacks[Role.BILLING] is Role.ADMIN
    assert Role.REQUESTER not in company.fallbacks
    assert company.policy("sow").ladder == {"escalate": 12}

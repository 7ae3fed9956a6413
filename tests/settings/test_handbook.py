"""What was changed is laid over the file, checked like it, and written as another file."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnfitSettings
from bot.ports import Override, Source
from bot.setting.changing import planned
from settings.company import parse, read_company
from settings.flat import flat, nested
from settings.handbook import TomlHandbook
from settings.toml import written
from settings.wording import WrongSettings
from workflows.money import Money
from workflows.registry import find_workflows
from workflows.roles import Role

EXAMPLE = Path(__file__).parents[2] / "frontdesk.example.toml"
KEYS = find_workflows().keys()
DESCRIBED = read_company(EXAMPLE, KEYS)
HANDBOOK = TomlHandbook.of(DESCRIBED.values, KEYS)
THRESHOLDS = "workflows.sow.thresholds"

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.text("abcdefgh_-", min_size=1, max_size=8)
amounts = st.integers(1, 10**9)
VALUES = {
    "company.name": texts.filter(str.strip),
    "company.payment_details": texts,
    "roles.executive": st.lists(st.sampled_from(["U0AAA", "ryan@acme.example", "@bosses"])),
    "channels.sow": names.filter(lambda name: name[0].isalpha()),
    "hours.days_off": st.lists(st.dates()),
    "hours.opens": st.times(max_value=time(16)).map(lambda at: at.replace(tzinfo=None)),
    "hours.holidays": st.sampled_from(["US", ["US", "DE-BE"], []]),
    "workflows.sow.thresholds": st.dictionaries(
        st.sampled_from(["USD", "EUR", "JPY"]),
        amounts | amounts.map(str) | amounts.map(Decimal),
    ),
    "workflows.sales_asset.triage_weekday": st.sampled_from(["mon", "fri"]),
    "workflows.sales_asset.triage_at": st.sampled_from(["09:00", "13:30"]),
    "notifications.most_pings": st.integers(1, 1000),
    "notifications.quiet_days_off": st.booleans(),
}
settings_given = st.fixed_dictionaries({}, optional=VALUES)


def given_as(key: str, value: object, source: Source = Source.GIVEN) -> Override:
    at = datetime(2026, 11, 2, 15, tzinfo=UTC)
    return Override(key=key, source=source, value=value, version=1, by="U_ADAM", at=at)


def test_without_a_change_it_is_the_file() -> None:
    values = HANDBOOK.values([])
    assert values == HANDBOOK.first
    assert HANDBOOK.company(values) == DESCRIBED.company
    assert nested(flat(DESCRIBED.values)) == DESCRIBED.values


def test_a_change_wins_over_the_file_until_it_is_taken_back() -> None:
    given = given_as(THRESHOLDS, {"USD": "5000"})
    company = HANDBOOK.company(HANDBOOK.values([given]))
    assert company.policy("sow").thresholds == {"USD": Money.of("5000", "USD")}
    assert company.policy("sow").link_days == 30

    nothing = given_as("channels.shelf", None, Source.NOTHING)
    assert HANDBOOK.company(HANDBOOK.values([nothing])).channels.get("shelf") is None

    back = replace(given, source=Source.FILE, value=None)
    assert HANDBOOK.company(HANDBOOK.values([back])) == DESCRIBED.company


@given(settings_given)
def test_what_is_exported_is_what_is_imported(changed: dict[str, object]) -> None:
    values = HANDBOOK.values([given_as(key, value) for key, value in changed.items()])
    exported = HANDBOOK.written(values)
    imported = HANDBOOK.read(exported)
    assert HANDBOOK.differences(values, imported) == []
    assert HANDBOOK.company(imported) == HANDBOOK.company(values)
    assert HANDBOOK.written(imported) == exported


@given(settings_given)
def test_an_import_elsewhere_makes_the_same_company_of_another_file(
    changed: dict[str, object],
) -> None:
    bare = '[company]\nname = "Acme"\ntimezone = "UTC"\ncurrency = "EUR"\n[channels]\nsales = "s"\n'
    elsewhere = TomlHandbook.of(parse(bare), KEYS)
    wanted = HANDBOOK.values([given_as(key, value) for key, value in changed.items()])
    here = elsewhere.values([])
    plan = planned(elsewhere, [], dict.fromkeys(here) | dict(wanted))
    assert plan.company == HANDBOOK.company(wanted)
    again = planned(elsewhere, [], dict(plan.after))
    assert again.company == plan.company


@given(st.recursive(texts | st.integers() | st.booleans() | st.dates(), st.lists, max_leaves=5))
def test_any_value_is_written_as_toml_reads_it(value: object) -> None:
    assert tomllib.loads(written({"a b": {"c.d": value}})) == {"a b": {"c.d": value}}


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (
            THRESHOLDS,
            {"USD": "lots"},
            'such as "100000".',
        ),
        (
            "roles.executive",
            ["U0AAA", "Ryan"],
            'a user group "@name" or "*".',
        ),
        ("hours.opens", "18:00", "The day would end at 17:00, not after it opens at 18:00."),
        ("channels.sow", "", 'right is one such as "sow-requests".'),
    ],
)
def test_a_wrong_value_is_said_as_at_the_start(
    tmp_path: Path, key: str, value: object, said: str
) -> None:
    with pytest.raises(UnfitSettings) as wrong:
        planned(HANDBOOK, [], {key: value})
    [(_, sentence)] = wrong.value.problems
    assert sentence.endswith(said)
    file = tmp_path / "frontdesk.toml"
    file.write_text(written(nested(dict(HANDBOOK.first) | {key: value})), encoding="utf-8")
    with pytest.raises(WrongSettings) as at_the_start:
        read_company(file, KEYS)
    [problem] = at_the_start.value.problems
    assert problem.endswith(said[1:])


def test_how_a_value_is_written_is_no_difference() -> None:
    same = {
        "hours.opens": time(9),
        "hours.holidays": "US",
        "workflows.sow.thresholds": dict(HANDBOOK.first[THRESHOLDS]) | {"USD": Decimal("100000.0")},
        "channels.sow": "#sow-requests",
    }
    assert planned(HANDBOOK, [], same).changes == []


def test_what_is_set_to_the_files_value_follows_the_file_again() -> None:
    changed = [given_as("hours.days_off", [date(2027, 1, 2)])]
    [change] = planned(
        HANDBOOK, changed, {"hours.days_off": [date(2026, 12, 24), date(2026, 12, 31)]}
    ).changes
    assert (change.before, change.after) == ("[2027-01-02]", "[2026-12-24, 2026-12-31]")
    assert change.is_back


@pytest.mark.parametrize("text", ["[company", "[company]\nname = 1\n", "[roles]\nboss = []\n", ""])
def test_a_broken_file_is_refused(text: str) -> None:
    with pytest.raises(UnfitSettings):
        HANDBOOK.read(text)


def test_every_role_has_a_key() -> None:
    assert {f"roles.{role}" for role in Role} <= set(HANDBOOK.first)

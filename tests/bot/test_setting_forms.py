"""What holds of every setting: it has one place, and its form saved as it is changes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.desk import Desk
from bot.rulebook import Rulebook
from bot.setting.catalogue import SECOND_PAGE, in_file, sections
from bot.setting.changing import planned
from messages.limits import VIEW_BLOCKS
from messages.settings import SettingFacts, overview
from modals.metadata import Metadata
from modals.settings import AS_FILE, SETTING, Asked, Setting
from settings.company import parse, read_company
from settings.handbook import TomlHandbook
from tests.bot.open_desk import EXAMPLE, open_desk
from workflows.registry import find_workflows

KEYS = find_workflows().keys()
BARE = parse('[company]\nname = "Acme"\ntimezone = "UTC"\ncurrency = "EUR"\n')
HANDBOOKS = {
    "example": TomlHandbook.of(read_company(EXAMPLE, KEYS).values, KEYS),
    "bare": TomlHandbook.of(BARE, KEYS),
}
ABOUT = Asked(date(2026, 11, 2))


@pytest.fixture(params=HANDBOOKS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    handbook = HANDBOOKS[request.param]
    with open_desk(tmp_path) as desk:
        yield replace(desk, rulebook=Rulebook(handbook.company(handbook.first), handbook))


def settings_of(desk: Desk) -> list[Setting]:
    return [each for settings in sections(desk).values() for each in settings]


def test_every_setting_has_one_place(desk: Desk) -> None:
    handbook = desk.rulebook.handbook
    here = Counter(key for each in settings_of(desk) for key in each.keys)
    assert set(here.values()) == {1}
    assert set(in_file(desk, handbook.first)) == set(handbook.keys) - set(here)
    assert len({each.name for each in settings_of(desk)}) == len(settings_of(desk))
    assert in_file(desk, handbook.first) == (
        *("company.name", "company.timezone", "company.currency", "company.payment_details"),
        "absence.fallbacks",
    )


def test_a_form_that_is_handed_in_as_it_is_changes_nothing(desk: Desk) -> None:
    handbook = desk.rulebook.handbook
    values = handbook.in_full(handbook.first)
    for each in settings_of(desk):
        state = each.form.fill(each.shown(values, ABOUT))
        assert each.form.view(state, Metadata(form=SETTING, workflow="", transition=each.name))
        checked = each.form.check(state, today=ABOUT.today)
        assert checked.errors == {}, each.name
        assert not checked.values[AS_FILE]
        wanted = each.wanted(checked.values, values, ABOUT)
        assert set(wanted) == set(each.keys)
        assert planned(handbook, [], wanted).changes == [], each.name
        assert all(each.words(values)), each.name


def test_both_pages_fit_into_what_slack_takes(desk: Desk) -> None:
    for more in (False, True):
        shown = {
            name: [
                SettingFacts(name=each.name, label=each.label, words=("x" * 80,))
                for each in settings
            ]
            for name, settings in sections(desk).items()
            if (name in SECOND_PAGE) == more
        }
        view = overview(shown, ("company.name",) if more else None)
        assert len(view["blocks"]) <= VIEW_BLOCKS - 10, "a workflow more has no room"
        edits = str(view["blocks"]).count("Edit: ")
        assert edits == sum(map(len, shown.values()))

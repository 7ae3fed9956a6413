"""[workflows.sow] and [workflows.sales_asset]: what comes of them, and what is wrong in them."""

from datetime import time

import pytest

from bot.company import Company
from settings.policies import SALES_ASSET
from tests.settings.installation import Installation
from workflows.definition import Policy
from workflows.priority import WEIGHTS, Criterion
from workflows.registry import find_workflows

_COMPANY = '[company]\nname = "Acme"\ntimezone = "Europe/Berlin"\ncurrency = "EUR"\n'
_ASSET = "[workflows.sales_asset]\n"
_WEIGHTS = "[workflows.sales_asset.weights]\n"
_ALL_ZERO = "\n".join(f"{each} = 0" for each in Criterion)
_CRITERIA = "right are deal_value, deal_urgency, deadline, reuse and goals."
_A_WEIGHT = "is not a whole number from 0 to 1000."
_A_YEAR = "is not a whole number from 1 to 365."

WRONG = {
    f"{_ASSET}weights = 5": (
        "[workflows.sales_asset] weights: 5 is not a table with lines of the form key = value."
    ),
    f"{_WEIGHTS}reus = 5": (
        '[workflows.sales_asset.weights] reus: there is no such criterion; did you mean "reuse"?'
    ),
    f"{_WEIGHTS}x = 5": (
        f"[workflows.sales_asset.weights] x: there is no such criterion; {_CRITERIA}"
    ),
    f"{_WEIGHTS}reuse = -1": f"[workflows.sales_asset.weights] reuse: -1 {_A_WEIGHT}",
    f"{_WEIGHTS}reuse = 1001": f"[workflows.sales_asset.weights] reuse: 1001 {_A_WEIGHT}",
    f"{_WEIGHTS}reuse = 2.5": f"[workflows.sales_asset.weights] reuse: 2.5 {_A_WEIGHT}",
    f"{_WEIGHTS}reuse = true": f"[workflows.sales_asset.weights] reuse: true {_A_WEIGHT}",
    f'{_WEIGHTS}reuse = "20"': f'[workflows.sales_asset.weights] reuse: "20" {_A_WEIGHT}',
    f"{_WEIGHTS}{_ALL_ZERO}": (
        "[workflows.sales_asset] weights: "
        "all of them are 0, so that nothing counts; right is at least one above 0."
    ),
    f'{_ASSET}triage_weekday = "Monday"': (
        "[workflows.sales_asset] triage_weekday: "
        '"Monday" is not a day of the week; did you mean "mon"?'
    ),
    f"{_ASSET}triage_weekday = 1": (
        "[workflows.sales_asset] triage_weekday: "
        "1 is not a day of the week; right are mon, tue, wed, thu, fri, sat and sun."
    ),
    f'{_ASSET}triage_at = "9"': (
        '[workflows.sales_asset] triage_at: "9" is not a time of day; right is one such as "09:00".'
    ),
    f'{_ASSET}watched = ["general", "Sales Team"]': (
        "[workflows.sales_asset] watched, entry 2: "
        '"Sales Team" is not a channel; right is one such as "sow-requests".'
    ),
    f"{_ASSET}watched = true": (
        "[workflows.sales_asset] watched: true is not a list in [brackets]."
    ),
    f'{_ASSET}unwatched = ["*"]': (
        "[workflows.sales_asset] unwatched, entry 1: "
        '"*" is not a channel; right is one such as "sow-requests".'
    ),
    f'{_ASSET}unwatched = "random"': (
        '[workflows.sales_asset] unwatched: "random" is not a list in [brackets].'
    ),
    f"{_ASSET}feedback_days = 0": f"[workflows.sales_asset] feedback_days: 0 {_A_YEAR}",
    f"{_ASSET}feedback_days = 366": f"[workflows.sales_asset] feedback_days: 366 {_A_YEAR}",
    f"{_ASSET}feedback_days = 0x{'f' * 99}": (
        f"[workflows.sales_asset] feedback_days: a very large number {_A_YEAR}"
    ),
    f"{_ASSET}feedback_day = 14": (
        '[workflows.sales_asset] feedback_day: there is no such key; did you mean "feedback_days"?'
    ),
    f"{_ASSET}link_days = 30": (
        "[workflows.sales_asset] link_days: it belongs in [workflows.sow]; move it there."
    ),
    '[workflows.sow]\ntriage_at = "09:00"': (
        "[workflows.sow] triage_at: it belongs in [workflows.sales_asset]; move it there."
    ),
    '[workflows.shelf]\nwatched = ["*"]': (
        "[workflows.shelf] watched: it belongs in [workflows.sales_asset]; move it there."
    ),
    "[workflows]\nsales_asset = 5": (
        "[workflows] sales_asset: 5 is not a table with lines of the form key = value."
    ),
    "workflows = 5": "[workflows]: 5 is not a table with lines of the form key = value.",
    'watched = ["*"]': "[watched]: it belongs in [workflows.sales_asset]; move it there.",
    "[workflows.sow]\nlink_days = 0": f"[workflows.sow] link_days: 0 {_A_YEAR}",
    "[workflows.sow]\nclient_reminders = [3, 366]": (
        f"[workflows.sow] client_reminders, entry 2: 366 {_A_YEAR}"
    ),
    "[workflows.sow]\npayment_reminders = [-366]": (
        "[workflows.sow] payment_reminders, entry 1: -366 is not a whole number from -365 to 365."
    ),
    "[workflows.sow]\nmost_payment_reminders = 101": (
        "[workflows.sow] most_payment_reminders: 101 is not a whole number from 0 to 100."
    ),
    '[workflows.sow]\noverdue_days = "21"': f'[workflows.sow] overdue_days: "21" {_A_YEAR}',
}


def _company(bare: Installation, text: str) -> Company:
    bare.write("frontdesk.toml", _COMPANY + text)
    return bare.load().company


def _warnings(bare: Installation, text: str) -> list[str]:
    bare.write("frontdesk.toml", _COMPANY + text)
    return [each for each in bare.load().warnings if "[workflows" in each]


@pytest.mark.parametrize("text", WRONG)
def test_what_is_wrong_is_named_with_what_is_right(bare: Installation, text: str) -> None:
    parts = (_COMPANY, text) if text.startswith("[") else (text, _COMPANY)
    bare.write("frontdesk.toml", "\n".join(parts))
    assert bare.problems() == (f"frontdesk.toml, {WRONG[text]}",)


def test_the_problems_of_both_tables_are_named_together(bare: Installation) -> None:
    texts = [
        "[workflows.sow]\nlink_days = 0\nfeedback_days = 1",
        "[workflows.sales_asset]\nfeedback_days = 0\nlink_days = 1",
        "[workflows.sales_asset.weights]\nx = 0\nreuse = -1",
    ]
    bare.write("frontdesk.toml", "\n".join([_COMPANY, *texts]))
    places = [each.partition(": ")[0].partition(", ")[2] for each in bare.problems()]
    assert sorted(places) == [
        "[workflows.sales_asset.weights] reuse",
        "[workflows.sales_asset.weights] x",
        "[workflows.sales_asset] feedback_days",
        "[workflows.sales_asset] link_days",
        "[workflows.sow] feedback_days",
        "[workflows.sow] link_days",
    ]


def test_the_example_watches_and_meets_on_mondays(installation: Installation) -> None:
    policy = installation.load().company.policy("sales_asset")
    assert (policy.triage_weekday, policy.triage_at) == (0, time(9))
    assert (policy.watched, policy.unwatched) == (("sales", "general"), ())
    assert (policy.weights, policy.feedback_days) == (WEIGHTS, 14)


def test_everything_of_the_sales_asset_is_taken(bare: Installation) -> None:
    lines = [
        'triage_weekday = "thu"',
        "triage_at = 14:30:00",
        'watched = ["#sales", "C0GENERAL", "#sales"]',
        'unwatched = ["#random"]',
        "feedback_days = 365",
        "weights = { deal_value = 1000, deal_urgency = 1, deadline = 2, reuse = 3, goals = 4 }",
    ]
    assert _company(bare, _ASSET + "\n".join(lines)).policy("sales_asset") == Policy(
        weights=dict(zip(Criterion, (1000, 1, 2, 3, 4), strict=True)),
        triage_weekday=3,
        triage_at=time(14, 30),
        watched=("sales", "C0GENERAL"),
        unwatched=("random",),
        feedback_days=365,
    )


def test_a_weight_that_is_missing_is_the_usual_one(bare: Installation) -> None:
    weights = _company(bare, f"{_WEIGHTS}reuse = 0\n").policy("sales_asset").weights
    assert weights == {**WEIGHTS, Criterion.REUSE: 0}


@pytest.mark.parametrize("written", ['"*"', '["*"]'])
def test_every_channel_can_be_watched(bare: Installation, written: str) -> None:
    assert _company(bare, f"{_ASSET}watched = {written}\n").policy("sales_asset").watched == ("*",)


@pytest.mark.parametrize("key", ["sow", "sales_asset", "shelf", "template"])
def test_what_is_missing_is_as_the_workflows_have_it(bare: Installation, key: str) -> None:
    described = _company(bare, f"[workflows.{key}]\n")
    assert key in described.policies
    assert described.policy(key) == Policy()
    assert _company(bare, "").policy(key) == Policy()


def test_the_table_of_its_own_kind_is_that_of_a_workflow() -> None:
    assert SALES_ASSET in find_workflows()


def test_a_channel_that_is_watched_and_unwatched_is_a_warning(bare: Installation) -> None:
    watched = f'{_ASSET}watched = ["sales", "#general"]\nunwatched = ["general"]\n'
    (warning,) = _warnings(bare, watched)
    assert warning == (
        "frontdesk.toml, [workflows.sales_asset] watched: "
        "general is in unwatched too, and is not watched."
    )


@pytest.mark.parametrize(
    "watched", ["", 'watched = "*"\nunwatched = ["general"]', 'watched = ["sales"]']
)
def test_what_is_meant_is_not_warned(bare: Installation, watched: str) -> None:
    assert _warnings(bare, _ASSET + watched) == []


def test_the_shelf_and_the_sales_team_have_channels(bare: Installation) -> None:
    channels = '[channels]\nshelf = "asset-requests"\nsales = "#sales"\n'
    assert _company(bare, channels).channels == {"shelf": "asset-requests", "sales": "sales"}

"""What the bot measures of itself: it is there, it is true, and it names nobody."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from handlers.entrance import kind_of
from scheduler.jobs import JOBS
from tests.journeys.house import ROOT, House, ask_for_sow

Sample = tuple[str, tuple[tuple[str, str], ...]]
MOST_SERIES = 1500


async def scraped(house: House) -> str:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"http://127.0.0.1:{house.settings.port}/metrics")
    assert answer.status_code == 200
    return answer.text


def samples(text: str) -> dict[Sample, float]:
    families = text_string_to_metric_families(text)
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for f in families for s in f.samples}


def value(found: dict[Sample, float], name: str, **labels: str) -> float:
    return found.get((name, tuple(sorted(labels.items()))), 0.0)


async def test_a_story_is_measured_and_nobody_is_named(small_house: House) -> None:
    house, faults = small_house, small_house.workspace.faults
    faults.ratelimit("chat.postMessage", channel="dian", retry_after=1)
    faults.fail("chat.postMessage", "channel_not_found", channel="ana")
    await ask_for_sow(house.person("ana"))
    await house.quiet()
    await house.person("ana").command("/sow", "status SOW-99", channel="sales")
    for job in JOBS[:2]:
        house.frontdesk.jobs.run_now(job)

    text = await scraped(house)
    found = samples(text)

    def seen(name: str, **labels: str) -> float:
        return value(found, f"frontdesk_{name}", **labels)

    assert seen("acknowledgement_seconds_count", gesture="command", outcome="ok") >= 1
    assert seen("acknowledgement_seconds_count", gesture="command", outcome="refused") == 1
    assert seen("acknowledgement_seconds_count", gesture="submission", outcome="ok") == 1
    assert seen("deliveries_total", kind="card", outcome="sent") >= 2
    assert seen("deliveries_total", kind="card", outcome="again") == 1
    assert seen("deliveries_total", kind="card", outcome="dead") == 1
    assert seen("slack_call_seconds_count", method="chat.postMessage") >= 4
    assert seen("slack_failures_total", method="chat.postMessage", kind="rate_limited") == 1
    assert seen("slack_failures_total", method="chat.postMessage", kind="refused") == 1
    assert seen("outbox_dead") == 1
    assert seen("requests", workflow="sow", stage="acceptance") == 1
    assert seen("database_up") == 1
    assert seen("transaction_seconds_count") > 10
    assert seen("job_seconds_count", job="roles") == 1
    assert seen("job_last_success_timestamp_seconds", job="roles") > 1_700_000_000
    assert 'frontdesk_build_info{python="3.' in text
    assert len(found) < MOST_SERIES
    for personal in ("U0SB", "T0SB", "SOW-", "@", "Ana", "Globex", "dian"):
        assert personal not in text


async def test_a_database_that_goes_away_is_measured(small_house: House, tmp_path: Path) -> None:
    (tmp_path / "frontdesk.db").rename(tmp_path / "gone.db")
    await small_house.person("ana").command("/sow", channel="sales")

    found = samples(await scraped(small_house))

    assert value(found, "frontdesk_database_up") == 0
    assert value(found, "frontdesk_database_unavailable_total") >= 1
    labels = {"gesture": "command", "outcome": "not_saved"}
    assert value(found, "frontdesk_acknowledgement_seconds_count", **labels) == 1
    assert value(found, "frontdesk_errors_total", where="gesture", kind="database") == 1


async def test_every_alert_names_what_is_measured(small_house: House) -> None:
    text = await scraped(small_house)
    named = set(re.findall(r"^# TYPE (\S+)", text, re.MULTILINE))
    measured = named | {f"{each}{end}" for each in named for end in ("_bucket", "_count", "_sum")}
    alerts: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "alerts.yml").read_text("utf-8"))

    rules = [rule for group in alerts["groups"] for rule in group["rules"]]

    assert len({rule["alert"] for rule in rules}) == len(rules) > 10
    for rule in rules:
        assert rule.keys() <= {"alert", "expr", "for", "annotations"}
        assert rule["annotations"]["summary"].endswith(".")
        assert set(re.findall(r"\bfrontdesk_\w+", rule["expr"])) <= measured, rule["alert"]
        assert rule["expr"].count("(") == rule["expr"].count(")")
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    told = {name.removesuffix("_info") for name in measured if name.startswith("frontdesk_")}
    for name in sorted(named):
        if name.startswith("frontdesk_") and not name.endswith("_created"):
            assert name.removesuffix("_info") in operations, f"operations.md says nothing of {name}"
    assert told


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"command": "/sow"}, "command"),
        ({"type": "block_actions"}, "click"),
        ({"type": "view_submission"}, "submission"),
        ({"type": "event_callback"}, "event"),
        ({"type": "something new"}, "other"),
        ({}, "other"),
    ],
)
def test_gestures_are_told_apart_by_few_words(body: dict[str, object], kind: str) -> None:
    assert kind_of(body) == kind

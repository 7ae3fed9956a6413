"""Secrets and what people are called stand where they belong, and in no log, trace or figure."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from integrations.slack.redaction import Redacted
from tests.journeys.deals import COMPLETE, MONDAY, Client, drafted, letters, press, sent
from tests.journeys.house import House, ask_for_sow, open_house
from tests.security.record import stored

METRICS = "metrics-token-visibly-fake"
PERSONAL = ("Canary Jones", "canary@client.example", "canary-need", "canary-reason", "canary-typed")
"""The client's contact, and what people write of a deal."""
OURS = ("Ana Silva", "Dian Porter", "ana@harborlight.example", "dian@harborlight.example")
"""Members: they are stored by their Slack ids."""


@contextmanager
def heard() -> Iterator[list[str]]:
    """Yield everything that is logged from DEBUG on, as it would stand in the log."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    ear, root = Ear(), logging.getLogger()
    ear.setFormatter(Redacted("%(name)s: %(message)s"))
    before = root.level
    ours = [logging.getLogger(name) for name in ("bot", "frontdesk", "handlers", "integrations")]
    ours += [logging.getLogger(name) for name in ("scheduler", "storage", "web")]
    levels = [each.level for each in ours]
    root.addHandler(ear)
    for each in ours:
        each.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(ear)
        root.setLevel(before)
        for each, level in zip(ours, levels, strict=True):
            each.setLevel(level)


async def a_deal_with_trouble(house: House) -> Client:
    """Carry a deal to the client's approval while this and that goes wrong."""
    ana, faults = house.person("ana"), house.workspace.faults
    await house.set_clock(MONDAY)
    told = {"contact_name": PERSONAL[0], "contact_email": PERSONAL[1], "need": PERSONAL[2]}
    await ask_for_sow(ana, "8,000", **(COMPLETE | told))
    await press(house, house.person("dian"), "Accept")
    faults.fail("chat.postMessage", "invalid_blocks", times=1)  # refused for good: a dead letter
    await ana.dm(" ".join(PERSONAL))
    await house.until(lambda: house.backlog.dead, "the answer is given up")
    faults.fail("views.open", "internal_error", times=1)
    await ana.command("/sow", channel="sales")
    await ana.command("/sow", PERSONAL[4], channel="sales")
    await ana.command("/sow", f"status {PERSONAL[4]}", channel="sales")
    await drafted(house)
    await sent(house)
    client = Client.of(house, letters(house, PERSONAL[1])[-1])
    await client.answer("ask", text=PERSONAL[3])
    await client.answer("approve", name="", title="", consent="")
    await client.approve(name=PERSONAL[0])
    await house.quiet()
    return client


async def figures(house: House) -> str:
    """Return what watchers see."""
    async with httpx.AsyncClient(base_url=house.frontdesk.server.url, trust_env=False) as web:
        bearer = {"authorization": f"Bearer {METRICS}"}
        answers = [await web.get("/metrics", headers=bearer), await web.get("/metrics")]
        answers += [await web.get("/readyz"), await web.get("/healthz")]
        answers += [await web.post("/slack/events", content=b"{}")]
    assert [each.status_code for each in answers] == [200, 403, 200, 200, 401]
    return "\n".join(each.text for each in answers)


def said_by(texts: str, words: tuple[str, ...]) -> list[str]:
    """Return which of ``words`` stand there."""
    return [each for each in words if each in texts]


async def test_no_canary_is_where_it_does_not_belong(tmp_path: Path) -> None:
    with heard() as lines:
        async with open_house(
            tmp_path, "http", FRONTDESK_METRICS_TOKEN=METRICS, FRONTDESK_AUDIT_KEY="c0ffee" * 12
        ) as house:
            client = await a_deal_with_trouble(house)
            watched, tables = await figures(house), stored(house)
            secrets = (
                *(house.settings.bot_token or "", *house.settings.signing_secrets),
                *(METRICS, "c0ffee" * 12, client.token, client.seal),
            )
            triggers = tuple(
                str(each.payload[name])
                for each in house.workspace.deliveries
                for name in ("response_url", "trigger_id")
                if each.payload.get(name) and "command" not in each.payload
            )
            dead = house.backlog.dead

    log = "\n".join(lines)
    assert dead >= 1, "something was given up, and stands in the log"
    assert "Gave up" in log
    assert said_by(log, (*secrets, *PERSONAL, *OURS)) == []
    assert said_by(watched, (*secrets, *PERSONAL, *OURS)) == []
    for name, rows in tables.items():
        assert said_by(rows, (*secrets, *triggers)) == [], name
    granted = ("'bind'", "'grant'")  # on record as the settings name whom they mean
    acts = [each for each in tables["audit"].splitlines() if not said_by(each, granted)]
    assert said_by("\n".join(acts), OURS) == []

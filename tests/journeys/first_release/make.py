"""What the first release had written, made once by its own code.

It writes `frontdesk.sql` (its SQLite database as text) and `sandbox.jsonl.gz` (its Slack) in which
there are requests in every stage of both workflows as they were then, with their cards, the audit,
the outbox (reminders, and what was promised and not yet sent) and a draft:

    git archive f4c8aae | tar --extract --directory FOLDER
    PYTHONPATH=FOLDER python tests/journeys/first_release/make.py tests/journeys/first_release

The code of then is imported, never that of now. The audit's key is that of the tests: "ab" * 32.
"""

import asyncio
import gzip
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from sandbox import Card
from tests.journeys.house import House, ask_for_asset, ask_for_sow, decide, open_house, sow_form

MONDAY = datetime(2026, 11, 23, 15, tzinfo=UTC)


async def card(house: House, handle: str, ref: str) -> Card:
    await house.quiet()
    return house.person(handle).dm_with_bot().cards(f"{ref}: ")[-1]


async def on_page(house: House, handle: str, ref: str, button: str, reason: str) -> None:
    await house.quiet()
    command = "/sow" if ref.startswith("SOW") else "/asset"
    listed = await (await house.person(handle).command(command, f"status {ref}")).replied()
    page = await (await listed.click("Details")).modal_opened()
    form = await (await page.click(button)).modal_opened()
    await form.fill(reason=reason)
    result = await form.submit()
    assert result.closed, result.errors


async def statements(house: House) -> None:
    ana = house.person("ana")
    await ask_for_sow(ana, "250,000", client="SOW-1 executive_approval")
    await ask_for_sow(ana, client="SOW-2 large_client_check")
    await on_page(house, "dian", "SOW-2", "Mark as large client", "40 sites.")
    await on_page(house, "dian", "SOW-2", "Not a large client", "Two sites only.")
    await ask_for_sow(ana, client="SOW-3 acceptance")
    await ask_for_sow(ana, client="SOW-4 changes_requested")
    await decide(await card(house, "dian", "SOW-4"), "Request changes", "Say more of the scope.")
    await ask_for_sow(ana, client="SOW-5 drafting")
    await decide(await card(house, "dian", "SOW-5"), "Accept")
    await ask_for_sow(ana, client="SOW-6 rejected")
    await decide(await card(house, "dian", "SOW-6"), "Reject", "We do not do that.")
    await ask_for_sow(ana, client="SOW-7 cancelled")
    await on_page(house, "ana", "SOW-7", "Cancel request", "They went elsewhere.")


async def assets(house: House) -> None:
    ben = house.person("ben")
    for nth, stage in enumerate(
        ("submitted", "in_triage", "changes_requested", "accepted", "declined", "cancelled"), 1
    ):
        await ask_for_asset(ben, purpose=f"ASSET-{nth} {stage}")
    await decide(await card(house, "sol", "ASSET-2"), "Take into triage")
    await decide(await card(house, "sol", "ASSET-3"), "Request changes", "For whom is it?")
    owner = house.person("mia").id
    accept = await card(house, "sol", "ASSET-4")
    await decide(accept, "Accept", owner=owner, due_on="2027-01-20")
    await decide(await card(house, "sol", "ASSET-5"), "Decline", "There is one on the shelf.")
    await on_page(house, "ben", "ASSET-6", "Cancel request", "The deal is lost.")


async def written(folder: Path) -> None:
    """Write everything that the release of then writes to `folder`."""
    async with open_house(folder, "http") as house:
        await house.set_clock(MONDAY)
        await statements(house)
        await assets(house)
        form = await sow_form(house.person("ana"))
        await form.fill(client="A draft")
        await form.close()
        await house.quiet()
        await asyncio.to_thread(house.frontdesk.worker.stop)
        await ask_for_sow(house.person("ana"), client="SOW-8 acceptance")


def main(out: Path) -> None:
    """Make both files."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(written(folder))
        with sqlite3.connect(folder / "frontdesk.db") as connection:
            dump = "\n".join(connection.iterdump())
        connection.close()
        journal = (folder / "sandbox.jsonl").read_bytes()
    (out / "frontdesk.sql").write_text(dump, encoding="utf-8")
    (out / "sandbox.jsonl.gz").write_bytes(gzip.compress(journal, mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())

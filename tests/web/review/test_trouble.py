"""Bad days at the client's page: nothing that was typed is lost."""

import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest

from bot import review
from tests.web.review.door import Door
from tests.web.review.house import ANA, VISITOR


async def test_too_late_says_so_and_gives_back_what_was_written(door: Door) -> None:
    seal = await door.seal()
    door.house.does("hold", ANA.user, "Their budget is late.")
    answer = await door.posted("changes", {"seal": seal, "reason": "Add a region."})

    assert answer.status_code == 409
    assert "What you sent was not recorded." in answer.text
    assert "Add a region." in answer.text
    assert "on hold" in answer.text
    assert "Globex" not in answer.text
    assert door.house.record.versions[0].comment == ""


async def test_what_another_answered_first_says_so_and_gives_back_what_was_written(
    door: Door,
) -> None:
    seal = await door.seal()
    review.decline(door.house.desk, door.house.tom, VISITOR, reason="Too dear.")
    answer = await door.posted("changes", {"seal": seal, "reason": "Add a region."})

    assert answer.status_code == 409
    assert "nothing of what you sent was recorded" in answer.text
    assert "Add a region." in answer.text
    assert "Declined by Tom Roe" in answer.text


async def test_what_is_sent_to_an_expired_link_is_not_lost(door: Door) -> None:
    seal = await door.seal()
    door.house.later(days=31)
    answer = await door.posted("decline", {"seal": seal, "reason": "Too late for us."})

    assert answer.status_code == 409
    assert "This link has expired" in answer.text
    assert "What you sent was not recorded." in answer.text
    assert "Too late for us." in answer.text
    assert door.house.request.stage == "with_client"


async def test_without_the_database_it_is_our_trouble_and_can_be_sent_again(
    door: Door, tmp_path: Path
) -> None:
    seal = await door.seal()
    form = {"seal": seal, "reason": "Add <a region>."}
    with closing(sqlite3.connect(tmp_path / "frontdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        looked = await door.opened()
        sent = await door.posted("changes", form)

    assert (looked.status_code, sent.status_code) == (503, 503)
    assert "Something is wrong on our side" in looked.text
    assert "Jane" not in looked.text
    assert f'action="{door.page}/changes"' in sent.text
    assert 'name="reason" value="Add &lt;a region&gt;."' in sent.text
    again = dict(re.findall('type="hidden" name="([^"]+)" value="([^"]+)"', unescape(sent.text)))
    assert again == form
    assert (await door.posted("changes", again)).status_code == 303
    assert door.house.record.versions[0].comment == "Add <a region>."


async def test_what_nobody_expected_has_a_reference_that_stands_in_the_log(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    door.house.keeps(sha256="0" * 64)
    for path in ("document.pdf", "page/1.png"):
        caplog.clear()
        answer = await door.opened(f"{door.page}/{path}")

        assert answer.status_code == 500
        [reference] = re.findall("<code>([0-9a-f]{8})</code>", answer.text)
        assert f"reference {reference}" in caplog.text
        assert door.house.jane not in caplog.text


async def test_a_pdf_that_cannot_be_drawn_can_still_be_downloaded(door: Door) -> None:
    with door.house.database.unit() as unit:
        sha256 = unit.files.put("SOW-7-v1.pdf", "application/pdf", b"%PDF-1.7 torn in half")
        unit.commit()
    door.house.keeps(sha256=sha256)

    picture = await door.opened(f"{door.page}/page/1.png")
    assert picture.status_code == 503
    assert "download the PDF" in picture.text
    assert (await door.opened(f"{door.page}/document.pdf")).content == b"%PDF-1.7 torn in half"

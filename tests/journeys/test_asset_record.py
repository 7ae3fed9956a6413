"""The record of an asset: whole with its files in the library, and handed out in one piece."""

import asyncio
import hashlib
import json
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.commandline.test_app import app
from tests.journeys.assets import pdf
from tests.journeys.deals import MONDAY
from tests.journeys.house import House
from tests.journeys.shelf import delivered, is_whole, personal_link, shelf, shelved


async def admin(house: House, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Type a command where the bot runs."""
    return await asyncio.to_thread(app, folder, *arguments, **house.environ)


def kept(house: House, sha256: str) -> Path:
    """The place of a file in the library."""
    folder = house.settings.library.folder
    assert folder is not None
    return folder / sha256[:2] / sha256


def unpacked(bundle: Path) -> dict[str, bytes]:
    """Return what is in a bundle, by name."""
    with zipfile.ZipFile(bundle) as file:
        return {name: file.read(name) for name in file.namelist()}


@contextmanager
def flipped(file: Path) -> Iterator[None]:
    """One bit of the file is another one for a while."""
    content = file.read_bytes()
    file.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    yield
    file.write_bytes(content)


@contextmanager
def deleted(file: Path) -> Iterator[None]:
    """The file is gone for a while."""
    content = file.read_bytes()
    file.unlink()
    yield
    file.write_bytes(content)


@pytest.mark.prove
async def test_the_audit_is_whole_with_assets_and_names_what_was_touched(
    small_house: House, tmp_path: Path
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await delivered(house)
    await shelved(house, "SHELF-2")
    await personal_link(house, house.person("ana").channel("sales").cards("New on the shelf")[0])
    whole = await admin(house, tmp_path, "verify-audit")
    assert whole.returncode == 0, whole.stdout
    assert "The audit is whole" in whole.stdout
    version = shelf(house, "SHELF-1").current
    assert version is not None
    assert version.kept is not None
    sha256, file = version.kept.sha256, kept(house, version.kept.sha256)
    assert file.read_bytes() == pdf("AST-1 Initech")
    assert file.stat().st_mode & 0o077 == 0

    with flipped(file):
        found = await admin(house, tmp_path, "verify-audit")
    assert found.returncode == 1
    for ref in ("AST-1", "SHELF-1"):
        assert f"{ref} names a file ({sha256[:12]}…) that cannot be read" in found.stdout
    assert "damaged" in found.stdout
    assert "SHELF-2" not in found.stdout
    with deleted(file):
        found = await admin(house, tmp_path, "verify-audit")
    assert found.returncode == 1
    assert f"SHELF-1 names a file ({sha256[:12]}…) that is not stored." in found.stdout
    assert (await admin(house, tmp_path, "verify-audit")).returncode == 0
    is_whole(house)


@pytest.mark.prove
async def test_the_export_holds_every_draft_and_what_was_decided(
    small_house: House, tmp_path: Path
) -> None:
    house = small_house
    await house.set_clock(MONDAY)
    await delivered(house)
    ben = house.person("ben")
    link = await personal_link(house, ben.channel("sales").cards("New on the shelf")[0])
    card = [each for each in ben.dm_with_bot().messages if "It helped" in each.buttons][-1]
    await card.click("It helped")
    await house.quiet()
    out = tmp_path / "record.zip"

    ended = await admin(house, tmp_path, "export", "ast-1", "--out", str(out))

    assert (ended.returncode, ended.stderr) == (0, "")
    found = unpacked(out)
    draft = found["drafts/AST-1-v1-AST-1 Initech.pdf"]
    assert draft == pdf("AST-1 Initech")
    record = json.loads(found["request.json"])["request"]["details"]["record"]
    assert record["drafts"][0]["kept"]["sha256"] == hashlib.sha256(draft).hexdigest()
    assert {each["lane"] for each in record["answers"]} == {
        "pre_sales",
        "marketing",
        "sales_manager",
    }
    assert (record["shelved_as"], len(record["feedback"])) == ("SHELF-1", 1)
    actions = [each["action"] for each in json.loads(found["audit.json"])]
    assert actions == house.audited("AST-1")
    assert {"submit", "accept", "post_draft", "approve", "deliver", "shelved", "helped"} <= {
        *actions
    }
    key = link.partition("?k=")[2].encode()
    assert not [name for name, content in found.items() if key in content]
    head = json.loads(found["manifest.json"])["audit_head"]
    again = await admin(house, tmp_path, "verify-audit", "--anchor", head)
    assert again.returncode == 0, again.stdout
    of_shelf = await admin(
        house, tmp_path, "export", "SHELF-1", "--out", str(tmp_path / "shelf.zip")
    )
    assert of_shelf.returncode == 0, of_shelf.stderr
    name = "versions/SHELF-1-v1-AST-1 Initech.pdf"
    assert unpacked(tmp_path / "shelf.zip")[name] == pdf("AST-1 Initech")

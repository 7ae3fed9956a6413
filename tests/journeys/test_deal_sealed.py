"""The organisation's seal on a deal: what both parties get, and what waits for it."""

import asyncio
import hashlib
import io
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import evidence, signed
from bot.ports import Claimed
from integrations.clock import SystemClock
from integrations.seal.checking import Found, look
from tests.integrations.seal.authorities import TimeAuthority, certified, key_file
from tests.journeys.deals import (
    attached,
    client_approved,
    content,
    is_sound,
    letters,
    press,
    record,
    record_invoice,
    thread,
    with_client,
)
from tests.journeys.house import House, open_house
from tests.poppler import said_of
from workflows.deal import Signature

pytestmark = pytest.mark.prove

NOW, YEAR = SystemClock().now(), timedelta(days=365)
SEALED, CERTIFICATE = "SOW-1-v1-sealed.pdf", "SOW-1-certificate.pdf"


@asynccontextmanager
async def sealing_house(
    folder: Path, database_url: str = "", seal: str = "own", timestamps: str = ""
) -> AsyncIterator[House]:
    async with open_house(
        folder,
        "http",
        database_url,
        FRONTDESK_SEAL=seal,
        FRONTDESK_SEAL_TIMESTAMPS=timestamps,
    ) as house:
        yield house


def signature_of(house: House) -> Signature:
    found = record(house).signature
    assert found is not None
    return found


async def found_of(house: House, sha256: str) -> Found:
    """What a stored file's seal says to who has the root that is kept with it."""
    root = content(house, signature_of(house).seal_root_sha256)
    return await asyncio.to_thread(look, content(house, sha256), [root])


def copies(house: House, to: str = "hank@globex.example") -> list[dict[str, bytes]]:
    """The attachments of each mail to somebody that says that the document is approved."""
    return [attached(each) for each in letters(house, to) if "Approved" in str(each["subject"])]


async def goes_out_sealed(house: House, pdfsig: Path) -> None:
    await client_approved(house)
    signature, version = signature_of(house), record(house).versions[0]
    approved, sealed = (content(house, each) for each in (version.sha256, signature.sealed_sha256))
    certificate = content(house, signature.certificate_sha256)
    assert sealed.startswith(approved)
    assert hashlib.sha256(approved).hexdigest() == version.sha256
    for sha256 in (signature.sealed_sha256, signature.certificate_sha256):
        found = await found_of(house, sha256)
        assert found.name == house.settings.company.name
        assert found.is_unchanged
        assert found.is_ours
        file = house.settings.data / "looked-at.pdf"
        file.write_bytes(content(house, sha256))
        said = said_of(pdfsig, file)
        assert "Signature is Valid." in said
        assert "Total document signed" in said
    papers = {SEALED: sealed, CERTIFICATE: certificate}
    assert copies(house) == [papers]
    assert copies(house, "dian@harborlight.example") == [papers]
    shared = [name for card in thread(house) for name in card.files]
    assert {SEALED, CERTIFICATE} <= set(shared)
    assert "SOW-1-v1.pdf" not in shared
    said = house.frontdesk.desk.renderer.glimpse(CERTIFICATE, certificate).text
    assert f"carry the seal of {house.settings.company.name}" in " ".join(said.split())
    assert f"{len(approved)} bytes" in " ".join(said.split())
    is_sound(house)


async def test_both_parties_get_copies_under_the_seal(tmp_path: Path, pdfsig: Path) -> None:
    async with sealing_house(tmp_path) as house:
        await goes_out_sealed(house, pdfsig)
        await record_invoice(house, number="INV-1")
        await press(house, house.person("bea"), "Send SOW and invoice to the client")
        assert SEALED in attached(letters(house)[-1])
        bundle = evidence.bundle(house.frontdesk.desk, "SOW-1")
        with zipfile.ZipFile(io.BytesIO(bundle)) as file:
            kept = {name: file.read(name) for name in file.namelist()}
        version = record(house).versions[0]
        assert hashlib.sha256(kept["documents/SOW-1-v1.pdf"]).hexdigest() == version.sha256
        sealed, root = kept[f"documents/{SEALED}"], kept["documents/seal-root.pem"]
        assert (await asyncio.to_thread(look, sealed, [root])).is_ours
        assert b"PRIVATE KEY" not in root
        assert b"pdfsig" in kept["README.txt"]


async def test_on_postgresql_it_is_the_same(
    tmp_path: Path, postgres_url: str, pdfsig: Path
) -> None:
    async with sealing_house(tmp_path, postgres_url) as house:
        await goes_out_sealed(house, pdfsig)


async def test_without_a_seal_nothing_is_said_of_one(small_house: House) -> None:
    house = small_house
    await client_approved(house)
    assert (signature_of(house).sealed_sha256, signature_of(house).seal_root_sha256) == ("", "")
    [papers] = copies(house)
    assert set(papers) == {"SOW-1-v1.pdf", CERTIFICATE}
    said = house.frontdesk.desk.renderer.glimpse(CERTIFICATE, papers[CERTIFICATE]).text
    assert "seal" not in said
    with zipfile.ZipFile(io.BytesIO(evidence.bundle(house.frontdesk.desk, "SOW-1"))) as file:
        assert b"pdfsig" not in file.read("README.txt")


async def test_while_nobody_stamps_the_time_it_waits_and_is_sealed_once(tmp_path: Path) -> None:
    authority = TimeAuthority()
    with authority.open() as url:
        pass
    async with sealing_house(tmp_path, timestamps=url) as house:
        client = await with_client(house)
        await client.approve()
        office = house.frontdesk.database.post_office
        waits = ("certify", "The seal: the time stamps of")

        def waiting() -> bool:
            found = [each for each in office.about("SOW-1") if each.parcel.kind == waits[0]]
            return any(each.error.startswith(waits[1]) for each in found)

        await house.until(waiting, "the certificate waits")
        card = house.workspace.channel("sow-requests").cards("SOW-1:")[0]
        await card.wait_for_text("Waiting for our seal since ")
        assert signature_of(house).certificate_sha256 == ""
        assert copies(house) == []
        await house.move_clock(timedelta(hours=1))
        assert house.request("SOW-1").stage == "invoicing"
        with authority.open():
            await house.until(lambda: copies(house), "it is sealed")
            await house.quiet()
        assert len(copies(house)) == 1
        assert "Waiting for our seal" not in card.text
        found = await found_of(house, signature_of(house).sealed_sha256)
        assert found.stamp
        assert found.stamp.by == "Clock Tower"
        assert house.audited("SOW-1").count("kept") == 1
        is_sound(house)


async def test_of_two_attempts_at_once_one_is_on_record_and_goes_out(tmp_path: Path) -> None:
    """As when a process is thought to be dead, and its parcel is given to another one."""
    authority = TimeAuthority()
    with authority.open() as url:
        async with sealing_house(tmp_path, timestamps=url) as house:
            client = await with_client(house)
            await asyncio.to_thread(house.frontdesk.worker.stop)
            await client.approve()
            office = house.frontdesk.database.post_office
            [parcel] = [x.parcel for x in office.about("SOW-1") if x.parcel.kind == "certify"]
            authority.may_answer.clear()
            claimed = [Claimed(id=n, token="", parcel=parcel, attempts=n) for n in (1, 2)]
            attempts = [
                asyncio.create_task(asyncio.to_thread(signed.certify, house.frontdesk.desk, each))
                for each in claimed
            ]
            await house.until(lambda: authority.asked == 2, "both are at it")
            authority.may_answer.set()
            await asyncio.gather(*attempts)
            await house.restart()
            await house.quiet()
            sealed = content(house, signature_of(house).sealed_sha256)
            assert [each[SEALED] for each in copies(house)] == [sealed]
            assert [each[SEALED] for each in copies(house, "dian@")] == [sealed]
            assert house.audited("SOW-1").count("kept") == 1
            is_sound(house)


async def test_keys_that_are_exchanged_meanwhile_seal_all_of_it_or_nothing(tmp_path: Path) -> None:
    """What is kept as the root vouches for the document and its certificate, whatever happens."""
    authority, file = TimeAuthority(), tmp_path / "seal.p12"
    key_file(file, certified("Globex", NOW - YEAR, 2 * YEAR))
    with authority.open() as url:
        async with sealing_house(tmp_path, seal=str(file), timestamps=url) as house:
            authority.may_answer.clear()
            client = await with_client(house)
            await client.approve()
            await house.until(lambda: authority.asked == 1, "the certificate is being sealed")
            key_file(file, certified("Initech", NOW - YEAR, 2 * YEAR))
            authority.may_answer.set()
            office = house.frontdesk.database.post_office
            said = "The seal: its keys were exchanged meanwhile."

            def is_refused() -> bool:
                return any(each.error.startswith(said) for each in office.about("SOW-1"))

            await house.until(lambda: is_refused() or copies(house), "it is sealed, or refused")
            await house.until(lambda: copies(house), "it is sealed under one root")
            signature = signature_of(house)
            for sha256 in (signature.sealed_sha256, signature.certificate_sha256):
                found = await found_of(house, sha256)
                assert (found.name, found.is_ours) == ("Initech", True)
            is_sound(house)


async def test_a_seal_that_cannot_be_used_keeps_nobody_from_working(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with sealing_house(tmp_path, seal=str(tmp_path / "seal.p12")) as house:
        assert "Nothing can be sealed: " in caplog.text
        client = await with_client(house)
        await client.approve()
        await house.until(lambda: house.request("SOW-1").stage == "invoicing", "it is approved")
        bea = house.person("bea").dm_with_bot()
        card = await bea.wait_for(text="SOW-1")
        assert (await (await card.click("Record invoice")).modal_opened()).title
        assert copies(house) == []
        assert signature_of(house).certificate_sha256 == ""
        assert house.backlog.dead == 0
        key_file(tmp_path / "seal.p12", certified("Globex", NOW - YEAR, 2 * YEAR))
        await house.until(lambda: copies(house), "it is sealed as soon as it can be")

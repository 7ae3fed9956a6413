"""Assets in a bucket: a real S3 server, down for an hour, and left for another place."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import monotonic

import httpx
import pytest

from integrations.library.connecting import connect_url
from integrations.library.remote import RemoteLibrary
from settings import load
from tests.commandline.test_app import app
from tests.integrations.library.buckets import ANYBODY, REGION, Gate, Store, options, running
from tests.journeys.assets import (
    approve_draft,
    asset_record,
    hand_in,
    pdf,
    under_way,
)
from tests.journeys.deals import fill_in, form, told
from tests.journeys.house import House, open_house
from tests.journeys.shelf import DELIVERED, announced, get, is_whole, personal_link, shelf


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with running() as store:
        yield store


@dataclass(frozen=True)
class Elsewhere:
    """A house whose library is a bucket, and the gate before that."""

    house: House
    gate: Gate
    url: str

    @property
    def bucket(self) -> RemoteLibrary:
        return connect_url(self.url.partition("?")[0], options(self.gate.url))


@asynccontextmanager
async def house_with_a_bucket(folder: Path, store: Store, bucket: str) -> AsyncIterator[Elsewhere]:
    store.make(bucket)
    with Gate(store.port) as gate:
        url = f"s3://{bucket}/assets?endpoint={gate.url}&region={REGION}"
        async with open_house(
            folder,
            "http",
            FRONTDESK_LIBRARY=url,
            AWS_ACCESS_KEY_ID=ANYBODY.key,
            AWS_SECRET_ACCESS_KEY=ANYBODY.secret,
        ) as house:
            yield Elsewhere(house, gate, url)


async def delivered(house: House) -> None:
    """Let the three lanes approve the draft of AST-1, and Mia deliver it."""
    for handle in ("priya", "hana", "greta"):
        await approve_draft(house, handle)
    await fill_in(house, await form(house, house.person("mia"), "Deliver"), **DELIVERED)


async def hand_in_a_deck(house: House) -> None:
    await hand_in(house, "mia", await house.person("mia").upload("deck.pdf", pdf("A deck")))


async def opened(house: House) -> bytes:
    """What Ben gets who presses "Open" below the announcement."""
    answer = await get(await personal_link(house, announced(house)[-1]))
    assert answer.status_code == 200, answer.text
    return answer.content


async def test_an_asset_comes_to_its_reader_from_a_bucket(tmp_path: Path, store: Store) -> None:
    async with house_with_a_bucket(tmp_path, store, "whole") as elsewhere:
        house = elsewhere.house
        await under_way(house)
        await hand_in_a_deck(house)
        await delivered(house)

        kept = shelf(house).current
        assert kept is not None
        assert kept.kept is not None
        assert elsewhere.bucket.read(kept.kept.sha256) == pdf("A deck")
        assert not (tmp_path / "library").exists()
        assert await opened(house) == pdf("A deck")
        is_whole(house)


@pytest.mark.prove
async def test_a_bucket_that_is_down_for_an_hour_loses_nothing_and_takes_nothing_twice(
    tmp_path: Path, store: Store
) -> None:
    async with house_with_a_bucket(tmp_path, store, "away") as elsewhere:
        house, gate = elsewhere.house, elsewhere.gate
        await under_way(house)
        mia, hana = house.person("mia"), house.person("hana")
        modal = await form(house, mia, "Post a draft")
        await modal.attach("The draft as a file", await mia.upload("deck.pdf", pdf("A deck")))
        await modal.fill(note="The first version.")
        gate.shut()
        assert (await modal.submit()).closed

        alarm = await house.person("adam").dm_with_bot().wait_for("Files of assets cannot be kept")
        assert "an admin has to" in alarm.text
        await house.until(
            lambda: "Waiting for the library since" in told(house, "hana"), "the card says so"
        )
        assert "Approve" not in hana.dm_with_bot().cards("AST-1: ")[-1].buttons
        await house.move_clock(timedelta(hours=1))
        assert house.request("AST-1").stage == "in_review"

        gate.open()
        await house.until(lambda: asset_record(house).drafts[0].sha256, "the draft is kept")
        await house.quiet()
        assert "Waiting for the library" not in told(house, "hana")
        assert house.audited("AST-1").count("draft_kept") == 1
        assert len(store.names("away")) == 1
        await delivered(house)

        gate.shut()
        link = await personal_link(house, announced(house)[-1])
        assert (await get(link)).status_code == 503
        gate.open()
        assert (await get(link)).content == pdf("A deck")
        assert len(house.person("adam").dm_with_bot().cards("Files of assets cannot")) == 1
        is_whole(house)


@pytest.mark.prove
@pytest.mark.parametrize("is_a_document_too", [False, True])
async def test_links_lead_to_the_same_file_when_the_library_has_moved(
    tmp_path: Path, store: Store, *, is_a_document_too: bool
) -> None:
    async with house_with_a_bucket(
        tmp_path, store, f"left-{is_a_document_too}".lower()
    ) as elsewhere:
        house = elsewhere.house
        await under_way(house)
        await hand_in_a_deck(house)
        await delivered(house)
        link = await personal_link(house, announced(house)[-1])
        before = await get(link)
        if is_a_document_too:  # then it is stored with the requests, and is not moved
            with house.frontdesk.database.unit() as unit:
                unit.files.put("deck.pdf", "application/pdf", pdf("A deck"))
                unit.commit()

        new = tmp_path / "shelves"
        moved = await asyncio.to_thread(
            lambda: app(tmp_path, "library", "move", "--to", str(new), **house.environ)
        )
        assert (moved.returncode, moved.stderr) == (0, "")
        house.environ["FRONTDESK_LIBRARY"] = str(new)
        house.settings = load(house.environ, tmp_path)
        elsewhere.gate.shut()
        await house.restart()

        after = await get(link)
        assert (after.status_code, after.content) == (200, before.content)
        assert after.content == pdf("A deck")
        assert await opened(house) == pdf("A deck")
        is_whole(house)


@pytest.mark.prove
async def test_a_library_that_hangs_keeps_nobody_from_the_clients_page(
    tmp_path: Path, store: Store
) -> None:
    async with house_with_a_bucket(tmp_path, store, "hangs") as elsewhere:
        house = elsewhere.house
        await under_way(house)
        await hand_in_a_deck(house)
        await delivered(house)
        link = await personal_link(house, announced(house)[-1])
        page = f"{house.frontdesk.server.url}/r/{'x' * 43}"
        store.freeze()
        try:
            readers = [asyncio.create_task(fetched(link)) for _ in range(8)]
            await asyncio.sleep(1)
            began = monotonic()
            answer = await get(page)
            took = monotonic() - began
            assert not any(each.done() for each in readers)
        finally:
            store.thaw()

        assert (answer.status_code, took < 5) == (404, True)
        assert [each.content for each in await asyncio.gather(*readers)] == [pdf("A deck")] * 8
        is_whole(house)


async def fetched(link: str) -> httpx.Response:
    """Open a link with patience."""
    async with httpx.AsyncClient(timeout=90) as web:
        return await web.get(link)

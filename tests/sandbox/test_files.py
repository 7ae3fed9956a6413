"""Files: who may see them, how they go, how large they are, and pictures in blocks."""

from typing import Any

import httpx
import pytest
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox import Installed, Person, Workspace, errors
from tests.sandbox.conftest import Bot
from tests.sandbox.picture import png
from tests.sandbox.test_block_kit import entry, modal, text
from tests.sandbox.test_manners import heard
from tests.sandbox.test_web_api import refused

MEGABYTE = 2**20


def bearer(installed: Installed) -> dict[str, str]:
    return {"authorization": f"Bearer {installed.bot_token}"}


def fetched(url: str, installed: Installed) -> httpx.Response:
    """What the bot gets from a private address."""
    return httpx.get(url, headers=bearer(installed))


def shown(picture: str) -> list[dict[str, Any]]:
    return [{"type": "image", "slack_file": {"id": picture}, "alt_text": "Page one"}]


def uploaded(client: WebClient, content: bytes, name: str = "page-1.png") -> str:
    """The id of a file that the app has uploaded without a channel and that is ready."""
    key = str(client.files_upload_v2(filename=name, content=content)["file"]["id"])
    client.files_info(file=key)
    return key


async def test_a_message_with_files_is_told_and_they_can_be_read(
    bot: Bot, workspace: Workspace, ana: Person
) -> None:
    bot.hears_everything()
    deck = await ana.upload("deck.pdf", b"%PDF-1.7")
    await ana.say("asset-requests", "The draft", files=[deck])
    await ana.dm("", files=[await ana.upload("logo.png", png())])

    first, second = await heard(workspace, "message", 2)

    assert (first["subtype"], first["channel_type"]) == ("file_share", "channel")
    (file,) = first["files"]
    assert (file["id"], file["name"], file["mimetype"], file["size"]) == (
        deck.id,
        "deck.pdf",
        "application/pdf",
        8,
    )
    assert fetched(file["url_private_download"], bot.installed).content == b"%PDF-1.7"
    assert (second["subtype"], second["channel_type"], second["text"]) == ("file_share", "im", "")
    info = bot.app.client.files_info(file=deck.id)["file"]
    assert info["channels"] == [workspace.slack.channel("asset-requests").id]


async def test_a_bot_sees_a_file_only_where_it_is(
    client: WebClient, workspace: Workspace, installed: Installed, ana: Person
) -> None:
    deck = await ana.upload("deck.pdf", b"%PDF-1.7")
    for place in (ana.dm_with("mia").id, "general"):
        await ana.say(place, "Have a look", files=[deck])
    url = f"{workspace.slack.store.url}/files-pri/{deck.id}/download/deck.pdf"
    assert refused(client, "files.info", file=deck.id)["error"] == "file_not_found"
    assert fetched(url, installed).status_code == 302

    shared = await ana.say("sales", "Here it is", files=[deck])
    assert client.files_info(file=deck.id)["file"]["is_public"]
    assert fetched(url, installed).status_code == 200

    await ana.delete(shared)
    assert refused(client, "files.info", file=deck.id)["error"] == "file_not_found"


async def test_a_file_handed_in_by_a_form_is_the_apps_to_read(bot: Bot, ana: Person) -> None:
    view = modal(
        callback_id="form",
        submit=text("Send"),
        blocks=[entry({"type": "file_input", "action_id": "v"})],
    )
    names: list[str] = []

    def opened(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    def sent(ack: Ack, view: dict[str, Any], client: WebClient) -> None:
        (block,) = view["state"]["values"].values()
        names.extend(client.files_info(file=f["id"])["file"]["name"] for f in block["v"]["files"])
        ack()

    bot.app.command("/sow")(opened)
    bot.app.view("form")(sent)
    shown = (await ana.command("/sow")).modal
    assert shown is not None
    await shown.attach("Name", await ana.upload("signed.pdf", b"%PDF-1.7"))
    assert (await shown.submit()).closed
    assert names == ["signed.pdf"]


async def test_a_deleted_file_leaves_a_tombstone(
    client: WebClient, workspace: Workspace, installed: Installed, ana: Person
) -> None:
    deck = await ana.upload("deck.pdf", b"%PDF-1.7")
    card = await ana.say("sales", "The draft", files=[deck])
    url = client.files_info(file=deck.id)["file"]["url_private_download"]
    with pytest.raises(errors.NotYourFile, match=r"deck\.pdf"):
        await workspace.person("ben").delete_file(deck)

    await ana.delete_file(deck)

    assert refused(client, "files.info", file=deck.id)["error"] == "file_deleted"
    assert fetched(url, installed).status_code == 404
    (message,) = client.conversations_history(channel=card.channel)["messages"]
    assert message["files"] == [{"id": deck.id, "mode": "tombstone"}]
    assert card.files == []
    with pytest.raises(errors.Unknown):
        await ana.delete_file(deck)


async def test_a_large_file_is_as_large_as_it_says(
    client: WebClient, installed: Installed, ana: Person
) -> None:
    video = await ana.upload("demo.mp4", b"\0\0\0 ftyp", size=200 * MEGABYTE)
    await ana.say("sales", "The demo", files=[video])
    file = client.files_info(file=video.id)["file"]
    assert file["size"] == 200 * MEGABYTE
    with httpx.stream("GET", file["url_private_download"], headers=bearer(installed)) as answer:
        assert answer.headers["content-length"] == str(200 * MEGABYTE)
        chunks = answer.iter_bytes(MEGABYTE)
        assert next(chunks).startswith(b"\0\0\0 ftyp\0\0")
        assert len(next(chunks)) == MEGABYTE
    with pytest.raises(errors.FileTooLarge, match="1 GB"):
        await ana.upload("all.zip", size=1025 * MEGABYTE)
    too_large = {"filename": "all.zip", "length": 1025 * MEGABYTE}
    answer = refused(client, "files.getUploadURLExternal", **too_large)
    assert answer["error"] == "file_upload_size_restricted"


def test_a_small_large_file_is_whole(client: WebClient, workspace: Workspace) -> None:
    del client
    workspace.slack.blobs.put("F1", b"abc")
    assert b"".join(workspace.slack.blobs.stream("F1", 3 * MEGABYTE)) == b"abc".ljust(
        3 * MEGABYTE, b"\0"
    )


async def test_a_picture_of_the_apps_own_is_shown_without_being_shared(
    client: WebClient, workspace: Workspace, ana: Person
) -> None:
    picture = uploaded(client, png())
    sales = workspace.slack.channel("sales").id
    client.chat_postMessage(channel=sales, text="New", blocks=shown(picture))
    card = ana.channel("sales").messages[0]
    assert (card.pictures, card.text, card.files) == (["page-1.png"], "Page one", [])
    url = client.files_info(file=picture)["file"]["url_private"]
    by_url = [{"type": "image", "slack_file": {"url": url}, "alt_text": "x"}]
    client.views_publish(user_id=ana.id, view={"type": "home", "blocks": by_url})
    assert (await ana.open_home()).pictures == ["page-1.png"]
    client.files_delete(file=picture)
    assert card.pictures == []


async def test_an_upload_is_not_ready_at_once(client: WebClient, ana: Person) -> None:
    answer = client.files_upload_v2(filename="page-1.png", content=png())
    assert (answer["file"]["mimetype"], answer["file"]["filetype"]) == ("", "")
    key = answer["file"]["id"]
    early = refused(client, "chat.postMessage", channel=ana.id, text="x", blocks=shown(key))
    words = "invalid slack file [json-pointer:/blocks/0/slack_file]"
    assert (early["error"], early["errors"]) == ("invalid_blocks", [words])
    assert early["response_metadata"]["messages"] == [f"[ERROR] {words}"]
    assert client.files_info(file=key)["file"]["mimetype"] == "image/png"
    client.chat_postMessage(channel=ana.id, text="x", blocks=shown(key))


async def test_what_cannot_be_shown_as_a_picture(client: WebClient, ana: Person) -> None:
    private = await ana.upload("mine.png", png())
    gone = uploaded(client, png())
    client.files_delete(file=gone)
    for key in (private.id, gone, uploaded(client, b"%PDF-1.7", "a.png"), "F404"):
        answer = refused(client, "chat.postMessage", channel=ana.id, text="x", blocks=shown(key))
        assert answer["error"] == "invalid_blocks", key
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id=ana.id, view={"type": "home", "blocks": shown("F404")})
    both = shown(gone)
    both[0]["slack_file"]["url"] = "https://files.slack.example/x.png"
    assert refused(client, "blocks.validate", blocks=both)["error"] == "invalid_blocks"


async def test_a_picture_keeps_what_describes_it(bot: Bot) -> None:
    client = bot.app.client
    described = client.files_upload_v2(filename="a.png", content=png(), alt_txt="Five requests")
    plain = client.files_upload_v2(filename="b.png", content=png())

    about = client.files_info(file=described["file"]["id"])["file"]
    assert about["alt_txt"] == "Five requests"
    assert "alt_txt" not in client.files_info(file=plain["file"]["id"])["file"]
    with pytest.raises(SlackApiError, match="alt_txt_too_large"):
        client.files_upload_v2(filename="c.png", content=png(), alt_txt="x" * 1001)

"""Whatever stands in a mail stays in it."""

import tempfile
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.async_api import Dialog, Page, Request, expect

from sandbox.page.letters import Mailbox
from tests.page.office import Office, letter

HARM = """<script>alert(1)</script><img src=x onerror=alert(2)>
<img src="https://tracker.example/pixel.png"><link rel=stylesheet href="https://a.example/a.css">
<meta http-equiv=refresh content="0;url=https://a.example/"><base href="https://a.example/">
<form action="/sandbox/clock" method=post><button>Send</button></form>
<iframe src="https://a.example/"></iframe><iframe srcdoc="<script>alert(3)</script>"></iframe>
<a href="javascript:alert(4)">press me</a>"""


MARKUP = "<script>alert(5)</script><img src=x onerror=alert(6)>"


@dataclass
class Watch:
    """What a page said aloud, and what it asked of any server."""

    dialogs: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Self:
        page.on("dialog", self._said)
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.context.on("requestfailed", self._failed)
        return self

    async def _said(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        await dialog.dismiss()

    def _failed(self, request: Request) -> None:
        if request.failure == "csp":
            self.asked.remove(request.url)  # the mail's policy stopped it on its way


def hostile() -> EmailMessage:
    written = letter(MARKUP, f'"{MARKUP}" <hank@globex.example>')
    written["X-Note"] = MARKUP
    written.add_alternative(HARM, subtype="html")
    written.add_attachment(b"<script>alert(7)</script>", "text", "html", filename=f"a/../{MARKUP}")
    return written


async def test_a_hostile_mail_is_inert(office: Office, page: Page) -> None:
    address = office.put(1, hostile())
    watch = Watch().over(page)
    for place in (f"{office.url}/mail", f"{address}?view=text", f"{address}/html"):
        await page.goto(place)
    await page.get_by_role("button", name="Send").click()
    await page.get_by_role("link", name="press me").click()
    await page.goto(address)
    frame = page.frame_locator("iframe[sandbox]")
    await frame.get_by_role("button", name="Send").click()
    await frame.get_by_role("link", name="press me").click()
    await expect(page.get_by_role("heading", name=MARKUP)).to_be_visible()
    assert watch.dialogs == []
    assert [url for url in watch.asked if not url.startswith(office.url)] == []
    assert not any("/sandbox/clock" in url for url in watch.asked)


def test_a_file_in_which_something_could_run_is_downloaded_only(office: Office) -> None:
    office.put(1, hostile())
    (name,) = [path.name for path in office.folder.iterdir()]
    file = office.answer(f"/mail/{name}/files/0?open")
    named = file.headers["content-disposition"]
    assert named.startswith("attachment;")
    assert "/" not in named
    assert ".." not in named
    assert file.headers["content-type"] == "application/octet-stream"


async def test_the_pages_policies(office: Office, page: Page) -> None:
    written = letter("Policies")
    written.add_alternative("<p>x", subtype="html")
    address = office.put(1, written)
    for place in (f"{office.url}/mail", address):
        policy = (await page.request.get(place)).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    frame = (await page.request.get(f"{address}/html")).headers["content-security-policy"]
    assert "default-src 'none'" in frame
    assert "; sandbox allow-popups allow-popups-to-escape-sandbox" in frame


@pytest.mark.parametrize(
    "path",
    [
        "/mail/../secret.eml",
        "/mail/..%2Fsecret.eml",
        "/mail/%2e%2e%2fsecret.eml/html",
        "/mail/..%5Csecret.eml",
        "/mail/%2Fetc%2Fpasswd",
        "/mail/..eml",
        "/mail/secret.txt",
        "/mail/folder.eml",
        "/mail/%00.eml",
        pytest.param("/mail/" + "x" * 5000 + ".eml", id="long"),
        "/mail/nothing.eml/files/0",
    ],
)
def test_nothing_outside_the_folder_is_reached(office: Office, path: str) -> None:
    (office.folder.parent / "secret.eml").write_bytes(b"Subject: secret\n\n")
    (office.folder / "secret.txt").write_bytes(b"Subject: secret\n\n")
    (office.folder / "folder.eml").mkdir()
    answer = office.answer(path)
    assert answer.status == 404
    assert b"Subject" not in answer.read()
    assert office.answer("/mail").status == 200


HEADS = b"""To:
Date:
Date: Mon, 99 Foo 99999 25:61:61 +9999
Subject: =?utf-8?b?!!?= =?x-none?q?=FF?=
Content-Type: text/plain; charset=idna
Content-Type: text/html; charset=x-none
Content-Type: text/html; charset*0*=u''%FF; charset*=x'y'%zz
Content-Type: multipart/mixed; boundary=b
Content-Type: message/rfc822
Content-Transfer-Encoding: base64
Content-Transfer-Encoding: quoted-printable
Content-Transfer-Encoding: x-uuencode
Content-Disposition: attachment; filename=x
Content-Disposition: attachment; filename*0*=u''%FF; filename*=x'y'%zz
begin 644 x
--b
--b--
""".splitlines(keepends=True)
pieces = st.sampled_from([*HEADS, b"\n", b": ", b'"<@,:;>', b"\xff\x00\x85", b"=3D", b"="])


@given(st.lists(pieces | st.binary(max_size=8), max_size=30).map(b"".join))
def test_whatever_stands_in_a_file_can_be_shown(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.eml").write_bytes(raw)
        mailbox = Mailbox(Path(folder))
        (listed,) = mailbox.letters()
        whole = mailbox.letter("a.eml")
    assert listed.name == whole.name

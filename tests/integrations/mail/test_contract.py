"""What every mailer promises."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from bot.ports.mail import Attachment, Mailer, MailRefused
from integrations.mail import FolderMailer, SmtpMailer
from tests.integrations.mail.samples import PDF, SENDER, SENDER_NAME, StillClock, mail, pdf
from tests.integrations.mail.servers import Postman, serving


@dataclass(frozen=True)
class Post:
    """A mailer, and what came out of it, as bytes."""

    mailer: Mailer
    arrived: Callable[[], list[bytes]]

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(each, policy=default) for each in self.arrived()]


@pytest.fixture(params=["folder", "smtp"])
def post(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Post]:
    clock = StillClock()
    if request.param == "folder":
        yield Post(
            FolderMailer(tmp_path / "mail", SENDER, SENDER_NAME, clock),
            lambda: [path.read_bytes() for path in sorted((tmp_path / "mail").glob("*"))],
        )
        return
    postman = Postman()
    with serving(postman) as port:
        mailer = SmtpMailer(
            "127.0.0.1",
            port,
            security="none",
            sender=SENDER,
            sender_name=SENDER_NAME,
            clock=clock,
            altogether=20.0,
        )
        yield Post(mailer, lambda: postman.taken)


def test_a_client_gets_text_html_and_the_document_byte_for_byte(post: Post) -> None:
    post.mailer.send(mail(attachments=(pdf(),)))
    (letter,) = post.letters()
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == mail().text.splitlines()
    assert html.get_content().splitlines() == [mail().html]
    (attachment,) = letter.iter_attachments()
    assert attachment.get_filename() == "SOW-7 v2.pdf"
    assert attachment.get_content_type() == "application/pdf"
    assert attachment.get_content() == PDF


def test_the_headers_say_who_when_and_that_a_machine_wrote(post: Post) -> None:
    post.mailer.send(mail())
    (letter,) = post.letters()
    assert letter["From"] == "Harborlight Sales <sales@harborlight.example>"
    assert letter["To"] == "Hank Scorpio <hank@globex.example>"
    assert letter["Reply-To"] == "Dian Porter <dian@harborlight.example>"
    assert letter["Subject"] == "Statement of Work SOW-7, version 2"
    assert letter["Date"] == "Mon, 23 Nov 2026 12:00:00 +0000"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["MIME-Version"] == "1.0"


def test_the_message_id_is_made_of_the_key_alone(post: Post) -> None:
    post.mailer.send(mail(key="receipt:INV-3"))
    post.mailer.send(mail(key="receipt:INV-4"))
    assert {each["Message-ID"] for each in post.letters()} == {
        "<2d492a47fe3e6595691398b5155cc5e9@harborlight.example>",
        "<f019ec846ea7043dd448028b4f0dd59e@harborlight.example>",
    }


def test_every_script_arrives(post: Post) -> None:
    letter = mail(
        to_name="Zoë Ångström, 部長",
        reply_to_name='Dian "D" Porter',
        subject="Leistungsbeschreibung für Müller & Söhne – 見積書 ✅ " + "ü" * 120,
        text="Grüße, 世界 🎉\n" + "ö" * 2000,
        html="<p>Grüße, 世界 🎉</p>",
        attachments=(pdf("Angebot für Müller – 見積書 (endgültig, Version 2).pdf"),),
    )
    post.mailer.send(letter)
    (seen,) = post.letters()
    assert seen["To"].addresses[0].display_name == letter.to_name
    assert seen["Reply-To"].addresses[0].display_name == letter.reply_to_name
    assert seen["Subject"] == letter.subject
    text = seen.get_body(("plain",))
    assert text is not None
    assert text.get_content().splitlines() == letter.text.splitlines()
    assert [each.get_filename() for each in seen.iter_attachments()] == [letter.attachments[0].name]


def test_what_travels_is_ascii_in_short_lines(post: Post) -> None:
    post.mailer.send(mail(text="é" * 5000, html="<p>" + "x" * 5000, attachments=(pdf("ü.pdf"),)))
    (raw,) = post.arrived()
    raw.decode("ascii")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert b"\n" not in raw.replace(b"\r\n", b"")


def test_nobody_adds_a_header_by_what_they_type(post: Post) -> None:
    harm = (
        "Hi\r\nBcc: eve@evil.example\n\n[b]\u2028x\x00y\x85z\ud800 =?utf-8?q?=0aBcc:e@e.example?="
    )
    cleaned = "Hi Bcc: eve@evil.example [b] x y z = ?utf-8?q?=0aBcc:e@e.example?="
    attachment = Attachment(name=f"a/../{harm}.pdf", mime="text/x\r\nBcc: b@b.example", content=PDF)
    post.mailer.send(
        mail(
            subject=harm,
            to_name=harm,
            reply_to_name=harm,
            text=harm,
            html=harm,
            attachments=(attachment,),
        )
    )
    (letter,) = post.letters()
    assert letter["Subject"] == cleaned
    assert letter["To"].addresses[0].display_name == cleaned
    assert letter["Reply-To"].addresses[0].display_name == cleaned
    assert letter["Bcc"] is None
    (part,) = letter.iter_attachments()
    assert part["Bcc"] is None
    assert part.get_filename() == f"{cleaned}.pdf"
    assert part.get_content_type() == "application/octet-stream"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "hank",
        "hank@",
        "@globex.example",
        "hank@globex..example",
        "hank@-globex.example",
        "hank @globex.example",
        "hank@globex.example, eve@evil.example",
        "Hank <hank@globex.example>",
        "hank@globex.example\r\nBcc: eve@evil.example",
        "hänk@globex.example",
        "h" * 250 + "@globex.example",
    ],
)
def test_an_address_that_nobody_can_have_is_refused(post: Post, wrong: str) -> None:
    with pytest.raises(MailRefused, match="is no e-mail address that mail can reach"):
        post.mailer.send(mail(to=wrong))
    with pytest.raises(MailRefused):
        post.mailer.send(mail(reply_to=wrong or "nobody"))
    assert post.arrived() == []


def test_a_domain_in_another_script_is_reached_by_its_ascii_name(post: Post) -> None:
    post.mailer.send(mail(to="hank@bücher.example"))
    (letter,) = post.letters()
    assert letter["To"].addresses[0].addr_spec == "hank@xn--bcher-kva.example"


def test_a_sender_that_is_no_address_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="“sales” is no e-mail address"):
        FolderMailer(tmp_path, "sales", SENDER_NAME, StillClock())
    with pytest.raises(ValueError, match="“sales” is no e-mail address"):
        SmtpMailer(
            "127.0.0.1",
            1,
            security="none",
            sender="sales",
            sender_name=SENDER_NAME,
            clock=StillClock(),
            altogether=20.0,
        )

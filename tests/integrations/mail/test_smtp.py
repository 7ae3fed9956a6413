"""Mail by SMTP, to servers that are kind, strict, slow or gone."""

import socket
from email import message_from_bytes
from time import monotonic
from typing import Any

import pytest

from bot.ports.mail import MailRefused, MailUnavailable
from integrations.mail import SmtpMailer
from tests.integrations.mail.samples import PDF, SENDER, SENDER_NAME, StillClock, mail, pdf
from tests.integrations.mail.servers import (
    SECRET,
    Authority,
    Postman,
    dripping,
    locked,
    saying,
    serving,
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def mailer(port: int, **options: Any) -> SmtpMailer:
    settings: dict[str, Any] = {"security": "none", "seconds": 5.0, "altogether": 20.0} | options
    return SmtpMailer(
        "127.0.0.1", port, sender=SENDER, sender_name=SENDER_NAME, clock=StillClock(), **settings
    )


def test_it_reaches_people_and_hides_its_password() -> None:
    desk = mailer(25, user="bot", password=SECRET)
    assert desk.reaches_people
    assert SECRET not in repr(desk)


def test_starttls_a_password_and_a_pdf(authority: Authority) -> None:
    postman = Postman()
    with serving(postman, **locked(authority)) as port:
        desk = mailer(
            port,
            security="starttls",
            user="bot",
            password=SECRET,
            trusted=authority.trusted,
        )
        desk.send(mail(attachments=(pdf(),)))
    (session,) = postman.sessions
    assert session.ssl is not None
    assert session.authenticated
    assert postman.recipients == [["hank@globex.example"]]


def test_tls_from_the_first_byte(authority: Authority) -> None:
    postman = Postman()
    with serving(postman, authority.server) as port:
        mailer(port, security="tls", trusted=authority.trusted).send(mail())
    assert len(postman.taken) == 1


def test_each_recipient_gets_a_message_of_their_own() -> None:
    postman = Postman()
    with serving(postman) as port:
        desk = mailer(port)
        desk.send(mail(key="1", to="hank@globex.example"))
        desk.send(mail(key="2", to="jane@globex.example"))
    assert postman.recipients == [["hank@globex.example"], ["jane@globex.example"]]
    assert b"jane" not in postman.taken[0]


def test_a_greylisted_mail_is_taken_the_second_time() -> None:
    postman = Postman(rcpt=("451 4.7.1 Greylisted, come back in a minute",))
    with serving(postman) as port:
        desk = mailer(port)
        with pytest.raises(MailUnavailable) as later:
            desk.send(mail())
        assert postman.taken == []
        desk.send(mail())
    assert str(later.value) == (
        "The mail server asks to come again later: 451 4.7.1 Greylisted, come back in a minute"
    )
    assert len(postman.taken) == 1


def test_a_recipient_that_does_not_exist_is_refused_in_the_servers_words() -> None:
    with (
        serving(Postman(rcpt=("550 5.1.1 No such user " + "x" * 400,))) as port,
        pytest.raises(MailRefused) as refused,
    ):
        mailer(port).send(mail())
    said = str(refused.value)
    assert said.startswith(
        "The mail server refused the mail to hank@globex.example: 550 5.1.1 No such user xxx"
    )
    assert len(said) < 300


def test_a_mail_whose_content_is_refused_is_refused() -> None:
    with (
        serving(Postman(data=("554 5.7.1 Looks like spam",))) as port,
        pytest.raises(MailRefused, match=r"554 5.7.1 Looks like spam"),
    ):
        mailer(port).send(mail())


def test_a_mail_that_is_too_large_is_refused() -> None:
    with (
        serving(Postman(), data_size_limit=1000) as port,
        pytest.raises(MailRefused, match=r"552 "),
    ):
        mailer(port).send(mail(attachments=(pdf(),)))
    assert len(PDF) > 1000


@pytest.mark.parametrize(
    "postman",
    [
        Postman(rcpt=("421 4.3.2 Going down",)),
        Postman(rcpt=("452 4.2.2 Mailbox full",)),
        Postman(data=("421 4.3.2 Going down",)),
        Postman(data=("451 4.3.0 Not now",)),
    ],
)
def test_what_passes_is_tried_again(postman: Postman) -> None:
    with serving(postman) as port:
        desk = mailer(port)
        with pytest.raises(MailUnavailable, match=r"asks to come again later: 4\d\d 4"):
            desk.send(mail())
        desk.send(mail())
    assert len(postman.taken) == 1


def test_one_of_several_that_is_refused_holds_up_no_other() -> None:
    postman = Postman(rcpt=("250 OK", "550 5.1.1 No such user", "250 OK"))
    with serving(postman) as port:
        desk = mailer(port)
        desk.send(mail(key="1", to="hank@globex.example"))
        with pytest.raises(MailRefused, match=r"jane@globex.example: 550"):
            desk.send(mail(key="2", to="jane@globex.example"))
        desk.send(mail(key="3", to="marge@globex.example"))
    assert postman.recipients == [["hank@globex.example"], ["marge@globex.example"]]


def test_a_sender_that_is_refused_is_for_the_admin() -> None:
    postman = Postman(sender=("553 5.7.1 Not your address",))
    with (
        serving(postman) as port,
        pytest.raises(MailUnavailable) as refused,
    ):
        mailer(port).send(mail())
    assert str(refused.value) == (
        "The mail server takes no mail from sales@harborlight.example: 553 5.7.1 Not your address. "
        "An admin has to put the mail settings right."
    )
    assert "FRONTDESK_MAIL_FROM" in refused.value.fix


def test_a_server_that_dies_after_the_mail_gets_it_again_under_the_same_number() -> None:
    postman = Postman(data=("250 and gone",))
    with serving(postman) as port:
        desk = mailer(port)
        with pytest.raises(MailUnavailable, match=r"failed: Connection unexpectedly closed"):
            desk.send(mail())
        desk.send(mail())
    first, second = (message_from_bytes(each) for each in postman.taken)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_server_may_look_long_at_a_mail_before_it_takes_it() -> None:
    postman = Postman(data=("slowly",))
    with serving(postman) as port:
        mailer(port, seconds=0.3).send(mail())
    assert len(postman.taken) == 1


@pytest.mark.parametrize(
    ("security", "said", "means"),
    [
        ("none", (), r"cannot be reached: it took too long"),
        ("tls", (), r"cannot be reached: "),
        (
            "starttls",
            (b"220 Hello", b"250-Hello\r\n250 STARTTLS"),
            r"cannot be reached: it took too long",
        ),
        ("none", (b"220 Hello", b"250 Hello"), r"failed: it took too long"),
        ("none", (b"220 Hello", b"250 Hello", b"250 OK", b"250 OK", b"354 Go on"), r"failed: it"),
    ],
)
def test_a_server_that_drips_is_left_in_time(
    security: str, said: tuple[bytes, ...], means: str
) -> None:
    with dripping(*said) as port:
        begun = monotonic()
        with pytest.raises(MailUnavailable, match=means):
            mailer(port, security=security, altogether=0.8).send(mail())
        assert monotonic() - begun < 4


def test_a_login_that_drips_is_left_in_time() -> None:
    with (
        dripping(b"220 Hello", b"250-Hello\r\n250 AUTH PLAIN") as port,
        pytest.raises(MailUnavailable, match=r"failed: it took too long"),
    ):
        mailer(port, user="bot", password=SECRET, altogether=0.8).check()


def test_a_full_server_is_tried_again() -> None:
    with (
        serving(Postman(data=("452 4.3.1 Out of disk",))) as port,
        pytest.raises(MailUnavailable, match=r"452 4.3.1 Out of disk"),
    ):
        mailer(port).send(mail())


def test_a_wrong_password_is_for_the_admin_and_stays_secret(authority: Authority) -> None:
    postman = Postman()
    with serving(postman, **locked(authority)) as port:
        desk = mailer(
            port,
            security="starttls",
            user="bot",
            password="wrong-secret",
            trusted=authority.trusted,
        )
        with pytest.raises(MailUnavailable) as locked_out:
            desk.send(mail())
    assert str(locked_out.value) == (
        "The mail server does not take the bot's user name and password (535 5.7.8): "
        "an admin has to put the mail settings right."
    )
    assert locked_out.value.__cause__ is None
    assert postman.taken == []


def test_a_password_that_cannot_be_sent_is_for_the_admin(authority: Authority) -> None:
    with serving(Postman(), **locked(authority)) as port:
        desk = mailer(
            port,
            security="starttls",
            user="bot",
            password="gehéim",
            trusted=authority.trusted,
        )
        with pytest.raises(MailUnavailable, match=r"an admin has to put the mail settings right"):
            desk.send(mail())


def test_a_missing_password_is_for_the_admin(authority: Authority) -> None:
    with serving(Postman(), **locked(authority)) as port:
        desk = mailer(port, security="starttls", trusted=authority.trusted)
        with pytest.raises(MailUnavailable, match=r"530 .*an admin has to put the mail settings"):
            desk.send(mail())


def test_a_server_without_passwords_is_for_the_admin() -> None:
    with (
        serving(Postman()) as port,
        pytest.raises(MailUnavailable, match=r"it offers no way to log in that we know"),
    ):
        mailer(port, user="bot", password=SECRET).send(mail())


def test_nothing_is_sent_in_the_clear_when_tls_is_asked_for() -> None:
    postman = Postman()
    with (
        serving(postman) as port,
        pytest.raises(MailUnavailable, match=r"offers no STARTTLS"),
    ):
        mailer(port, security="starttls").send(mail())
    assert postman.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_somebody_else_is_not_trusted(authority: Authority, security: str) -> None:
    postman = Postman()
    first = authority.elsewhere if security == "tls" else None
    with serving(postman, first, tls_context=None if first else authority.elsewhere) as port:
        with pytest.raises(MailUnavailable, match=r"a certificate that is not trusted: .*match"):
            mailer(port, security=security, trusted=authority.trusted).send(mail())
        with pytest.raises(MailUnavailable, match=r"a certificate that is not trusted: .*issuer"):
            mailer(port, security=security).send(mail())
    assert postman.taken == []


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(MailUnavailable) as gone:
            mailer(port).send(mail())
    assert str(gone.value) == (
        f"The mail server 127.0.0.1:{port} cannot be reached: Connection refused."
    )


@pytest.mark.parametrize("security", ["starttls", "tls", "none"])
def test_a_server_that_never_answers(security: str) -> None:
    with (
        saying() as port,
        pytest.raises(MailUnavailable, match=r"cannot be reached: it did not answer in time"),
    ):
        mailer(port, security=security, seconds=0.2).send(mail())


@pytest.mark.parametrize("says", [(), (b"220 ready",), (b"220 ready", b"250 here", b"250 OK")])
def test_a_silent_server_is_left_alone_a_while(says: tuple[bytes, ...]) -> None:
    """Else all hands of the worker would wait for it, one mail after the other."""
    with saying(*says) as port:
        desk = mailer(port, seconds=0.3, altogether=2.0)
        with pytest.raises(MailUnavailable, match="did not answer in time"):
            desk.send(mail())
        begun = monotonic()
        with pytest.raises(MailUnavailable, match="is left alone a while"):
            desk.send(mail())
        assert monotonic() - begun < 0.2


def test_a_login_that_is_not_answered_is_silence() -> None:
    with saying(b"220 ready", b"250-here\r\n250 AUTH PLAIN") as port:
        desk = mailer(port, user="bot", password=SECRET, seconds=0.3)
        for said in ("did not answer in time", "is left alone a while"):
            with pytest.raises(MailUnavailable, match=said):
                desk.send(mail())


@pytest.mark.parametrize("answer", ["451 later", "550 no"])
def test_a_server_that_answers_is_asked_again_at_once(answer: str) -> None:
    postman = Postman(rcpt=(answer,))
    with serving(postman) as port:
        desk = mailer(port)
        with pytest.raises((MailUnavailable, MailRefused)):
            desk.send(mail())
        desk.send(mail())
    assert len(postman.taken) == 1


def test_a_server_that_serves_nobody() -> None:
    with (
        saying(b"554 5.3.2 Under repair") as port,
        pytest.raises(MailUnavailable, match=r"serves nobody now: 554 5.3.2 Under repair"),
    ):
        mailer(port).send(mail())


def test_a_server_that_speaks_something_else() -> None:
    with (
        saying(b"HTTP/1.1 400 Bad Request") as port,
        pytest.raises(MailUnavailable, match=r"cannot be reached"),
    ):
        mailer(port).send(mail())


def test_an_answer_that_never_comes_leaves_the_mail_to_be_tried_again() -> None:
    with (
        serving(Postman(data=("never",))) as port,
        pytest.raises(MailUnavailable, match=r"failed: it (did not answer in time|took too long)"),
    ):
        mailer(port, altogether=0.5).send(mail())


def test_what_is_said_to_goodbye_changes_nothing() -> None:
    postman = Postman(bye="421 4.4.2 Too slow")
    with serving(postman) as port:
        mailer(port).send(mail())
    assert len(postman.taken) == 1


def test_the_server_can_be_looked_at_and_nothing_is_sent(authority: Authority) -> None:
    postman = Postman()
    known: dict[str, Any] = {"security": "starttls", "user": "bot"}
    known |= {"trusted": authority.trusted}
    with serving(postman, **locked(authority)) as port:
        mailer(port, password=SECRET, **known).check()
        with pytest.raises(MailUnavailable, match="user name and password"):
            mailer(port, password="wrong-secret", **known).check()
    with pytest.raises(MailUnavailable):
        mailer(port, password=SECRET, **known).check()
    assert postman.taken == []


def test_whoever_takes_a_mail_and_says_no_goodbye_is_left_as_soon_as_anybody() -> None:
    taken = (b"250 OK", b"250 OK", b"354 Go on", b"250 Taken")
    with saying(b"220 ready", b"250 here", *taken) as port:
        begun = monotonic()
        mailer(port, seconds=0.3, altogether=20.0).send(mail())
        assert monotonic() - begun < 5

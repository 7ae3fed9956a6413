"""Mail by SMTP, to servers that are kind, strict, slow or gone."""

import socket
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.ports.mail import MailRefused, MailUnavailable
from integrations.mail import SmtpMailer
from tests.integrations.mail.samples import PDF, SENDER, SENDER_NAME, StillClock, mail, pdf
from tests.integrations.mail.servers import Authority, Postman, saying, serving

SECRET = "not-a-real-password"


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


def mailer(port: int, **options: Any) -> SmtpMailer:
    settings: dict[str, Any] = {"security": "none", "seconds": 5.0} | options
    return SmtpMailer(
        "127.0.0.1", port, sender=SENDER, sender_name=SENDER_NAME, clock=StillClock(), **settings
    )


def check(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: object
) -> AuthResult:
    """Take the one password; a wrong one is repeated, as some servers do."""
    assert isinstance(given, LoginPassword)
    if given.password == SECRET.encode():
        return AuthResult(success=True)
    words = f"535 5.7.8 {given.password.decode()} is wrong"
    return AuthResult(success=False, handled=False, message=words)


def locked(authority: Authority) -> dict[str, Any]:
    """Return what makes a server ask for STARTTLS, then for a password."""
    return {
        "tls_context": authority.server,
        "require_starttls": True,
        "authenticator": check,
        "auth_required": True,
    }


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
            tls_context=authority.client,
        )
        desk.send(mail(attachments=(pdf(),)))
    (session,) = postman.sessions
    assert session.ssl is not None
    assert session.authenticated
    assert postman.recipients == [["hank@globex.example"]]


def test_tls_from_the_first_byte(authority: Authority) -> None:
    postman = Postman()
    with serving(postman, authority.server) as port:
        mailer(port, security="tls", tls_context=authority.client).send(mail())
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
            tls_context=authority.client,
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
            tls_context=authority.client,
        )
        with pytest.raises(MailUnavailable, match=r"an admin has to put the mail settings right"):
            desk.send(mail())


def test_a_missing_password_is_for_the_admin(authority: Authority) -> None:
    with serving(Postman(), **locked(authority)) as port:
        desk = mailer(port, security="starttls", tls_context=authority.client)
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
            mailer(port, security=security, tls_context=authority.client).send(mail())
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
        pytest.raises(MailUnavailable, match=r"failed: it did not answer in time"),
    ):
        mailer(port, seconds=0.3).send(mail())


def test_what_is_said_to_goodbye_changes_nothing() -> None:
    postman = Postman(bye="421 4.4.2 Too slow")
    with serving(postman) as port:
        mailer(port).send(mail())
    assert len(postman.taken) == 1


def test_the_server_can_be_looked_at_and_nothing_is_sent(authority: Authority) -> None:
    postman = Postman()
    known: dict[str, Any] = {"security": "starttls", "user": "bot"}
    known |= {"tls_context": authority.client}
    with serving(postman, **locked(authority)) as port:
        mailer(port, password=SECRET, **known).check()
        with pytest.raises(MailUnavailable, match="user name and password"):
            mailer(port, password="wrong-secret", **known).check()
    with pytest.raises(MailUnavailable):
        mailer(port, password=SECRET, **known).check()
    assert postman.taken == []

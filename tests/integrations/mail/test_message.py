"""Whatever people type arrives as they typed it, and nowhere else."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from hypothesis import given
from hypothesis import strategies as st

from integrations.mail.message import message_of, on_one_line
from tests.integrations.mail.samples import NOON, SENDER, SENDER_NAME, mail, pdf

LETTERS = "ab Z0,.;:()@\\\\=?_üéß–見✅\u202e/%*[]\r\n\t\u2028"
typed = st.lists(st.text(LETTERS, max_size=15), max_size=9).map(" ".join)


def travelled(**changes: object) -> EmailMessage:
    sent = message_of(mail(**changes), SENDER, SENDER_NAME, NOON).as_bytes()
    return message_from_bytes(sent, policy=default)


def header(sent: EmailMessage, name: str) -> str:
    (raw,) = [value for key, value in sent.raw_items() if key == name]
    return "".join(str(raw).splitlines())


def read(words: str) -> str:
    return str(make_header(decode_header(words)))


@given(typed)
def test_a_subject(text: str) -> None:
    assert read(header(travelled(subject=text), "Subject")) == on_one_line(text)


@given(typed)
def test_a_name(text: str) -> None:
    phrase, bare = parseaddr(header(travelled(to_name=text), "To"))
    assert (read(phrase), bare) == (on_one_line(text), "hank@globex.example")


@given(typed.map(lambda text: text.translate({ord("/"): "", ord("\\"): ""})))
def test_the_name_of_a_file(text: str) -> None:
    parts = list(travelled(html="", attachments=(pdf(f"x{text}"),)).walk())
    assert parts[-1].get_filename() == on_one_line(f"x{text}")

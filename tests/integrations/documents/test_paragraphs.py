from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer

RENDERER = TypstRenderer()
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(body: str, prologue: str = "") -> bytes:
    return archive(f"{prologue}<w:document {_W}><w:body>{body}</w:body></w:document>".encode())


def archive(document: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", document)
    return file.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'


def test_a_word_file_becomes_paragraphs_lists_and_tables() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    body = (
        p("Scope", '<w:pStyle w:val="Heading1"/>' + NUMBERED)
        + p("What we do &amp; when.")
        + p("one", NUMBERED)
        + p("two", '<w:pStyle w:val="ListBullet"/>')
        + p("")
        + f"<w:tbl>{row.format(p('Day'), p('Work'))}{row.format(p('1'), p('a') + p('b'))}</w:tbl>"
        + "<w:sdt><w:sdtContent>"
        + p("The end.")
        + "</w:sdtContent></w:sdt>"
    )

    text = RENDERER.paragraphs("Scope.DOCX", word_file(body))

    assert text == (
        "Scope\n\nWhat we do & when.\n\n- one\n- two\n\nDay | Work\n1 | a b\n\nThe end."
    )


def test_what_was_taken_out_of_a_word_file_is_gone_and_what_was_put_in_is_there() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    changed = (
        f"<w:p><w:ins>{run.format('new')}</w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        f"<w:moveFrom>{run.format('moved')}</w:moveFrom><w:r><w:br/><w:t>line</w:t></w:r>"
        f"<w:hyperlink>{run.format(' link')}</w:hyperlink></w:p>"
    )

    assert RENDERER.paragraphs("a.docx", word_file(changed)) == "new\nline link"


def test_a_text_box_of_a_word_file_is_read_once() -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="urn:mc"><w:r><w:t>around</w:t></w:r><mc:AlternateContent>'
        f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:p>"
    )

    assert RENDERER.paragraphs("a.docx", word_file(body)) == "around\n\nboxed"


def test_markdown_becomes_paragraphs_lists_and_tables() -> None:
    written = (
        "# Scope\n\nWe *build* and\n**run** `it`, see [the plan](https://plan.example) & "
        "<b>more</b>.\n\n"
        "- one\n- two\n  1. deeper\n\n| Day | Work |\n| --- | --- |\n| 1 | all |\n\n"
        "```\n#code\n```\n\n![a picture](x.png)\n"
    )

    assert RENDERER.paragraphs("scope.md", written.encode()) == (
        "Scope\n\nWe build and run it, see the plan (https://plan.example) & <b>more</b>.\n\n"
        "- one\n- two\n- deeper\n\nDay | Work\n1 | all\n\n#code\n\na picture"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_is_read_in_the_letters_it_was_written_in(encoding: str) -> None:
    written = "Zoë’s scope  \r\n\r\n\r\n\r\n• one\r\n\t* two\r\n"

    assert RENDERER.paragraphs("scope.txt", written.encode(encoding)) == (
        "Zoë’s scope\n\n- one\n- two"
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("scope.pdf", b"%PDF", "Only .md, .txt and .docx"),
        ("scope", b"text", "Only .md, .txt and .docx"),
        ("scope.txt", b"\0\1\2", "The file is no text"),
        ("scope.txt", b" \n ", "The file has no text"),
        ("scope.txt", b"x" * (10 * 1024**2 + 1), "larger than 10 MB"),
        ("scope.docx", b"no archive", "damaged, locked with a password, or no Word file"),
        ("scope.docx", archive(b"<a"), "damaged, locked with a password, or no Word file"),
        ("scope.docx", archive(b" " * 11 * 1024**2), "too large when unpacked"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(
    name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(NotRendered, match=sentence):
        RENDERER.paragraphs(name, content)


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY b SYSTEM "file:///etc/passwd">',
    ],
)
def test_a_word_file_that_declares_entities_is_refused(entities: str) -> None:
    content = word_file(p("&b;"), prologue=f"<!DOCTYPE w [{entities}]>")

    with pytest.raises(NotRendered, match="no Word file"):
        RENDERER.paragraphs("a.docx", content)


def test_a_word_file_that_is_nested_without_end_is_refused() -> None:
    deep = 100_000

    with pytest.raises(NotRendered):
        RENDERER.paragraphs("a.docx", word_file("<w:a>" * deep + "</w:a>" * deep))

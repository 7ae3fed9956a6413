"""Files that nobody may put on the shelf, whatever they are called."""

import struct
import sys
from pathlib import Path

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from tests.integrations.documents.strange_files import docx, old_office, packed, pptx, slide

RENDERER = TypstRenderer()

PROGRAM = "The file is a program or a script, or is named like one; such files are not taken."
BROWSER = "The file could run a script in a browser; please hand in a PDF."
MACROS = "The file holds macros, which are programs; please save it without them."
TOO_LARGE = "The file is too large when unpacked."


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(NotRendered) as refused:
        RENDERER.glimpse(name, content)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0" + bytes(60),
        b"\x7fELF\2\1\1" + bytes(60),
        b"\xcf\xfa\xed\xfe" + bytes(60),
        b"\xca\xfe\xba\xbe\0\0\0\2" + bytes(60),
        b"#!/bin/sh\nrm -rf /\n",
        b"\xef\xbb\xbf#!/usr/bin/env node\n",
        b"L\0\0\0\x01\x14\x02\0" + bytes(60),
        bytes(600) + b"koly" + bytes(508),
        old_office("Root Entry") + b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46",
    ],
)
@pytest.mark.parametrize("name", ["deck.pdf", "deck"])
def test_a_program_is_refused_whatever_its_name_says(name: str, content: bytes) -> None:
    assert refusal(name, content) == PROGRAM


def test_the_program_that_runs_this_is_refused() -> None:
    with Path(sys.executable).open("rb") as program:
        assert refusal("brochure.pdf", program.read(1_000_000)) == PROGRAM


@pytest.mark.parametrize(
    "name",
    """setup.exe run.BAT run.cmd www.harborlight.com saver.scr code.js code.vbs code.ps1 code.sh
    code.jar app.apk setup.msi disk.dmg deck.pdf.exe deck.exe. page.hta link.lnk""".split(),
)
def test_what_is_named_like_a_program_is_refused_whatever_is_in_it(name: str) -> None:
    assert refusal(name, b"harmless") == PROGRAM


def test_dots_and_spaces_at_the_end_hide_no_program() -> None:
    assert refusal("deck.pdf.exe . ", b"harmless") == PROGRAM


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"harmless"),
        ("logo.SVG", b"harmless"),
        ("page.txt", b"<!DOCTYPE html><p>Hello"),
        ("page.md", b"\xef\xbb\xbf \n<!-- one --><!-- two -->\n<HTML>"),
        ("page.txt", "<script>alert(1)</script>".encode("utf-16")),
        ("logo.png", b'<?xml version="1.0"?><x/>'),
        ("logo", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ],
)
def test_what_a_browser_would_run_is_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == BROWSER


def test_no_text_takes_long_to_be_told_from_a_page() -> None:
    text = b"<!---->" * 9_000 + b"# Hello"

    assert RENDERER.glimpse("readme.md", text).mime == "text/markdown"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx("Hello", **{"word/vbaProject.bin": b"\0"})),
        ("a.pptm", pptx(slide("Hello"), **{"ppt/VBAPROJECT.BIN": b"\0"})),
        ("a.xlsx", packed({"xl/workbook.xml": "<w/>", "xl/macrosheets/sheet1.xml": "<x/>"})),
        ("a.odp", packed({"mimetype": "application/vnd.oasis", "Basic/Standard/M.xml": "<x/>"})),
        ("a.doc", old_office("WordDocument", "_VBA_PROJECT")),
    ],
)
def test_office_files_with_macros_are_refused(name: str, content: bytes) -> None:
    assert refusal(name, content) == MACROS


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"tools/Setup.EXE": b"x"}, "The archive holds a program (tools/Setup.EXE)."),
        ({"META-INF/MANIFEST.MF": b"x"}, "The file is a program; such files are not taken."),
        ({"AndroidManifest.xml": b"x"}, "The file is a program; such files are not taken."),
    ],
)
def test_an_archive_with_a_program_is_refused(parts: dict[str, str | bytes], sentence: str) -> None:
    assert refusal("brand.zip", packed(parts)) == sentence


def test_an_archive_that_is_locked_is_refused() -> None:
    content = bytearray(packed({"a.txt": "x"}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1  # the bit for "encrypted" in the directory

    assert refusal("brand.zip", bytes(content)).startswith("The file is locked with a password")


def test_bombs_are_refused_before_they_go_off() -> None:
    zeros = bytes(110 * 1024**2)

    assert refusal("bomb.zip", packed({"a": zeros})) == TOO_LARGE
    assert refusal("bomb.docx", docx("x", **{"word/media/a": zeros})) == TOO_LARGE
    assert refusal("bomb.pptx", pptx(slide(" " * 11 * 1024**2))) == TOO_LARGE
    assert refusal("bomb.docx", docx(" " * 11 * 1024**2)) == TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_damaged() -> None:
    content = bytearray(pptx(slide(" " * 60 * 1024**2)))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 1000)

    assert refusal("bomb.pptx", bytes(content)).startswith("The presentation is damaged")


def test_entities_that_multiply_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + slide("&b;")

    assert refusal("bomb.pptx", pptx(bomb)).startswith("The presentation is damaged")


def test_a_slide_that_is_nested_beyond_all_measure_is_damaged() -> None:
    depth = 200_000

    assert refusal("deep.pptx", pptx("<a>" * depth + "</a>" * depth)).startswith("The presentation")


def test_a_file_that_takes_too_long_is_refused() -> None:
    pdf = RENDERER.pdf(template_of("t", 1, "Hello"), {})

    with pytest.raises(NotRendered, match=r"longer than 0\.01 seconds"):
        TypstRenderer(seconds=0.01).glimpse("deck.pdf", pdf)

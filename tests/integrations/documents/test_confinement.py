import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer
from integrations.documents.template import template_of
from integrations.documents.wire import packed, unpacked
from tests.integrations.documents.reading_pdf import words

RENDERER = TypstRenderer()
ENDLESS = "#for a in range(1000000) { for b in range(1000000) { let c = calc.pow(a, 2) } }"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's limits and its /proc")


def made(source: str) -> bytes:
    return RENDERER.pdf(template_of("t", 1, source), {})


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("= Hello\n\n#foo", "The template does not compile: line 3: unknown variable: foo."),
        ("#rect(width: 1pt", "The template does not compile: line 1: unclosed delimiter."),
        (
            "\n#let f(x) = f(x)\n#f(1)",
            "The template does not compile: line 2: maximum function call depth exceeded.",
        ),
        ('#read("/etc/passwd")', "The template does not compile: line 1: file not found."),
        ('#image("/proc/self/cwd/x.png")', "The template does not compile: line 1: file not"),
    ],
)
def test_what_is_wrong_with_a_template_is_said_with_its_line(source: str, sentence: str) -> None:
    with pytest.raises(NotRendered) as refused:
        made(source)

    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize("path", ["../" * 12 + "etc/passwd", "/../../../../etc/passwd"])
def test_no_template_reads_outside_its_root(path: str) -> None:
    with pytest.raises(NotRendered, match="would escape the project root"):
        made(f'#read("{path}")')


def test_a_link_that_leads_outside_the_root_is_not_followed_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("visibly-fake")
    (tmp_path / "link.txt").symlink_to(tmp_path / "secret.txt")

    for name in ("secret.txt", "link.txt"):
        with pytest.raises(NotRendered, match="file not found"):
            made(f'#read("{tmp_path / name}")')


@pytest.mark.parametrize("package", ["@preview/cetz:0.4.0", "@local/cetz:0.4.0"])
def test_no_package_is_fetched_nor_found_and_that_is_said_at_once(package: str) -> None:
    began = time.monotonic()

    with pytest.raises(NotRendered, match=r"line 1: (it imports a package|package not found)"):
        made(f'#import "{package}": canvas')

    assert time.monotonic() - began < 4


def test_a_template_sees_its_data_and_no_environment_of_ours() -> None:
    assert words(made("#sys.inputs.keys().join()")) == "data"


def test_a_template_that_never_ends_is_ended() -> None:
    began = time.monotonic()

    with pytest.raises(NotRendered, match=r"longer than 0\.5 seconds and was stopped"):
        TypstRenderer(seconds=0.5).pdf(template_of("t", 1, ENDLESS), {})

    assert time.monotonic() - began < 5


@on_linux
def test_the_process_of_a_template_that_never_ends_is_gone_and_had_none_of_our_settings() -> None:
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(TypstRenderer(seconds=2).pdf, template_of("t", 1, ENDLESS), {})
        process = _child_that("typesetting")
        settings = dict(
            line.split("=", 1) for line in (process / "environ").read_text().split("\0")[:-1]
        )
        with pytest.raises(NotRendered):
            making.result()

    assert not process.exists()
    assert settings["HTTPS_PROXY"] == settings["ALL_PROXY"] == "http://127.0.0.1:9"
    assert settings.keys().isdisjoint({"HOME", "PATH"})


def _child_that(does: str) -> Path:
    for _ in range(400):
        for process in Path("/proc").glob("[0-9]*"):
            if _is_child(process, does):
                return process
        threading.Event().wait(0.005)
    raise AssertionError(f"No process that does the {does} was seen.")


def _is_child(process: Path, does: str) -> bool:
    try:
        parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        return parent == os.getpid() and does in (process / "cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@on_linux
def test_a_process_that_nobody_ends_ends_by_itself() -> None:
    facts = {"format": "pdf", "data": {}, "timestamp": 0, "fonts": [], "seconds": 0.1}

    orphan = subprocess.run(
        [sys.executable, "-m", "integrations.documents.typesetting"],
        input=packed(facts, [ENDLESS.encode()]),
        cwd=Path(__file__).parents[3],
        timeout=30,
        check=False,
    )

    assert orphan.returncode < 0


@on_linux
@pytest.mark.parametrize(
    "source",
    ["#range(100000000).len()", "#let a = range(5000)\n#for i in range(5000) { a = a + a }"],
)
def test_a_template_that_wants_all_memory_is_stopped(source: str) -> None:
    with pytest.raises(NotRendered, match="too much memory"):
        made(source)


def test_only_what_was_packed_is_unpacked() -> None:
    assert unpacked(packed({"a": 1}, [b"", b"x\ny"])) == ({"a": 1}, [b"", b"x\ny"])
    for broken in (b"", b"{}\n", b"[]\n", packed({}, [b"xyz"])[:-1], b"\x80\n"):
        with pytest.raises(ValueError, match=r".+"):
            unpacked(broken)

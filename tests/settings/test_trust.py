"""A file of authorities is looked at when it is named, not when somebody waits for a partner."""

from pathlib import Path

import pytest
import trustme

from settings.trust import authorities
from settings.wording import Wrong

GOOD = trustme.CA().cert_pem.bytes()


def test_authorities_are_a_file_of_certificates(tmp_path: Path) -> None:
    file = tmp_path / "own.pem"
    file.write_bytes("# Ours, für innen\n".encode() + GOOD + trustme.CA().cert_pem.bytes())
    assert authorities("own.pem", tmp_path) == file


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a certificate",
        GOOD[:200],
        GOOD.replace(b"M", b"N"),
        GOOD + GOOD.replace(b"M", b"N"),
        trustme.CA().private_key_pem.bytes(),
    ],
    ids=["empty", "text", "cut", "damaged", "one damaged", "a key"],
)
def test_what_holds_none_or_a_damaged_one_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.pem").write_bytes(content)
    with pytest.raises(Wrong, match=r'"own\.pem" holds no certificate, or one that is damaged'):
        authorities("own.pem", tmp_path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Wrong, match="cannot be read: Is a directory"):
        authorities(".", tmp_path)

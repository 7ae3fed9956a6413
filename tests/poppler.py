"""Poppler's `pdfsig`, which shares no code with what seals: Debian's poppler-utils."""

import shutil
import subprocess
from pathlib import Path


class NoPdfsigError(Exception):
    """It is not there; the text says what helps."""


def find_pdfsig() -> Path:
    """Return the path of pdfsig. Raises NoPdfsigError."""
    if found := shutil.which("pdfsig"):
        return Path(found)
    raise NoPdfsigError("there is no pdfsig: `make poppler`")


def said_of(pdfsig: Path, file: Path) -> str:
    """Return what pdfsig says of a file."""
    done = subprocess.run(
        [pdfsig, "-nocert", file], capture_output=True, text=True, check=False, timeout=30
    )
    return done.stdout + done.stderr

"""The audit of the dependencies says what it found, and never that all is well when it cannot."""

import json
import sys
from typing import Any

import pytest

from tests.tooling.audit import SOUND, UNKNOWN, VULNERABLE, main

STARLETTE: dict[str, Any] = {"name": "starlette", "version": "1.10.0", "vulns": []}
JINJA: dict[str, Any] = {
    "name": "jinja2",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"], "aliases": []}],
}
SIX: dict[str, Any] = {"name": "six", "skip_reason": "Dependency not found"}


def reporting(*packages: dict[str, Any]) -> list[str]:
    """Return a program that reports as pip-audit does."""
    return [sys.executable, "-c", f"print({json.dumps(json.dumps({'dependencies': packages}))})"]


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([STARLETTE], SOUND, "No known vulnerability in any of the 1 packages"),
        ([STARLETTE, JINJA], VULNERABLE, "jinja2 2.0: PYSEC-1, mended in 3.1.6"),
        ([JINJA, SIX], VULNERABLE, "PYSEC-1"),
        ([STARLETTE, SIX], UNKNOWN, "Not audited: six"),
        ([SIX], UNKNOWN, "Nothing was audited: the index"),
        ([], UNKNOWN, "Nothing was audited"),
    ],
)
def test_what_was_found_is_said(
    capsys: pytest.CaptureFixture[str], packages: list[dict[str, Any]], code: int, said: str
) -> None:
    assert main(reporting(*packages)) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit('No route to the index')", "print('[]')", "print('no JSON')", ""],
)
def test_what_cannot_be_found_out_is_said(capsys: pytest.CaptureFixture[str], program: str) -> None:
    assert main([sys.executable, "-c", program]) == UNKNOWN
    assert "Nothing was audited: " in capsys.readouterr().out

"""Are there known vulnerabilities in what is locked? ``make audit``; CI runs it as well.

Ends with 0 when every locked package was looked up and none is known to be vulnerable, with 1 when
one is, and with 3 when that could not be found out: without a network, or behind an index that has
no advisories. pip-audit itself calls a package that it could not look up a success.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tests.tooling.repository import ROOT

SOUND, VULNERABLE, UNKNOWN = 0, 1, 3

LOCK = "requirements-dev.lock"
"""Holds what runs, too."""

_LOOK_UP = (
    *(sys.executable, "-m", "pip_audit", "--requirement", LOCK, "--require-hashes"),
    *("--disable-pip", "--progress-spinner", "off", "--format", "json"),
)
_PATIENCE = 300


def main(look_up: Sequence[str] = _LOOK_UP) -> int:
    """Look every package up, say what was found, and return the exit code."""
    try:
        code, lines = verdict(_reported(look_up))
    except _NoReport as why:
        code, lines = UNKNOWN, [f"Nothing was audited: {why}"]
    print("\n".join(lines))  # noqa: T201 - what it is for
    return code


class _NoReport(Exception):
    """pip-audit could not say anything; the text says why."""


def _reported(look_up: Sequence[str]) -> Sequence[dict[str, Any]]:
    try:
        done = subprocess.run(
            look_up, cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as late:
        raise _NoReport(f"no answer within {_PATIENCE} seconds.") from late
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
        return packages
    except (ValueError, KeyError, TypeError) as error:
        said = done.stderr.strip().rpartition("\n")[2]
        raise _NoReport(said or "pip-audit says nothing") from error


def verdict(packages: Sequence[dict[str, Any]]) -> tuple[int, list[str]]:
    """Return the exit code, and what there is to say of the ``packages`` that pip-audit reports."""
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    looked_up = len(packages) - len(skipped)
    found = [
        f"{each['name']} {each['version']}: {known['id']}, mended in "
        f"{', '.join(known['fix_versions']) or 'no version yet'}"
        for each in packages
        for known in each.get("vulns", ())
    ]
    if found:
        return VULNERABLE, ["Known vulnerabilities in what is locked:", *found]
    if not looked_up:
        return UNKNOWN, ["Nothing was audited: the index that is reached here has no advisories."]
    if skipped:
        missing = ", ".join(skipped)
        return UNKNOWN, [
            f"{looked_up} packages have no known vulnerability. Not audited: {missing}"
        ]
    return SOUND, [f"No known vulnerability in any of the {looked_up} packages of {LOCK}."]


if __name__ == "__main__":
    sys.exit(main())

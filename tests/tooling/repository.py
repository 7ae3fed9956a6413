"""The repository as the tooling's tests read it."""

import ast
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@cache
def project() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@cache
def files() -> tuple[Path, ...]:
    """Return every file that git keeps or, not being ignored, would keep; skips without git."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    git = ["git", "-c", "safe.directory=*"]  # the checkout may be another account's
    listing = subprocess.run(
        [*git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = {ROOT / name for name in listing.split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files() -> tuple[Path, ...]:
    """Return the Python files among `files`."""
    return tuple(path for path in files() if path.suffix == ".py")


OURS: list[str] = project()["tool"]["importlinter"]["root_packages"]


def program() -> tuple[Path, ...]:
    """Return the Python files that `make run` runs: app.py and the folders that it composes."""
    top = {"app.py", *OURS}
    return tuple(path for path in python_files() if path.relative_to(ROOT).parts[0] in top)


def imported(path: Path) -> set[str]:
    """Return the top-level names of the modules that a Python file imports."""
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            modules.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module)
    return {module.partition(".")[0] for module in modules}

"""The import contracts hold on a tree that keeps them, and name whoever breaks one."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tooling.repository import ROOT, project

CONTRACTS = project()["tool"]["importlinter"]["contracts"]
PACKAGES: list[str] = project()["tool"]["importlinter"]["root_packages"]
LIBRARIES = [contract for contract in CONTRACTS if contract["type"] == "protected"]

FORBIDDEN = [
    ("workflows", "bot.intake"),
    ("modals", "messages"),
    ("messages", "modals"),
    ("bot", "storage"),
    ("handlers", "web"),
    ("web", "scheduler"),
    ("scheduler", "storage"),
    ("integrations", "storage"),
    ("handlers", "integrations"),
    ("storage", "bot.intake"),
    ("integrations", "bot.intake"),
    ("settings", "bot.intake"),
    ("storage", "messages"),
    ("bot", "settings"),
    ("sandbox", "workflows"),
    ("sandbox", "bot.ports"),
    ("web", "sandbox"),
    ("integrations", "slack_sdk"),
    ("web", "sqlalchemy"),
    ("bot", "jinja2"),
]


def lint(tree: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    done = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree of our folders in which every library is imported where it is at home."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    homes = (
        *("bot/shelf", "bot/understanding"),
        *("integrations/billing",),
        *("integrations/documents", "integrations/language_model", "integrations/library"),
        *("integrations/crm", "integrations/crm/salesforce"),
        *("integrations/seal", "integrations/signatures", "integrations/slack"),
    )
    for package in (*PACKAGES, *homes):
        (tmp_path / package).mkdir()
        (tmp_path / package / "__init__.py").touch()
    for module, text in {
        "bot/errors.py": "",
        "bot/intake.py": "import modals, messages, workflows",
        "bot/ports.py": "import workflows",
        "storage/tables.py": "from bot import errors, ports",
        "settings/file.py": "from bot import ports",
    }.items():
        (tmp_path / module).write_text(text)
    for contract in LIBRARIES:
        for home in contract["allowed_importers"]:
            for library in contract["protected_modules"]:
                at_home = tmp_path / home.replace(".", "/") / f"uses_{library}.py"
                at_home.write_text(f"import {library}")
    return tmp_path


def test_a_tree_that_keeps_the_contracts_passes(tree: Path) -> None:
    status, said = lint(tree)
    assert status == 0, said
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in said


def test_each_forbidden_import_is_found(tree: Path) -> None:
    for number, (importer, imported) in enumerate(FORBIDDEN):
        (tree / importer / f"wrong_{number}.py").write_text(f"import {imported}")
    status, said = lint(tree)
    assert status == 1
    found = set(re.findall(r"wrong_(\d+) -> ", said))
    missed = [pair for number, pair in enumerate(FORBIDDEN) if str(number) not in found]
    assert missed == [], said


def test_a_library_is_found_wherever_it_is_not_at_home(tree: Path) -> None:
    for contract in LIBRARIES:
        for package in set(PACKAGES) - {
            home.split(".")[0] for home in contract["allowed_importers"]
        }:
            for library in contract["protected_modules"]:
                (tree / package / f"strays_to_{library}.py").write_text(f"import {library}")
    strays = {f"{path.parent.name}.{path.stem}" for path in tree.rglob("strays_to_*.py")}
    status, said = lint(tree)
    assert status == 1
    assert set(re.findall(r"([\w.]+strays_to_\w+) -> ", said)) == strays


def test_a_circle_inside_a_folder_is_found(tree: Path) -> None:
    (tree / "bot" / "hen.py").write_text("import bot.egg")
    (tree / "bot" / "egg.py").write_text("import bot.hen")
    status, said = lint(tree)
    assert status == 1
    assert "No folder has a circle of imports BROKEN" in said

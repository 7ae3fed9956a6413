"""The locks hold what pyproject.toml asks for, with hashes, and no address of any index."""

import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tooling.repository import ROOT, imported, program, project

RUNTIME: list[str] = project()["project"]["dependencies"]
DEV: list[str] = project()["dependency-groups"]["dev"]
EXTRAS: dict[str, list[str]] = project()["project"]["optional-dependencies"]
OPTIONAL = {each: f"requirements-{each}.lock" for each in EXTRAS}
LOCKS = ["requirements.lock", *OPTIONAL.values(), "requirements-dev.lock"]
HOMES = {
    "model": "integrations/language_model",
    "docusign": "integrations/signatures",
    "salesforce": "integrations/crm/salesforce",
    "stripe": "integrations/billing",
    "s3": "integrations/library",
    "seal": "integrations/seal",
}
"""Where alone what an extra brings is imported."""
TITLES = {
    "model": "## With a language model",
    "docusign": "## With DocuSign",
    "salesforce": "## With deals in Salesforce",
    "stripe": "## With invoices through Stripe",
    "s3": "## With files of assets elsewhere",
    "seal": "## With a seal",
}
ALL = [each for wanted in (RUNTIME, *EXTRAS.values(), DEV) for each in wanted]


def entries(lock: str) -> dict[str, str]:
    """Return what each package's name is followed by, up to the next package."""
    text = (ROOT / lock).read_text()
    return dict(re.findall(r"^([a-z0-9-]+)==((?:.+\n?(?!^[a-z]))+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", RUNTIME),
        *((OPTIONAL[each], RUNTIME + wanted) for each, wanted in EXTRAS.items()),
        ("requirements-dev.lock", ALL),
    ],
)
def test_a_lock_holds_every_direct_dependency_in_a_version_that_is_asked_for(
    lock: str, wanted: list[str]
) -> None:
    pinned = {name: entry.split()[0] for name, entry in entries(lock).items()}
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name), "0")
        assert requirement.specifier.contains(version), f"run `make lock`: {requirement}, {version}"


def test_every_direct_dependency_is_named_once() -> None:
    for extra in EXTRAS.values():
        names = [canonicalize_name(Requirement(line).name) for line in RUNTIME + extra + DEV]
        assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_hashes(lock: str) -> None:
    without = [
        name
        for name, entry in entries(lock).items()
        if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)
    ]
    assert len(entries(lock)) == (ROOT / lock).read_text().count("==") - _markers(ROOT / lock)
    assert without == []


def _markers(lock: Path) -> int:
    return sum(line.count("==") for line in re.findall(r" ; .*", lock.read_text()))


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_holds_an_address_or_a_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r"\w+://|--(?:extra-)?index-url|--find-links|file:| /\w+", text) == []


def test_what_runs_is_what_was_tested() -> None:
    running, *with_extras, tested = (
        {name: entry.split("# via")[0] for name, entry in entries(lock).items()} for lock in LOCKS
    )
    assert running
    for with_one in with_extras:
        assert running.items() < with_one.items() < tested.items()


def test_the_program_imports_only_what_its_lock_installs() -> None:
    distributions = packages_distributions()
    ours = {path.name.removesuffix(".py") for path in ROOT.iterdir()}
    assert HOMES.keys() == EXTRAS.keys()
    homes = {ROOT / home: OPTIONAL[each] for each, home in HOMES.items()}
    missing = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in program()
        for lock in [next((homes[home] for home in homes if path.is_relative_to(home)), LOCKS[0])]
        for installed in [entries(lock).keys()]
        for name in imported(path) - sys.stdlib_module_names - ours
        if not installed & {canonicalize_name(found) for found in distributions.get(name, [])}
    }
    assert sorted(missing) == [], "add it to [project] dependencies and run `make lock`"


def test_the_page_of_dependencies_names_exactly_the_direct_ones() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    titles = ["## To run it", *(TITLES[each] for each in EXTRAS), "## To work on it"]
    begin = [page.index(title) for title in titles]
    parts = [page[start:end] for start, end in zip(begin, [*begin[1:], len(page)], strict=True)]
    for part, wanted in zip(parts, (RUNTIME, *EXTRAS.values(), DEV), strict=True):
        rows = re.findall(r"^\| ([\w-]+) \| .+ \| .+ \| .+ \|$", part, re.MULTILINE)
        named = [name for name in rows if name not in {"package", "---"}]
        assert named == sorted(canonicalize_name(Requirement(line).name) for line in wanted)

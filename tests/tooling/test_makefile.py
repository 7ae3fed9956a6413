"""`make` on a machine that lacks something says what, and installs exactly when a lock changed."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tooling.repository import ROOT

LOCKS = (
    "requirements.lock",
    "requirements-model.lock",
    "requirements-docusign.lock",
    "requirements-salesforce.lock",
    "requirements-stripe.lock",
    "requirements-s3.lock",
    "requirements-seal.lock",
    "requirements-dev.lock",
)
NEEDED = ("cat", "git", "make", "mkdir", "rm", "sed", "sh", "touch")

VENV = """#!/bin/sh
# Stands for .venv's Python: notes what it is asked to do, and fails while a file `broken` is there.
echo "$*" >>did
[ ! -e broken ]
"""

PYTHON = f"""#!/bin/sh
# Stands for the machine's Python: real for all but the making of a .venv.
[ "$1" = -m ] || exec '{sys.executable}' "$@"
echo "$*" >>did
mkdir -p .venv/bin && cat >.venv/bin/python <<'END' && [ ! -e broken ]
{VENV}END
'{sys.executable}' -c 'import os; os.chmod(".venv/bin/python", 0o755)' && [ ! -e broken ]
"""


@dataclass(frozen=True)
class Checkout:
    """A copy of what `make` reads, and a machine that has only what `programs` links to."""

    folder: Path
    programs: Path

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["make", *words],
            cwd=self.folder,
            env={"PATH": str(self.programs)},
            capture_output=True,
            text=True,
            check=False,
        )

    def python(self, script: str) -> None:
        path = self.programs / "python3"
        path.write_text(script)
        path.chmod(0o755)

    def did(self) -> list[str]:
        """What the two stand-ins were asked since the last question."""
        record = self.folder / "did"
        lines = record.read_text().splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return lines


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder, programs = tmp_path / "a folder", tmp_path / "bin"
    folder.mkdir()
    programs.mkdir()
    for name in ("Makefile", "pyproject.toml", *LOCKS):
        shutil.copy(ROOT / name, folder)
    for name in NEEDED:
        found = shutil.which(name)
        assert found is not None, f"these tests need {name}"
        (programs / name).symlink_to(found)
    result = Checkout(folder, programs)
    result.python(PYTHON)
    return result


def pretending(code: str) -> str:
    """Return a Python that runs `code` before the script that it is given."""
    return f"#!/bin/sh\nexec '{sys.executable}' -c '{code}; exec(sys.argv[2])' \"$@\"\n"


def install(lock: str) -> str:
    return f"-m pip install --quiet --require-hashes --only-binary :all: --requirement {lock}"


def test_says_that_git_is_missing(checkout: Checkout) -> None:
    (checkout.programs / "git").unlink()
    done = checkout.make("run")
    assert done.returncode != 0
    assert "Frontdesk needs git. Debian, Ubuntu: sudo apt-get install git" in done.stderr
    assert checkout.did() == []


def test_says_that_python_is_missing(checkout: Checkout) -> None:
    done = checkout.make("test", "PYTHON=python3.12")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer, and there is no python3.12" in done.stderr
    assert "sudo apt-get install python3 python3-venv" in done.stderr


def test_says_that_python_is_too_old(checkout: Checkout) -> None:
    checkout.python(pretending("import sys; sys.version_info = (3, 9, 2)"))
    done = checkout.make("run")
    assert done.returncode != 0
    assert "Frontdesk needs Python 3.11 or newer; python3 is 3.9. Install one" in done.stderr
    assert "make PYTHON=python3.12" in done.stderr
    assert not (checkout.folder / ".venv").exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_says_that_python_cannot_make_a_venv(checkout: Checkout, module: str) -> None:
    checkout.python(pretending(f'import sys; sys.modules["{module}"] = None'))
    done = checkout.make("test")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode != 0
    assert f"sudo apt-get install python{version}-venv" in done.stderr
    assert not (checkout.folder / ".venv").exists()


def test_run_installs_once_and_starts_each_time(checkout: Checkout) -> None:
    assert checkout.make("run").returncode == 0
    assert checkout.did() == ["-m venv .venv", install("requirements.lock"), "app.py"]
    assert checkout.make("run").returncode == 0
    assert checkout.did() == ["app.py"]


def test_what_tests_install_is_enough_to_run(checkout: Checkout) -> None:
    suite = "-m pytest --numprocesses auto --dist worksteal"
    assert checkout.make("test").returncode == 0
    assert checkout.did() == ["-m venv .venv", install("requirements-dev.lock"), suite]
    assert checkout.make("run").returncode == 0
    assert checkout.did() == ["app.py"]
    assert checkout.make("test", "ARGS=-k money").returncode == 0
    assert checkout.did() == [f"{suite} -k money"]


@pytest.mark.parametrize("extra", ["model", "docusign", "salesforce", "stripe", "s3", "seal"])
def test_an_extra_is_installed_only_by_its_own_word_and_is_enough_to_run(
    checkout: Checkout, extra: str
) -> None:
    assert checkout.make("run").returncode == 0
    checkout.did()
    assert checkout.make(extra).returncode == 0
    assert checkout.did() == [install(f"requirements-{extra}.lock")]
    assert checkout.make("run").returncode == 0
    assert checkout.did() == ["app.py"]


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_installs_again_when_a_lock_changed(checkout: Checkout, lock: str) -> None:
    checkout.make("test")
    checkout.did()
    with (checkout.folder / lock).open("a") as text:
        text.write("# renewed\n")
    checkout.make("test")
    assert checkout.did()[0] == install("requirements-dev.lock")


def test_an_interrupted_install_does_not_count(checkout: Checkout) -> None:
    checkout.make("run")
    with (checkout.folder / "requirements.lock").open("a") as text:
        text.write("# renewed\n")
    (checkout.folder / "broken").touch()
    assert checkout.make("run").returncode != 0
    shutil.copy(ROOT / "requirements.lock", checkout.folder)  # back to what was wholly installed
    (checkout.folder / "broken").unlink()
    checkout.did()
    assert checkout.make("run").returncode == 0
    assert checkout.did() == [install("requirements.lock"), "app.py"]


def test_a_half_made_venv_is_made_again(checkout: Checkout) -> None:
    (checkout.folder / "broken").touch()
    assert checkout.make("run").returncode != 0
    (checkout.folder / "broken").unlink()
    checkout.did()
    assert checkout.make("run").returncode == 0
    assert checkout.did() == ["-m venv .venv", install("requirements.lock"), "app.py"]


def test_help_names_every_target_for_a_person(checkout: Checkout) -> None:
    done = checkout.make()
    targets = re.findall(r"^([a-z0-9]+): .", (ROOT / "Makefile").read_text(), re.MULTILINE)
    internal = {"runtime", "tools"}
    assert re.findall(r"^make (\w+)", done.stdout, re.MULTILINE) == [
        target for target in targets if target not in internal
    ]


def test_ci_can_be_started() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)

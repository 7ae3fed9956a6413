"""The image holds what app.py needs, from the lock and nowhere else, and nobody in it is root.

No image is built here. What the Dockerfile copies is imported and run in a folder of its own.
"""

import ast
import os
import re
import shutil
import subprocess
import sys
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml
from sqlalchemy.engine import make_url

from settings import Mode, load
from tests.tooling.repository import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = re.sub(r"\\\n\s*", "", DOCKERFILE).splitlines()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def instructions(name: str) -> list[str]:
    return [line.removeprefix(f"{name} ") for line in INSTRUCTIONS if line.startswith(f"{name} ")]


def copied() -> dict[str, str]:
    """What is copied from the repository into the image, with where it goes."""
    found: dict[str, str] = {}
    for line in instructions("COPY"):
        *sources, target = line.split()
        if not sources[0].startswith("--from"):
            found |= dict.fromkeys(sources, target)
    return found


def needed(module: str, seen: set[str]) -> set[str]:
    """The names at our root that ``module``, a name at our root, imports, and those they import."""
    if module in seen:
        return seen
    seen.add(module)
    file = ROOT / f"{module}.py"
    files = [file] if file.exists() else sorted((ROOT / module).rglob("*.py"))
    for each in files:
        for node in ast.walk(ast.parse(each.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for name in names:
                top = name.partition(".")[0]
                if (ROOT / f"{top}.py").exists() or (ROOT / top / "__init__.py").exists():
                    needed(top, seen)
    return seen


def test_every_module_and_folder_that_the_program_imports_is_copied() -> None:
    modules = needed("app", set())
    assert {"bot", "frontdesk", "handlers", "sandbox", "storage", "workflows"} <= modules

    wanted = {f"{each}.py" if (ROOT / f"{each}.py").exists() else each for each in modules}

    assert wanted <= set(copied())
    assert not {"tests", "bench", "docs", ".env", "."} & set(copied())


def test_a_folder_is_copied_to_a_folder_of_its_name() -> None:
    assert all(
        target == source if (ROOT / source).is_dir() else target == "./" or source.endswith(".lock")
        for source, target in copied().items()
    )


def test_what_is_copied_is_a_program(tmp_path: Path) -> None:
    for source in copied():
        there = ROOT / source
        if there.is_dir():
            shutil.copytree(there, tmp_path / source)
        else:
            shutil.copy(there, tmp_path)

    command = [sys.executable, "app.py", "manifest"]
    done = subprocess.run(
        command, cwd=tmp_path, env=dict(os.environ), capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "Frontdesk" in done.stdout


def test_everything_is_installed_from_the_lock_with_its_hashes() -> None:
    [install] = [line for line in instructions("RUN") if "pip install" in line]
    assert "--require-hashes" in install
    assert "--only-binary :all:" in install
    assert install.endswith("--requirement requirements.lock")
    assert not re.search(r"apt-get|curl|wget|--index-url|--extra-index-url|://", install)


def test_nobody_is_root_and_signals_reach_the_program() -> None:
    last = INSTRUCTIONS[max(n for n, line in enumerate(INSTRUCTIONS) if line.startswith("FROM ")) :]
    users = [line for line in last if line.startswith("USER ")]
    assert users == ["USER frontdesk"]
    assert instructions("ENTRYPOINT") == ['["python", "app.py"]']
    assert "/healthz" in instructions("HEALTHCHECK")[0]


@pytest.mark.parametrize(
    "image",
    sorted(
        {line.split()[0] for line in instructions("FROM")}
        | {str(each["image"]) for each in COMPOSE["services"].values()}
    ),
)
def test_an_image_is_named_without_a_host(image: str) -> None:
    assert re.fullmatch(r"[a-z]+(:[a-z0-9.-]+)?", image)


DOTENV = {"OWNER_PASSWORD": "the-owners", "BOT_PASSWORD": "the-bots", "PUBLIC_HOST": "a.example"}
BOTS = {
    "SLACK_BOT_TOKEN": "xoxb-visibly-fake",
    "SLACK_APP_TOKEN": "xapp-visibly-fake",
    "FRONTDESK_AUDIT_KEY": "5a" * 32,
    "FRONTDESK_CONFIG": str(ROOT / "frontdesk.example.toml"),
}


def filled_in(text: str) -> str:
    """``text`` as compose has it, with what stands in ``.env`` for ``${NAME}``."""
    return re.sub(r"\$\{(\w+)(:[?-][^}]*)?\}", lambda found: DOTENV[found[1]], text)


def environment_of(name: str) -> dict[str, str]:
    """What a service finds in its environment, as compose puts it together."""
    service = COMPOSE["services"][name]
    files = service.get("env_file", [])
    found: dict[str, str] = {}
    for file in [files] if isinstance(files, str) else files:
        found |= {".env": DOTENV | BOTS, "frontdesk.env": BOTS}[file]
    return found | {
        name: filled_in(value) for name, value in service.get("environment", {}).items()
    }


def told(name: str) -> str:
    """All that a service is told, by its environment or otherwise."""
    return filled_in(yaml.safe_dump(COMPOSE["services"][name])) + str(environment_of(name))


def test_several_replicas_over_one_database_and_the_bots_own_role(tmp_path: Path) -> None:
    bot = COMPOSE["services"]["frontdesk"]
    assert bot["deploy"]["replicas"] > 1
    assert bot["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert int(bot["stop_grace_period"].rstrip("s")) > 20

    settings = load(environment_of("frontdesk") | {"FRONTDESK_DATA": str(tmp_path)}, tmp_path)

    assert settings.mode is Mode.SOCKET
    assert "://frontdesk:the-bots@" in settings.database_url
    assert settings.migration_database_url is None


def test_the_bot_is_never_told_the_owners_password(tmp_path: Path) -> None:
    assert "the-owners" not in told("frontdesk")
    assert "the-owners" not in told("proxy")

    owners = environment_of("migrate") | {"FRONTDESK_DATA": str(tmp_path)}
    settings = load(owners, tmp_path, connects=False)  # these are all that it needs

    assert "://frontdesk_owner:the-owners@" in str(settings.migration_database_url)
    assert make_url(settings.database_url).username == "frontdesk"


@pytest.mark.parametrize("name", ["migrate", "database", "proxy"])
def test_nobody_but_the_bot_is_told_its_secrets(name: str) -> None:
    assert [each for each in BOTS.values() if each in told(name)] == []
    assert not {"SLACK_BOT_TOKEN", "FRONTDESK_AUDIT_KEY"} & environment_of(name).keys()


@pytest.mark.parametrize("name", [".env", "frontdesk.env"])
def test_secrets_are_neither_sent_to_be_built_nor_committed(name: str) -> None:
    assert name in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert f"/{name}" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_bot_believes_the_proxy_beside_it_and_nobody_else(tmp_path: Path) -> None:
    at = ip_address(COMPOSE["services"]["proxy"]["networks"]["default"]["ipv4_address"])
    [network] = COMPOSE["networks"]["default"]["ipam"]["config"]
    settings = load(environment_of("frontdesk") | {"FRONTDESK_DATA": str(tmp_path)}, tmp_path)

    assert settings.trusted_proxies == (ip_network(at),)
    assert at in ip_network(network["subnet"])
    assert at not in ip_network(network["ip_range"])  # so that no other container is given it
    for other in COMPOSE["services"].keys() - {"proxy"}:
        assert "networks" not in COMPOSE["services"][other]

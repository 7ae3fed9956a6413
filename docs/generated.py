"""What the documentation takes from the code. ``python -m docs`` writes it; a test compares."""

import re
from collections.abc import Iterator
from pathlib import Path

import app
from settings import SETTINGS
from workflows.definition import Workflow
from workflows.registry import find_workflows

ROOT = Path(__file__).parents[1]


def files() -> Iterator[tuple[Path, str]]:
    """Yield every file that is generated, wholly or in part, with the text it must have."""
    yield ROOT / "manifest.yml", app.show_manifest(socket=True, public_url="")
    yield _filled("docs/architecture.md", diagrams=app.diagrams())
    yield _filled("docs/adding-a-workflow.md", **dict(_discount()))
    yield _filled("README.md", settings=_settings(), commands=_commands())


def _discount() -> Iterator[tuple[str, str]]:
    """Yield the files of the workflow that the tests add, as blocks of code."""
    added = ROOT / "tests" / "journeys" / "discount"
    for part, name, language in (
        ("workflow", "workflows/discount.py", "python"),
        ("form", "modals/discount.py", "python"),
        ("headline", "messages/discount/headline.j2", "jinja"),
        ("facts", "messages/discount/facts.j2", "jinja"),
    ):
        text = (added / name).read_text(encoding="utf-8").rstrip()
        yield part, f"```{language}\n{text}\n```\n"


def _filled(name: str, **parts: str) -> tuple[Path, str]:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    for part, content in parts.items():
        marked = re.compile(f"(<!-- generated: {part} -->\n).*?(<!-- end -->)", re.DOTALL)
        found = marked.search(text)
        if found is None:
            raise ValueError(f"{name} has no place for what is generated as {part!r}.")
        text = f"{text[: found.start()]}{found[1]}{content}{found[2]}{text[found.end() :]}"
    return path, text


def _settings() -> str:
    rows = "".join(
        f"| `{each.name}` | {f'`{each.default}`' if each.default else ''} | {each.help} |\n"
        for each in SETTINGS
    )
    return f"| setting | default | what it is for |\n| --- | --- | --- |\n{rows}"


def _commands() -> str:
    rows = "".join(
        f"| `{workflow.command}` | {workflow.description} |\n"
        f"| `{workflow.command} list` | what waits for you and what you asked for |\n"
        f"| `{workflow.command} status {workflow.prefix}-7` | how one request stands |\n"
        f"{_own(workflow)}"
        f"| `{workflow.command} help` | what can be typed |\n"
        for workflow in find_workflows().values()
    )
    mine = (
        "| `/requests` | everything that concerns you; `/requests waiting globex` finds, "
        "`/requests help` says what you can do |\n"
        "| `/requests report` | draws a report as a picture, for those who oversee requests |\n"
        "| `/requests away` | says who stands in while you are away; "
        "`/requests away off` ends it |\n"
        "| `/requests settings` | chooses how you are reached: quiet hours, a digest, "
        "what is told |\n"
        "| `/requests admin` | shows admins the settings of the company, and changes them |\n"
    )
    return f"| command | what it does |\n| --- | --- |\n{rows}{mine}"


def _own(workflow: Workflow) -> str:
    own = workflow.subcommands.items()
    return "".join(f"| `{workflow.command} {name}` | {does} |\n" for name, does in own)

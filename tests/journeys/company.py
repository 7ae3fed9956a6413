"""The demo company with its roles given to other people."""

import re
from pathlib import Path

from tests.journeys.house import ROOT


def company(folder: Path, **roles: list[str]) -> str:
    """Write the settings of Harborlight with other holders of ``roles``; return the file's path."""
    text = (ROOT / "frontdesk.example.toml").read_text(encoding="utf-8")
    for role, holders in roles.items():
        named = [
            each if each.startswith("@") else f"{each}@harborlight.example" for each in holders
        ]
        listed = ", ".join(f'"{each}"' for each in named)
        text, count = re.subn(rf"(?m)^{role} = \[.*$", f"{role} = [{listed}]", text)
        assert count == 1, role
    path = folder / "frontdesk.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)

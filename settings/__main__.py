"""Write what is generated from the settings: ``python -m settings``."""

from pathlib import Path

from settings.printed import env_example, settings_page

ROOT = Path(__file__).parents[1]

if __name__ == "__main__":
    (ROOT / "docs" / "settings.md").write_text(settings_page(), encoding="utf-8")
    (ROOT / ".env.example").write_text(env_example(), encoding="utf-8")

"""What the documentation takes from the code is as the code is now."""

from pathlib import Path

import pytest

from docs.generated import files


@pytest.mark.parametrize(
    ("path", "text"), [pytest.param(*each, id=each[0].name) for each in files()]
)
def test_the_file_is_as_the_code_is_now(path: Path, text: str) -> None:
    assert path.read_text(encoding="utf-8") == text, "Stale: run `make docs`."

"""What is typed at a shell starts the whole program, some seconds each time: `make prove` does."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave it out of `make test`."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker("prove")

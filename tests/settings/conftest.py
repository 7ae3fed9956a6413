from pathlib import Path

import pytest

from tests.settings.installation import Installation


@pytest.fixture
def bare(tmp_path: Path) -> Installation:
    """An installation as it comes: no .env, no frontdesk.toml."""
    return Installation(tmp_path)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """An installation whose frontdesk.toml describes Harborlight."""
    installed = Installation(tmp_path)
    installed.describe_company()
    return installed

"""No test asks a model of anybody: only the library's own models, and servers on this machine."""

from collections.abc import Iterator

import pytest
from pydantic_ai.models import override_allow_model_requests


@pytest.fixture(autouse=True)
def nobody_is_asked() -> Iterator[None]:
    with override_allow_model_requests(allow_model_requests=False):
        yield

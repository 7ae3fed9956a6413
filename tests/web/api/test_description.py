"""What the API says of itself holds for what it answers: schemathesis asks the served app."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.web.api.office import fill, served, token
from tests.web.review.house import open_house
from web.server import Server

ANYBODY: list[CheckFunction] = [positive_data_acceptance]
"""A ticket can be of the right form, and of nobody whom Frontdesk knows."""
UNSENT: list[CheckFunction] = [negative_data_rejection]
"""What is wrong with a query can be in what is not sent at all: an empty list, a part without a
name."""
EXAMPLES = settings(
    max_examples=25,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str]]]:
    """Where the API is served, and tokens by what they may do."""
    with open_house(tmp_path_factory.mktemp("house")) as house, served(house) as app:
        fill(house)
        found = {
            "everything": token(house, "everything", private=True, amounts=True, submit=True),
            "little": token(house, "little"),
        }
        server = Server(app, "127.0.0.1", 0)
        server.start()
        try:
            yield server.url, found
        finally:
            server.stop()


@pytest.mark.parametrize("name", ["everything", "little", "nobody"])
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
def test_every_answer_is_as_described(
    office: tuple[str, dict[str, str]], name: str, mode: GenerationMode
) -> None:
    url, tokens = office
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json")
    headers = {"Authorization": f"Bearer {tokens.get(name, 'fdk_nobody_visibly-fake')}"}
    asked = set[str]()
    for each in schema.get_all_operations():
        assert isinstance(each, Ok)
        operation = each.ok()

        @EXAMPLES
        @given(case=operation.as_strategy(generation_mode=mode))
        def call(case: Case[Any]) -> None:
            answer = case.call_and_validate(
                base_url=url,
                headers=headers,
                excluded_checks=[
                    *(ANYBODY if case.method == "POST" else ()),
                    *(() if _is_sent(case) else UNSENT),
                ],
            )
            if name == "nobody" or mode is GenerationMode.POSITIVE:  # others may go without one
                assert (answer.status_code == 401) == (name == "nobody")
            asked.add(f"{case.method} {case.path}")

        call()
    assert len(asked) >= 7


def _is_sent(case: Case[Any]) -> bool:
    return all(
        name and isinstance(value, str | int | float) for name, value in (case.query or {}).items()
    )

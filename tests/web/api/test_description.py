"""What the API says of itself holds for what it answers: schemathesis asks the served app."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies
from schemathesis import Case, CheckFunction, GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.web.api.described import EVERY, FEWEST, Described
from tests.web.api.office import fill, may_ask, served, token
from tests.web.review.house import ANA, open_house
from web.server import Server
from workflows.roles import Role

DOCS = Path(__file__).parents[3] / "docs" / "api.md"
ANYBODY: list[CheckFunction] = [positive_data_acceptance]
"""A ticket can be of the right form, and of nobody whom Frontdesk knows."""
UNSENT: list[CheckFunction] = [negative_data_rejection]
"""What is wrong with a query can be in what is not sent at all: an empty list, a part without a
name."""
REFS = ("SOW-7", "SOW-8", "SOW-9", "AST-1", "SHELF-1", "SHELF-2", "SHELF-9")
"""What ``fill`` keeps, and one that is not there."""
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
        may_ask(house, ANA.user, Role.REQUESTER, Role.MARKETING, Role.ADMIN)
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


@dataclass(frozen=True)
class Told:
    """What only this house knows, and no description says: what is there, and who may ask."""

    ref: str
    everything: bool
    """Whether a page is asked for without a filter."""
    workflow: str
    how: str
    last: bool
    number: int

    def put_into(self, case: Case[Any], described: Described) -> None:
        """Ask for what is there."""
        if "ref" in (case.path_parameters or {}):
            case.path_parameters["ref"] = self.ref
        if case.method == "GET" and self.everything:
            case.query = {}
        if case.method == "POST":
            ticket = described.ticket(self.workflow, self.how, last=self.last)
            case.body = ticket | {"by": ANA.email, "ticket": f"PRJ-{self.number}"}


TOLD = strategies.builds(
    Told,
    ref=strategies.sampled_from(REFS),
    everything=strategies.booleans(),
    workflow=strategies.sampled_from(["sow", "sales_asset", "shelf", "template"]),
    how=strategies.sampled_from([FEWEST, EVERY]),
    last=strategies.booleans(),
    number=strategies.integers(1, 10**9),
)
GOOD = {
    "GET /api/requests": {200},
    "POST /api/requests": {200, 201, 202},
    "GET /api/requests/{ref}": {200, 404},
    "GET /api/requests/{ref}/timeline": {200, 404},
    "GET /api/assets": {200},
    "GET /api/assets/{ref}": {200, 404},
    "GET /api/assets/{ref}/timeline": {200, 404},
}
"""What has to be answered when what is there is asked for, and what is not."""


@pytest.mark.parametrize("name", ["everything", "little"])
def test_what_is_there_is_found_and_as_described(
    office: tuple[str, dict[str, str]], name: str
) -> None:
    url, tokens = office
    headers = {"Authorization": f"Bearer {tokens[name]}"}
    schema = schemathesis.openapi.from_url(f"{url}/api/openapi.json", headers=headers)
    described = Described(schema.raw_schema)
    reached, found = defaultdict[str, set[int]](set), defaultdict[str, int](int)
    for each in schema.get_all_operations():
        assert isinstance(each, Ok)
        operation = each.ok()

        @EXAMPLES
        @given(case=operation.as_strategy(generation_mode=GenerationMode.POSITIVE), told=TOLD)
        def call(case: Case[Any], told: Told) -> None:
            told.put_into(case, described)
            answer = case.call_and_validate(base_url=url, headers=headers)
            route = f"{case.method} {case.path}"
            reached[route].add(answer.status_code)
            found[route] += len(answer.json().get("items", answer.json().get("facts", ())))
            if answer.status_code in (201, 202):
                again = case.call_and_validate(base_url=url, headers=headers)
                assert again.json()["status"] == answer.json()["status"]
                reached[route].add(again.status_code)

        call()
    may = {} if name == "everything" else {"POST /api/requests": {403}}
    assert reached == GOOD | may
    assert all(found[route] for route in ("GET /api/requests", "GET /api/assets"))
    assert found["GET /api/requests/{ref}/timeline"]


def test_a_shell_takes_the_commands_of_the_docs_as_they_are_printed() -> None:
    lines = DOCS.read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines if line.startswith("$ curl")]
    bare = [re.sub(r"\"[^\"]*\"|'.*", "", line) for line in commands]
    assert len(commands) >= 7
    assert [line for line in bare if re.search(r"[?&*;|]", line)] == []


def _is_sent(case: Case[Any]) -> bool:
    return all(
        name and isinstance(value, str | int | float) for name, value in (case.query or {}).items()
    )

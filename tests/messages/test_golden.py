"""Every message as people read it: a change of wording is a difference in a golden file.

To renew them: ``python -m tests.messages.everything``.
"""

import pytest

from messages.message import Message
from sandbox.blocks.validation import block_problems, view_problems
from tests.messages.demo import Said
from tests.messages.everything import GOLDEN, everything, file_of, golden

EVERYTHING = dict(everything())


@pytest.mark.parametrize("name", EVERYTHING)
def test_says_what_its_golden_file_says(name: str) -> None:
    assert golden(EVERYTHING[name]) == file_of(name).read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_message() -> None:
    assert set(GOLDEN.iterdir()) == {file_of(name) for name in EVERYTHING}


@pytest.mark.parametrize("name", EVERYTHING)
def test_slack_accepts_it(name: str) -> None:
    said: Said = EVERYTHING[name]
    if isinstance(said, Message):
        assert block_problems(list(said.blocks), "message") == []
        assert 0 < len(said.text) < 3500
    elif isinstance(said, dict):
        assert view_problems(said) == []
    else:
        assert 0 < len(said) < 3500


def test_a_notification_makes_sense_alone() -> None:
    first = {
        name: said.text.splitlines()[0]
        for name, said in EVERYTHING.items()
        if isinstance(said, Message)
    }
    assert first["log sow accept"] == "<@U0DIAN> accepted SOW-1 for drafting."
    assert first["notice sow accept"] == (
        "<@U0DIAN> accepted SOW-1 (Globex, 7,000.00 USD) for drafting."
    )
    assert first["card sow executive"] == "SOW-1: Initech, 1,200,000.50 EUR"

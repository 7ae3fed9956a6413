from dataclasses import replace

import pytest

from messages import limits, rows
from messages.buttons import Details, Resume
from messages.limits import TooLarge
from messages.markup import Marked
from sandbox import facts
from sandbox.blocks.validation import block_problems
from workflows.definition import Style
from workflows.sow import WORKFLOW as SOW

NOTE = Marked("<i>More.</i>")
SLACK = {
    "message.blocks.max": limits.MESSAGE_BLOCKS,
    "view.blocks.max": limits.VIEW_BLOCKS,
    "block.header.text.max": limits.HEADER,
    "block.actions.elements.max": limits.ACTIONS,
    "element.button.text.max": limits.BUTTON_TEXT,
    "element.button.value.max": limits.VALUE,
    "element.action_id.max": limits.ACTION_ID,
    "view.title.max": limits.VIEW_TITLE,
}


@pytest.mark.parametrize("name", SLACK)
def test_the_limits_are_those_of_slack(name: str) -> None:
    assert SLACK[name] == facts.limit(name)


def test_text_and_views_keep_a_distance_to_what_slack_refuses() -> None:
    assert limits.TEXT < 3500 < facts.limit("message.text.recommended_max")
    assert facts.limit("view.max_bytes") > limits.VIEW_BYTES


def test_words_on_buttons_are_cut() -> None:
    transition = replace(SOW.transitions[0], label="Approve " * 50, confirm="Really? " * 100)
    button = rows.button(
        transition.label, Details("SOW-1"), Style.PRIMARY, transition.confirm or ""
    )
    sent = limits.message(Marked("Hello"), [rows.row(button)], NOTE)
    assert block_problems(list(sent.blocks), "message") == []
    assert sent.blocks[0]["elements"][0]["text"]["text"].endswith("…")


def test_what_must_not_be_cut_is_refused() -> None:
    with pytest.raises(TooLarge, match="value"):
        limits.message(Marked("a"), [rows.row(rows.button("b", Resume("x" * 2000)))], NOTE)
    with pytest.raises(TooLarge, match="26 buttons"):
        limits.message(Marked("a"), [rows.row(*[rows.show_all()] * 26)], NOTE)


def test_too_many_blocks_give_way_to_a_sentence() -> None:
    sent = limits.message(Marked("a"), [{"type": "divider"}] * 51, NOTE)
    assert len(sent.blocks) == 50
    assert "More." in str(sent.blocks[-1])
    kept = limits.message(Marked("a"), [{"type": "divider"}] * 50, NOTE)
    assert "More." not in str(kept.blocks)

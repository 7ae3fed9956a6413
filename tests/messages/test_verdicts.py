"""The offer to record a verdict fits into a message, in whatever script it was written."""

import pytest

from messages import limits
from messages.buttons import LONGEST_WORDS, Record, decode
from messages.verdicts import offer
from workflows.sow import WORKFLOW
from workflows.verdict import Verdict


@pytest.mark.parametrize("words", ["no, " * 250, "\N{UPSIDE-DOWN FACE}" * 400, "я" * 500])
def test_words_that_do_not_fit_are_left_out_of_the_button(words: str) -> None:
    assert len(words) <= LONGEST_WORDS
    reject = WORKFLOW.transition("reject")
    assert reject is not None
    meant = Record("reject", "SOW-1", 3, "C1:1795000000.123456:", words)
    blocks = offer(reject, Verdict.REJECT, words[:500], meant).blocks
    button = blocks[-1]["elements"][0]
    assert len(button["value"]) <= limits.VALUE
    said = decode(button["action_id"], button["value"])
    assert isinstance(said, Record)
    assert said.words in {words, ""}

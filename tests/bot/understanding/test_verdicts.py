"""What somebody says below a card: in doubt it is no verdict, and never an approval."""

from time import perf_counter

import pytest

from bot.understanding.verdicts import LONGEST, verdict_of
from tests.bot.understanding.verdict_phrases import held_back, known, later, phrases

NOTHING = "nothing"


def meant(text: str) -> str:
    found = verdict_of(text)
    return found.verdict.value if found else NOTHING


@pytest.mark.parametrize(("text", "means"), known())
def test_a_known_phrase_means(text: str, means: str) -> None:
    assert meant(text) == means


@pytest.mark.parametrize(("text", "means"), held_back())
def test_a_phrase_that_was_held_back_means(text: str, means: str) -> None:
    assert meant(text) == means


@pytest.mark.parametrize(("text", "means"), later())
def test_a_later_phrase_is_at_worst_not_understood(text: str, means: str) -> None:
    assert meant(text) in (means, NOTHING)


def test_most_later_phrases_are_understood() -> None:
    assert sum(meant(text) == means for text, means in later()) >= len(later()) - 2


def test_there_are_many_phrases_of_each_kind_in_both_halves() -> None:
    assert len(phrases()) == len(dict(phrases())) >= 160
    for half in (known(), held_back()):
        kinds = [means for _, means in half]
        assert all(kinds.count(each) >= 15 for each in ("approve", "reject", "changes", NOTHING))


@pytest.mark.parametrize(
    ("text", "gives_reason"),
    [
        ("no, too expensive", True),
        ("rejected", False),
        ("Rejected, sorry", False),
        ("rejected: no budget", True),
        ("please change the price to net", True),
        ("needs changes", False),
        ("needs changes: the scope is unclear", True),
        ("LGTM once the price is fixed", True),
        ("LGTM", False),
    ],
)
def test_the_words_are_the_reason_where_they_say_one(text: str, *, gives_reason: bool) -> None:
    found = verdict_of(text)
    assert found is not None
    assert found.gives_reason is gives_reason


@pytest.mark.parametrize(
    "reserved",
    ["once {}", "if {}", "but {}", "unless {}", "as soon as {}", ", provided {}", "- after {}"],
)
@pytest.mark.parametrize(
    "what", ["Ryan agrees", "the price is fixed", "it is Friday", "it is cheap"]
)
@pytest.mark.parametrize("said", ["LGTM", "ok for me", "Approved", "looks good", ":+1:", "ship it"])
def test_a_condition_is_never_an_approval(said: str, reserved: str, what: str) -> None:
    assert meant(f"{said} {reserved.format(what)}") in (NOTHING, "changes")


@pytest.mark.parametrize("text", [text for text, means in phrases() if means == "approve"])
@pytest.mark.parametrize("around", ["{}?", "Ryan said {}", '"{}"', "> {}", "&gt; {}", "not {}"])
def test_asked_quoted_or_denied_it_is_never_an_approval(text: str, around: str) -> None:
    assert meant(around.format(text)) != "approve"


def test_whatever_is_written_is_read_at_once() -> None:
    for each in ("thanks a lot ", "lgtm, ", "no ", "please change ", ":+1:", "the a ", "`", "<@"):
        text, begun = (each * LONGEST)[:LONGEST], perf_counter()
        verdict_of(text)
        assert perf_counter() - begun < 0.5
    assert verdict_of("LGTM" + " " * LONGEST) is None

"""A link that others are to open, and a file in whose place it can stand."""

from dataclasses import replace

import pytest

from modals.fields import Files, Invalid, Link
from modals.form import Form, State
from sandbox.blocks.validation import view_problems
from tests.modals.examples import METADATA, TODAY, block, values_of

LINK = Link(name="link", label="Link")
FILES = Files(name="files", label="File", most=1, or_link="link", one_is_needed=True)
FORM = Form(key="either", title="Either", submit="Send", fields=(FILES, LINK))
EITHER = "Please attach a file or give a link, not both."
NO_LINK = "This is not a link. It begins with https://, for example https://drive.example/deck."
UNSOUND = (
    "This link does not work. Please give all of it, for example https://crm.example/deals/1042."
)
NARROW = (
    "This link works on few computers only. Please give one with the full name of its site, "
    "for example https://drive.example/deck."
)


@pytest.mark.parametrize(
    "link",
    [
        "https://drive.example/a/deck.pdf?v=2#page=1",
        "HTTPS://Drive.Example:8443/",
        "https://größe.example",
        "https://drive.example/" + "x" * 1978,
    ],
)
def test_a_sound_link_is_taken_as_it_was_written(link: str) -> None:
    assert LINK.check({"link": f" {link}\n"}, TODAY) == link
    assert LINK.check(LINK.fill(link), TODAY) == link


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("the deck on my desk", NO_LINK),
        ("drive.example/deck", NO_LINK),
        ("http://drive.example/deck", NO_LINK),
        ("javascript:alert(1)", NO_LINK),
        ("https:drive.example", NO_LINK),
        ("https://", UNSOUND),
        ("https://me:secret@drive.example/deck", UNSOUND),
        ("https://drive.example/one https://drive.example/two", UNSOUND),
        ("https://drive.example/<!channel>", UNSOUND),
        ("https://drive.example:99999/", UNSOUND),
        ("https://localhost/deck", NARROW),
        ("https://wiki:8443/deck", NARROW),
        ("https://[::1]/deck", NARROW),
        ("https://drive.example/" + "x" * 1979, "This is too long: at most 2,000 characters, "),
    ],
)
def test_what_is_no_link_gets_its_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        LINK.check({"link": text}, TODAY)
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("state", "errors"),
    [
        ({}, {"files": EITHER}),
        ({"files": [], "link": " "}, {"files": EITHER}),
        ({"files": ["F1"], "link": "https://drive.example/deck"}, {"files": EITHER}),
        ({"files": ["F1"], "link": "deck"}, {"files": EITHER, "link": NO_LINK}),
        ({"link": "deck"}, {"link": NO_LINK}),
        ({"files": ["F1", "F2"]}, {"files": "These are too many: 1 file at most, please."}),
        ({"files": ["F1"]}, {}),
        ({"link": "https://drive.example/deck"}, {}),
    ],
)
def test_one_of_both_is_needed(state: State, errors: dict[str, str]) -> None:
    assert FORM.check(state, today=TODAY).errors == errors


def test_neither_is_needed_where_both_are_optional() -> None:
    fields = (replace(FILES, one_is_needed=False), LINK)
    form = replace(FORM, fields=fields)
    assert form.check({}, today=TODAY).values == {"files": (), "link": ""}
    both: State = {"files": ["F1"], "link": "https://drive.example/deck"}
    assert form.check(both, today=TODAY).errors == {"files": EITHER}


def test_slack_lets_either_be_empty() -> None:
    view = FORM.view({}, METADATA)
    assert view_problems(view) == []
    assert block(view, "files")["element"]["max_files"] == 1
    assert [each["optional"] for each in view["blocks"]] == [True, True]


def test_a_link_takes_the_place_of_the_file_of_the_draft() -> None:
    before: State = {"files": ["F1"]}
    assert block(FORM.view(before, METADATA), "files")["hint"]["text"] == (
        "1 file is attached. A file that you add here, or a link, takes its place."
    )
    typed = {"link": {"type": "plain_text_input", "value": "https://drive.example/deck"}}
    state = {**before, **FORM.read(values_of(FORM.view(before, METADATA), typed))}
    assert FORM.check(state, today=TODAY).values == {
        "files": (),
        "link": "https://drive.example/deck",
    }
    untouched = {**before, **FORM.read(values_of(FORM.view(before, METADATA)))}
    assert FORM.check(untouched, today=TODAY).values == {"files": ("F1",), "link": ""}

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.buttons import (
    Button,
    Details,
    Export,
    Gesture,
    New,
    NotOurs,
    Rate,
    Replay,
    Resume,
    ShowAll,
    Word,
    decode,
    encode,
)

NAMES = st.text(min_size=1, max_size=60)
GESTURES: st.SearchStrategy[Gesture] = st.one_of(
    st.builds(Button, NAMES, NAMES, st.integers(min_value=0)),
    st.builds(Details, NAMES),
    st.builds(New, NAMES),
    st.builds(Resume, NAMES),
    st.just(ShowAll()),
    st.builds(Replay, st.integers(min_value=0)),
    st.builds(Rate, NAMES, st.integers(min_value=1, max_value=5)),
    st.builds(Export, NAMES),
    st.builds(Word, NAMES),
)


@given(GESTURES)
def test_what_was_posted_is_what_is_pressed(gesture: Gesture) -> None:
    action_id, value = encode(gesture)
    assert decode(action_id, value) == gesture


def test_the_wire_format_stays_as_it_was_posted() -> None:
    assert encode(Button("approve", "SOW-7", 3)) == ("do:approve", '{"v":1,"ref":"SOW-7","step":3}')
    assert encode(Details("SOW-7")) == ("details", '{"v":1,"ref":"SOW-7"}')
    assert encode(New("sow")) == ("new:sow", '{"v":1}')
    assert encode(Resume("D1")) == ("resume", '{"v":1,"draft":"D1"}')
    assert encode(ShowAll()) == ("show_all", '{"v":1}')
    assert encode(Replay(12)) == ("replay", '{"v":1,"parcel":12}')
    assert encode(Rate("SOW-7", 4)) == ("rate:4", '{"v":1,"ref":"SOW-7","score":4}')
    assert encode(Export("SOW-7")) == ("export", '{"v":1,"ref":"SOW-7"}')
    assert encode(Word("SOW-7")) == ("word", '{"v":1,"ref":"SOW-7"}')


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("approve", '{"v":1,"ref":"SOW-7","step":3}'),
        ("do:", '{"v":1,"ref":"SOW-7","step":3}'),
        ("do:approve", ""),
        ("do:approve", "SOW-7"),
        ("do:approve", "[" * 100_000),
        ("do:approve", '{"v":2,"ref":"SOW-7","step":3}'),
        ("do:approve", '{"v":1,"ref":"SOW-7"}'),
        ("do:approve", '{"v":1,"ref":7,"step":3}'),
        ("do:approve", '{"v":1,"ref":"SOW-7","step":true}'),
        ("do:approve", '{"v":1,"ref":"SOW-7","step":-1}'),
        ("details", '{"v":1}'),
        ("details", '{"v":1,"ref":""}'),
        ("replay", '{"v":1,"parcel":"12"}'),
        ("new:", '{"v":1}'),
        ("new", '{"v":1}'),
        ("details:", '{"v":1,"ref":"SOW-7"}'),
        ("rate:0", '{"v":1,"ref":"SOW-7","score":0}'),
        ("rate:6", '{"v":1,"ref":"SOW-7","score":6}'),
        ("export", '{"v":1}'),
        ("word", '{"v":1,"ref":7}'),
        ("", "{}"),
    ],
)
def test_anything_else_is_answered_with_a_sentence(action_id: str, value: str) -> None:
    with pytest.raises(NotOurs, match="older version"):
        decode(action_id, value)


@given(
    st.text(),
    st.one_of(
        st.text(),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: (
                st.lists(inner) | st.dictionaries(st.sampled_from(["v", "ref", "step"]), inner)
            ),
        ).map(json.dumps),
    ),
)
def test_nothing_that_arrives_breaks_the_reading(action_id: str, value: str) -> None:
    try:
        gesture = decode(action_id, value)
    except NotOurs:
        return
    assert decode(*encode(gesture)) == gesture

"""What Slack sent, spoilt: keys dropped, types and ids exchanged, odd, huge and deep values."""

import json
from collections.abc import Sequence
from copy import deepcopy
from typing import Any, cast

from hypothesis import strategies as st

from sandbox.delivery.outcome import Parcel
from sandbox.state.records import JSON
from tests.messages.hostile import NASTY

DEEP: Any = None
for _ in range(60):
    DEEP = [DEEP]

ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**30, 1.5, 1e308),
    *(float("nan"), float("inf"), "", " ", "0", "-1", "null", "[]", "{}", "\x00", "\ud800"),
    *([], {}, [[]], [None], [{}], {"": None}, {"id": None}, ["x"] * 500, DEEP, "x" * 5000),
    *("../../etc/passwd", "'; DROP TABLE requests; --", "{{ 7 * 7 }}", "SOW-1", "SOW-2", "AST-1"),
    *("SHELF-1", "SOW-0", "SOW-99999999999999999999", "sow-1", "U0SBDIAN00", "T0OTHER000"),
    *("http://169.254.169.254/latest/meta-data", "https://hooks.slack.com@evil.example/x"),
    *('{"v":1,"ref":"SOW-2","step":1}', '{"v":1,"ref":["SOW-2"],"step":{}}', "do:accept"),
    *NASTY,
)
"""What stands where something sound stood."""

WORDS = tuple(each for each in ODD if isinstance(each, str) and each)

_INSIDE = ("value", "private_metadata")
"""Where a string holds JSON of ours."""
_AIMED = frozenset(
    ("actions", "value", "action_id", "selected_option", "view", "private_metadata", "state")
) | {"values", "callback_id", "user", "user_id", "team_id", "text", "event", "message"}
"""Where what is decided comes from: half of what is spoilt is there."""
_DEEPEST = 9


@st.composite
def spoilt(draw: st.DrawFn, corpus: Sequence[str], most: int = 2) -> Parcel:
    """Draw one of ``corpus`` (parcels as JSON) with up to ``most`` things wrong with it."""
    type_, payload = json.loads(draw(st.sampled_from(corpus)))
    for _ in range(draw(st.integers(0, most))):
        _spoil(draw, payload)
    return Parcel(type_, payload)


def _spoil(draw: st.DrawFn, value: JSON | list[Any], depth: int = 0) -> None:
    """Descend to some place in ``value`` and put something wrong there."""
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return
    aimed = [each for each in keys if each in _AIMED]
    is_aimed = draw(st.booleans())
    if aimed and is_aimed:
        keys = aimed
    box = cast("dict[Any, Any]", value)  # a list, too, gives and takes by its key
    key = keys[draw(st.integers(0, len(keys) - 1))]
    below = box[key]
    if isinstance(below, dict | list) and depth < _DEEPEST and draw(st.integers(0, 5)):
        _spoil(draw, below, depth + 1)
    elif key in _INSIDE and isinstance(below, str) and below[:1] == "{" and draw(st.integers(0, 5)):
        box[key] = _spoilt_inside(draw, below)
    else:
        _exchange(draw, box, key)


def _spoilt_inside(draw: st.DrawFn, text: str) -> str:
    try:
        inside = json.loads(text)
    except ValueError:
        return text[:-1]
    if isinstance(inside, dict):
        _spoil(draw, inside)
    return json.dumps(inside)


def _exchange(draw: st.DrawFn, box: dict[Any, Any], key: Any) -> None:  # noqa: ANN401 - of any box
    was, how = box[key], draw(st.integers(0, 9))
    if how == 0:
        del box[key]
    elif how == 1:
        box[key] = [was]
    elif how == 2:
        box[key] = deepcopy(draw(st.sampled_from(ODD)))
    elif isinstance(was, str):
        box[key] = draw(st.sampled_from(WORDS) | st.text(max_size=30))
    elif isinstance(was, int):
        box[key] = draw(st.integers(-3, 5))
    elif isinstance(was, list):
        box[key] = was[1:] if draw(st.booleans()) else deepcopy(was) + was
    else:
        box[key] = deepcopy(draw(st.sampled_from(ODD)))

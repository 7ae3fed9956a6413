import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modals.metadata import Metadata, NotOurs

FULL = Metadata("changes", "sow", "request_changes", ref="SOW-7", step=3, draft="d1")


@given(
    st.builds(
        Metadata,
        st.text(max_size=30),
        st.text(max_size=30),
        st.text(max_size=30),
        st.none() | st.text(max_size=30),
        st.integers(min_value=0, max_value=10**9),
        st.integers(min_value=0, max_value=10**9),
        st.text(max_size=40),
    )
)
def test_metadata_survives_the_way_through_slack(metadata: Metadata) -> None:
    text = metadata.encode()
    assert len(text) <= 3000
    assert Metadata.decode(text) == metadata


def test_metadata_that_slack_would_refuse_is_not_sent() -> None:
    with pytest.raises(ValueError, match="too long for Slack"):
        Metadata("sow", "sow", "submit", draft="d" * 3000).encode()


def changed(**changes: object) -> str:
    return json.dumps(json.loads(FULL.encode()) | changes)


def without(name: str) -> str:
    return json.dumps({k: v for k, v in json.loads(FULL.encode()).items() if k != name})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "SOW-7",
        "null",
        "[]",
        '{"form": "sow"',
        "[" * 3000,
        without("shape"),
        without("draft"),
        changed(shape=0),
        changed(shape=True),
        changed(shape="1"),
        changed(more="x"),
        changed(form=None),
        changed(ref=7),
        changed(step="3"),
        changed(step=True),
        changed(draft=["d1"]),
    ],
)
def test_anything_else_asks_the_person_to_open_the_form_again(text: str) -> None:
    with pytest.raises(NotOurs) as refused:
        Metadata.decode(text)
    assert str(refused.value) == (
        "This form is from another version of Frontdesk. Please close it and open it again."
    )


@given(st.text(max_size=200) | st.recursive(st.none() | st.integers(), st.lists).map(json.dumps))
def test_foreign_metadata_never_breaks_anything_else(text: str) -> None:
    with pytest.raises(NotOurs):
        Metadata.decode(text)

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.buttons import (
    AddTag,
    AskReport,
    Away,
    BankRows,
    Button,
    ChangeMapping,
    ChooseColumns,
    ChooseInvoice,
    ConfirmRow,
    Details,
    EndAway,
    Export,
    FindMore,
    FindRequests,
    Follow,
    ForgetMapping,
    Gesture,
    HandInStatement,
    HandOn,
    Help,
    JustTalking,
    LookFor,
    Mappings,
    New,
    Newest,
    NotOurs,
    Older,
    Open,
    PutOff,
    Rate,
    Record,
    Replay,
    Report,
    Resume,
    Settings,
    SettleRow,
    Sheet,
    ShowAll,
    ShowEverything,
    StartRefresh,
    ThisOne,
    TriageMore,
    Use,
    Word,
    decode,
    encode,
)

NAMES = st.text(min_size=1, max_size=60)
COUNTS = st.integers(min_value=0, max_value=2**62)
GESTURES: st.SearchStrategy[Gesture] = st.one_of(
    st.builds(Button, NAMES, NAMES, COUNTS),
    st.builds(Details, NAMES),
    st.builds(New, NAMES),
    st.builds(Resume, NAMES),
    st.just(ShowAll()),
    st.just(Settings()),
    st.builds(PutOff, NAMES, COUNTS, NAMES),
    st.builds(Replay, COUNTS),
    st.builds(Rate, NAMES, st.integers(min_value=1, max_value=5)),
    st.builds(Export, NAMES),
    st.builds(Word, NAMES),
    st.just(Away()),
    st.builds(AskReport, NAMES),
    st.builds(
        Sheet,
        **dict.fromkeys(("form", "report", "first", "last"), NAMES),
        **dict.fromkeys(("workflow", "person", "client"), st.text(max_size=100)),
    ),
    *(st.just(each()) for each in (LookFor, ShowEverything, Newest, Help)),
    st.builds(Older, COUNTS, NAMES),
    st.builds(FindRequests, st.text(max_size=255), st.just("sow"), COUNTS, NAMES),
    st.builds(HandOn, NAMES, COUNTS, NAMES),
    *(st.builds(kind, NAMES) for kind in (EndAway, Open, Use, Report, AddTag, StartRefresh)),
    *(st.builds(kind, NAMES, NAMES) for kind in (ThisOne, Follow)),
    st.builds(FindMore, st.text(max_size=255), COUNTS),
    st.builds(TriageMore, NAMES, COUNTS),
    st.builds(Record, NAMES, NAMES, COUNTS, NAMES, st.text(max_size=500)),
    st.just(JustTalking()),
    *(st.just(each()) for each in (HandInStatement, Mappings)),
    *(st.builds(kind, NAMES) for kind in (ChooseColumns, ChangeMapping, ForgetMapping)),
    st.builds(BankRows, NAMES, COUNTS),
    st.builds(ConfirmRow, row=COUNTS, ref=NAMES, invoice=NAMES, balance=COUNTS, skip=COUNTS),
    st.builds(ChooseInvoice, row=COUNTS, skip=COUNTS),
    st.builds(SettleRow, row=COUNTS, state=NAMES, skip=COUNTS),
)


@given(GESTURES)
def test_what_was_posted_is_what_is_pressed(gesture: Gesture) -> None:
    action_id, value = encode(gesture)
    assert decode(action_id, value) == gesture


def test_the_wire_format_stays_as_it_was_posted() -> None:
    assert encode(Button("approve", "SOW-7", 3)) == ("do:approve", '{"v":1,"ref":"SOW-7","step":3}')
    assert encode(Details("SOW-7")) == ("details", '{"v":1,"ref":"SOW-7"}')
    assert encode(New("sow")) == ("new:sow", '{"v":1}')
    assert encode(Record("reject", "SOW-7", 3, "C1:2.0:", "no")) == (
        "record:reject",
        '{"v":1,"ref":"SOW-7","step":3,"said":"C1:2.0:","words":"no"}',
    )
    assert encode(JustTalking()) == ("just_talking", '{"v":1}')
    assert encode(Resume("D1")) == ("resume", '{"v":1,"draft":"D1"}')
    assert encode(ShowAll()) == ("show_all", '{"v":1}')
    assert encode(PutOff("SOW-7", 3, "tomorrow")) == (
        "put_off",
        '{"v":1,"ref":"SOW-7","step":3,"until":"tomorrow"}',
    )
    assert encode(Settings()) == ("settings", '{"v":1}')
    assert encode(Replay(12)) == ("replay", '{"v":1,"parcel":12}')
    assert encode(Rate("SOW-7", 4)) == ("rate:4", '{"v":1,"ref":"SOW-7","score":4}')
    assert encode(Export("SOW-7")) == ("export", '{"v":1,"ref":"SOW-7"}')
    assert encode(Open("SHELF-3")) == ("open", '{"v":1,"ref":"SHELF-3"}')
    assert encode(Use("SHELF-3")) == ("use", '{"v":1,"ref":"SHELF-3"}')
    assert encode(Report("SHELF-3")) == ("report", '{"v":1,"ref":"SHELF-3"}')
    assert encode(ThisOne("SHELF-3", "D1")) == (
        "this_one",
        '{"v":1,"ref":"SHELF-3","draft":"D1"}',
    )
    assert encode(Follow("AST-3", "D1")) == ("follow", '{"v":1,"ref":"AST-3","draft":"D1"}')
    assert encode(FindMore("deck", 10)) == ("find_more", '{"v":1,"text":"deck","skip":10}')
    assert encode(TriageMore("new", 5)) == ("triage_more", '{"v":1,"standing":"new","skip":5}')
    assert encode(AddTag("K1")) == ("add_tag", '{"v":1,"key":"K1"}')
    assert encode(StartRefresh("Q1 2026")) == ("start_refresh", '{"v":1,"period":"Q1 2026"}')
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
        ("do:approve", f'{{"v":1,"ref":"SOW-7","step":{2**62 + 1}}}'),
        ("replay", f'{{"v":1,"parcel":{10**30}}}'),
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
        ("open", '{"v":1}'),
        ("this_one", '{"v":1,"ref":"SHELF-3"}'),
        ("find_more", '{"v":1,"text":null,"skip":0}'),
        ("find_more", '{"v":1,"text":"deck","skip":-1}'),
        ("triage_more", '{"v":1,"standing":"","skip":0}'),
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

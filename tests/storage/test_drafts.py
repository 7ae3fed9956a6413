"""The contract of `Drafts`, on both databases."""

from dataclasses import replace

from bot.ports import Passing
from storage.database import Database
from tests.storage.examples import draft, later

FULL = draft(
    ref="SOW-1",
    step=2,
    state={"client": "Lighthouse", "amount": ["1", None, {"x": True}], "n": 1.5},
    full={"need": "long " * 1000},
    view_id="V1",
    view_hash="1.abc",
    resumable=True,
)


def test_a_draft_comes_back_as_it_was_saved(database: Database) -> None:
    with database.unit() as unit:
        assert unit.drafts.save(FULL)
        unit.commit()
    with database.unit() as unit:
        assert unit.drafts.get("D1") == FULL
        assert unit.drafts.get("D2") is None


def test_an_older_gesture_never_overwrites_a_newer_one(database: Database) -> None:
    newer = draft(at=later(seconds=0.000002), state={"client": "newer"})
    with database.unit() as unit:
        assert unit.drafts.save(newer)
        assert not unit.drafts.save(draft(at=later(seconds=0.000001), state={"client": "older"}))
        assert unit.drafts.get("D1") == newer
        same_moment = replace(newer, view_hash="2.abc")
        assert unit.drafts.save(same_moment)
        assert unit.drafts.get("D1") == same_moment


def test_the_latest_draft_of_a_form(database: Database) -> None:
    edit = {"transition": "resubmit", "ref": "SOW-1"}
    drafts = [
        draft("D1", later(hours=1)),
        draft("D2", later(hours=2)),
        draft("D3", later(hours=3), **edit),
        draft("D4", later(hours=4), **edit | {"ref": "SOW-2"}),
        draft("D5", later(hours=5), workflow="sales_asset"),
        draft("D6", later(hours=6), user="U_BEN"),
    ]
    with database.unit() as unit:
        for each in drafts:
            unit.drafts.save(each)
        assert unit.drafts.latest("U_ANA", "sow", "submit", None) == drafts[1]
        assert unit.drafts.latest("U_ANA", "sow", "resubmit", "SOW-1") == drafts[2]
        assert unit.drafts.latest("U_ANA", "sow", "resubmit", "SOW-3") is None
        assert unit.drafts.of("U_ANA") == drafts[4::-1]


def test_nobody_takes_over_a_draft(database: Database) -> None:
    stolen = draft(user="U_BEN", at=later(days=1), state={"client": "Ben's"})
    with database.unit() as unit:
        unit.drafts.save(draft())
        assert not unit.drafts.save(stolen)
        unit.drafts.drop("D1", "U_BEN")
        assert unit.drafts.get("D1") == draft()
        assert unit.drafts.of("U_BEN") == []


def test_only_the_newest_drafts_are_listed(database: Database) -> None:
    with database.unit() as unit:
        for n in range(25):
            unit.drafts.save(draft(f"D{n}", later(hours=n)))
        assert [each.id for each in unit.drafts.of("U_ANA")] == [f"D{n}" for n in range(24, 4, -1)]


def test_old_drafts_are_forgotten(database: Database) -> None:
    with database.unit() as unit:
        for n in range(3):
            unit.drafts.save(draft(f"D{n}", later(days=n)))
        assert unit.retention.pass_by(Passing.DRAFTS, later(days=2), 9, ()) == 2
        assert [each.id for each in unit.drafts.of("U_ANA")] == ["D2"]


def test_a_dropped_draft_is_forgotten(database: Database) -> None:
    with database.unit() as unit:
        unit.drafts.save(draft())
        unit.drafts.drop("D1", "U_ANA")
        unit.drafts.drop("D2", "U_ANA")
        assert unit.drafts.get("D1") is None
        assert unit.drafts.of("U_ANA") == []

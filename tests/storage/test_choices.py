"""The contracts of `Lists`, `Marks` and `Preferences`, on both databases."""

from storage.database import Database


def test_a_list_that_nobody_has_set_is_not_an_empty_one(database: Database) -> None:
    with database.unit() as unit:
        assert unit.lists.get("goals") is None
        unit.lists.put("goals", [])
        assert unit.lists.get("goals") == ()


def test_a_list_is_set_as_a_whole(database: Database) -> None:
    with database.unit() as unit:
        unit.lists.put("industries", ["Banking", "Retail"])
        unit.lists.put("industries", ("Öl & Gas", "Banking"))
        unit.lists.put("languages", ["English"])
        unit.commit()
    with database.unit() as unit:
        assert unit.lists.get("industries") == ("Öl & Gas", "Banking")
        assert unit.lists.get("languages") == ("English",)


def test_a_mark_names_its_versions_the_latest_first(database: Database) -> None:
    with database.unit() as unit:
        assert unit.marks.of("sha256:aa") == []
        for ref, version in (("SHELF-2", 7), ("SHELF-1", 1), ("SHELF-2", 8), ("SHELF-2", 7)):
            unit.marks.add("sha256:aa", ref, version)
        unit.marks.add("link:https://example.com/deck", "SHELF-3", 1)
        unit.commit()
    with database.unit() as unit:
        assert unit.marks.of("sha256:aa") == [("SHELF-2", 8), ("SHELF-1", 1), ("SHELF-2", 7)]
        assert unit.marks.of("link:https://example.com/deck") == [("SHELF-3", 1)]


def test_what_somebody_chose(database: Database) -> None:
    with database.unit() as unit:
        chosen = unit.preferences
        assert chosen.get("U_ANA", "announcements") == ""
        chosen.put("U_ANA", "announcements", "mail")
        chosen.put("U_BEN", "announcements", "mail")
        chosen.put("U_BEN", "digest", "mail")
        chosen.put("U_BEN", "announcements", "none")
        unit.commit()
    with database.unit() as unit:
        chosen = unit.preferences
        assert chosen.get("U_BEN", "announcements") == "none"
        assert chosen.having("announcements", "mail") == {"U_ANA"}
        assert chosen.having("announcements", "") == frozenset()


def test_a_choice_can_be_forgotten(database: Database) -> None:
    with database.unit() as unit:
        unit.preferences.put("U_ANA", "announcements", "mail")
        for _ in range(2):
            unit.preferences.put("U_ANA", "announcements", "")
        assert unit.preferences.get("U_ANA", "announcements") == ""
        assert unit.preferences.having("announcements", "mail") == frozenset()

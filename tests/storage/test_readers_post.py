"""What the outbox keeps back for its readers, on both databases."""

from datetime import UTC, datetime

from bot.ports import Parcel, Passing, Snooze
from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import NOW, eventually, later, parcel, promise
from tests.storage.test_post_office import claim, keys

FUTURE = datetime(2100, 1, 1, tzinfo=UTC)
ANA = "user:U_ANA"


def digest(key: str = "digest:U_ANA:1", at: datetime = NOW) -> Parcel:
    return Parcel(key=key, kind="digest", address=ANA, payload={}, due=at)


def test_what_is_put_off_waits_without_having_been_tried(database: Database) -> None:
    promise(database, parcel("a"), parcel("b"))
    [first] = claim(database.post_office)
    database.post_office.put_off(first, later(hours=2))
    [second] = claim(database.post_office)  # at once: no pace is kept where nothing was sent
    database.post_office.done(second)
    assert keys([second]) == ["b"]
    assert claim(database.post_office, later(hours=1)) == []
    [again] = claim(database.post_office, later(hours=2))
    assert (again.parcel.key, again.attempts, again.unsure_since) == ("a", 1, None)


def test_what_was_put_off_comes_in_the_order_in_which_it_was_promised(database: Database) -> None:
    promise(database, parcel("a"), parcel("b"), parcel("c"))
    for _ in range(3):
        [each] = claim(database.post_office)
        database.post_office.put_off(each, later(hours=2))
    came = []
    while found := claim(database.post_office, later(hours=2)):
        came += keys(found)
        database.post_office.done(found[0])
    assert came == ["a", "b", "c"]


def test_only_who_holds_the_lease_puts_off(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.done(first)
    database.post_office.put_off(first, later(hours=2))
    assert claim(database.post_office, FUTURE) == []


def test_what_was_put_off_can_be_let_go(database: Database) -> None:
    promise(database, parcel("a"), parcel("r", due=later(hours=5)), parcel("b", "user:U_BEN"))
    for each in claim(database.post_office):
        database.post_office.put_off(each, later(hours=2))
    with database.unit() as unit:
        unit.outbox.let_go(ANA, NOW)  # and then the database is gone
    assert claim(database.post_office) == []
    with database.unit() as unit:
        unit.outbox.let_go(ANA, NOW)
        unit.commit()
    [first] = claim(database.post_office)
    database.post_office.done(first)
    assert first.parcel.key == "a"
    assert claim(database.post_office) == []  # what has its own time keeps it


def test_a_digest_carries_what_is_gathered(database: Database) -> None:
    post_office = database.post_office
    promise(database, parcel("a"), parcel("b"))
    for _ in range(2):
        [each] = claim(post_office)
        assert post_office.gather(each, digest(at=later(hours=2)))
    assert claim(post_office, later(hours=1)) == []
    assert keys(list(post_office.gathered("digest:U_ANA:1"))) == ["a", "b"]
    assert [each.state for each in post_office.about("SOW-1")] == ["due", "due"]

    [carrier] = claim(post_office, later(hours=3))
    assert carrier.parcel.kind == "digest"
    post_office.carried("digest:U_ANA:1")
    post_office.done(carrier)
    assert post_office.gathered("digest:U_ANA:1") == []
    assert [each.state for each in post_office.about("SOW-1")] == ["sent", "sent"]
    assert claim(post_office, FUTURE) == []


def test_a_digest_that_was_begun_takes_no_more(database: Database) -> None:
    post_office = database.post_office
    promise(database, digest())
    [carrier] = claim(post_office)
    post_office.again(carrier, 0.0, "no_answer", unsure=True)
    promise(database, parcel("a"))
    # The digest, tried before, comes back first; only then the other one.
    [carrier] = eventually(lambda: claim(post_office))
    post_office.done(carrier)
    [late] = eventually(lambda: claim(post_office))
    assert not post_office.gather(late, digest())
    assert post_office.gather(late, digest("digest:U_ANA:2", FUTURE))
    assert post_office.gathered("digest:U_ANA:1") == []


def test_a_digest_that_may_be_there_takes_no_more_though_slack_was_away(
    database: Database,
) -> None:
    post_office = database.post_office
    promise(database, digest(), parcel("b", "user:U_BEN"))
    claimed = {each.parcel.key: each for each in claim(post_office)}
    post_office.again(claimed["digest:U_ANA:1"], 3600, "503", unsure=True, counted=False)
    assert not post_office.gather(claimed["b"], digest())
    assert post_office.gathered("digest:U_ANA:1") == []


def test_one_that_a_digest_cannot_tell_is_given_up_alone(database: Database) -> None:
    post_office = database.post_office
    promise(database, parcel("a"), parcel("b"))
    for _ in range(2):
        [each] = claim(post_office)
        assert post_office.gather(each, digest(at=later(hours=2)))
    spoilt, sound = post_office.gathered("digest:U_ANA:1")
    letter = parcel("letter", "user:U_ADAM")
    for _ in range(2):
        post_office.cast_out(spoilt, "KeyError", [letter])
    [told] = claim(post_office)
    assert told.parcel.key == "letter"
    assert keys(list(post_office.gathered("digest:U_ANA:1"))) == ["b"]
    [dead] = post_office.dead_letters()
    assert (dead.parcel.key, dead.error) == ("a", "KeyError")

    post_office.carried("digest:U_ANA:1")
    post_office.cast_out(sound, "KeyError", [parcel("too late", "user:U_ADAM")])
    assert keys(list(post_office.dead_letters())) == ["a"]


def test_of_several_replicas_one_has_the_digest(url: str, open_database: Open) -> None:
    one, other = open_database(url), open_database(url)
    promise(one, parcel("a"), parcel("b"))
    for database in (one, other):
        [each] = claim(database.post_office)
        assert database.post_office.gather(each, digest(at=later(hours=2)))
    claimed = [claim(database.post_office, later(hours=3)) for database in (one, other)]
    assert [keys(each) for each in claimed] == [["digest:U_ANA:1"], []]
    assert keys(list(other.post_office.gathered("digest:U_ANA:1"))) == ["a", "b"]


def test_what_nobody_wants_is_settled_and_told_apart(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.drop(first)
    assert claim(database.post_office, FUTURE) == []
    assert [each.state for each in database.post_office.about("SOW-1")] == ["dropped"]
    with database.unit() as unit:
        assert unit.retention.pass_by(Passing.PROMISES, FUTURE, 9, ()) == 1


def test_pings_are_counted_for_each_reader_from_an_instant_on(database: Database) -> None:
    post_office = database.post_office
    promise(database, parcel("a"), parcel("b", "user:U_BEN"))
    promise(database, parcel("silent", "user:U_CLEO"))
    for each in claim(post_office):
        if each.parcel.key != "silent":
            post_office.pinged(each, later(hours=1))
        post_office.done(each)
    with database.unit() as unit:
        assert unit.outbox.pings(ANA, NOW) == 1
        assert unit.outbox.pings(ANA, later(hours=1)) == 1
        assert unit.outbox.pings(ANA, later(hours=2)) == 0
        assert unit.outbox.pings("user:U_CLEO", NOW) == 0


def test_what_has_not_reached_people_is_found_only_while_slack_fails(database: Database) -> None:
    post_office = database.post_office
    promise(
        database,
        parcel("a"),
        parcel("a2"),
        parcel("b", "user:U_BEN", due=later(hours=3)),
        parcel("x", "channel:sow"),
    )

    def found(*kinds: str) -> list[str]:
        return keys(list(post_office.undelivered(later(hours=1), kinds)))

    assert found("notice") == []
    claimed = {each.parcel.key: each for each in claim(post_office)}
    post_office.again(claimed["x"], 3600, "no_answer", unsure=True)
    assert found("notice") == ["a", "a2"]
    assert found("card") == []
    post_office.put_off(claimed["a"], later(hours=2))
    assert found("notice") == ["a2"]


def test_what_has_not_reached_people_comes_in_pages(database: Database) -> None:
    post_office = database.post_office
    promise(database, *(parcel(f"p{n}", f"user:U{n}") for n in range(5)))
    for each in claim(post_office):
        post_office.again(each, 3600, "no_answer", unsure=True)
    came: list[str] = []
    last = 0
    while page := post_office.undelivered(later(hours=1), ["notice"], last, limit=2):
        assert len(page) <= 2
        came += keys(list(page))
        last = page[-1].id
    assert came == ["p0", "p1", "p2", "p3", "p4"]


def test_a_snooze_is_remembered_for_a_step_and_a_person(database: Database) -> None:
    once = Snooze(ref="SOW-1", step=2, user="U_ANA", times=1, until=later(hours=2))
    with database.unit() as unit:
        assert unit.snoozes.get("SOW-1", 2, "U_ANA") is None
        unit.snoozes.put(once)
        unit.commit()
    twice = Snooze(ref="SOW-1", step=2, user="U_ANA", times=2, until=later(hours=9))
    with database.unit() as unit:
        assert unit.snoozes.get("SOW-1", 2, "U_ANA") == once
        assert unit.snoozes.get("SOW-1", 3, "U_ANA") is None
        assert unit.snoozes.get("SOW-1", 2, "U_BEN") is None
        unit.snoozes.put(twice)
        unit.commit()
    with database.unit() as unit:
        assert unit.snoozes.get("SOW-1", 2, "U_ANA") == twice


def test_everything_that_somebody_chose_is_read_at_once(database: Database) -> None:
    with database.unit() as unit:
        unit.preferences.put("U_ANA", "one", "1")
        unit.preferences.put("U_ANA", "two", "2")
        unit.preferences.put("U_ANA", "one", "")
        unit.preferences.put("U_BEN", "one", "3")
        unit.commit()
    with database.unit() as unit:
        assert unit.preferences.of("U_ANA") == {"two": "2"}
        assert unit.preferences.of("U_CLEO") == {}

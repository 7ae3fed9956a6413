"""The contract of `Outbox` and `PostOffice`, on both databases."""

from datetime import UTC, datetime

from bot.ports import Backlog, Claimed, PostOffice
from bot.ports.post_office import OTHER, TOLD_APART
from storage.database import Database
from tests.storage.conftest import Open
from tests.storage.examples import NOW, eventually, later, parcel, promise
from tests.storage.test_dispatches import passed

FUTURE = datetime(3000, 1, 1, tzinfo=UTC)


def keys(claimed: list[Claimed] | tuple[Claimed, ...]) -> list[str]:
    return [each.parcel.key for each in claimed]


def claim(post_office: PostOffice, now: datetime = NOW, limit: int = 20) -> list[Claimed]:
    return list(post_office.claim(now, limit))


def test_a_parcel_comes_as_it_was_promised(database: Database) -> None:
    promised = parcel("notice:SOW-1:2")
    promise(database, promised)
    [claimed] = claim(database.post_office)
    assert claimed.parcel == promised
    assert (claimed.attempts, claimed.unsure_since, claimed.error) == (1, None, "")


def test_the_same_promise_made_twice_is_one(database: Database) -> None:
    promise(database, parcel("a"), parcel("a", "user:U_BEN"))
    promise(database, parcel("a", "user:U_DIAN"), parcel("b", "user:U_BEN"))
    found = claim(database.post_office)
    assert [(each.parcel.key, each.parcel.address) for each in found] == [
        ("a", "user:U_ANA"),
        ("b", "user:U_BEN"),
    ]


def test_a_promise_that_was_not_committed_is_none(database: Database) -> None:
    with database.unit() as unit:
        unit.outbox.add(parcel("a"))
    assert claim(database.post_office) == []


def test_nothing_goes_out_before_it_is_due(database: Database) -> None:
    promise(database, parcel("later", due=later(hours=1)), parcel("now"))
    assert keys(claim(database.post_office)) == ["now"]
    promise(database, parcel("other", "user:U_BEN", due=later(hours=1)))
    assert claim(database.post_office, later(minutes=59)) == []
    assert keys(claim(database.post_office, later(hours=1))) == ["other"]


def test_an_address_gets_one_parcel_at_a_time_in_the_order_of_promises(
    database: Database,
) -> None:
    promise(database, *(parcel(f"a{n}") for n in range(3)), parcel("b", "user:U_BEN"))
    order = []
    while found := claim(database.post_office):
        order.append(keys(found))
        assert claim(database.post_office) == []
        for each in found:
            database.post_office.done(each)
    assert order == [["a0", "b"], ["a1"], ["a2"]]


def test_at_most_so_many_at_once_the_oldest_promises_first(database: Database) -> None:
    promise(database, *(parcel(f"p{n}", f"user:U{9 - n}") for n in range(5)))
    assert keys(claim(database.post_office, limit=2)) == ["p0", "p1"]
    assert keys(claim(database.post_office, limit=2)) == ["p2", "p3"]


def test_whoever_is_behind_a_long_queue_does_not_wait_for_its_end(database: Database) -> None:
    promise(database, *(parcel(f"a{n}") for n in range(150)), parcel("b", "user:U_BEN"))
    [first] = claim(database.post_office, limit=2)
    assert first.parcel.key == "a0"
    assert keys(claim(database.post_office, limit=2)) == ["b"]
    assert claim(database.post_office, limit=2) == []
    database.post_office.done(first)
    assert keys(claim(database.post_office, limit=2)) == ["a1"]


def test_of_a_long_queue_first_comes_what_fell_due_first(database: Database) -> None:
    promise(database, *(parcel(f"late{n}", f"user:L{n}") for n in range(9)))
    promise(database, *(parcel(f"p{n}", f"user:U{n}", later(hours=-1)) for n in range(9)))
    found = [key for _ in range(9) for key in keys(claim(database.post_office, limit=2))]
    assert found == [
        *(f"p{n}" for n in range(8)),
        "late0",
        "p8",
        *(f"late{n}" for n in range(1, 9)),
    ]


def test_an_address_has_its_pace(url: str, open_database: Open) -> None:
    patient, quick = open_database(url, pace=3600), open_database(url, pace=0.05)
    promise(quick, parcel("a1"), parcel("a2"), parcel("b1", "user:U_BEN"))
    first, other = claim(quick.post_office)
    quick.post_office.done(first)
    patient.post_office.done(other)
    promise(quick, parcel("b2", "user:U_BEN"))
    assert keys(eventually(lambda: claim(quick.post_office))) == ["a2"]
    assert claim(quick.post_office) == []


def test_a_failed_parcel_comes_again_after_a_while(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.again(first, 0.05, "ratelimited", unsure=False)
    [second] = eventually(lambda: claim(database.post_office))
    assert (second.attempts, second.unsure_since, second.error) == (2, None, "ratelimited")
    database.post_office.again(second, 3600, "ratelimited", unsure=False)
    assert claim(database.post_office, FUTURE) == []


def test_a_parcel_in_back_off_is_overtaken(database: Database) -> None:
    promise(database, parcel("a1"), parcel("a2"))
    [first] = claim(database.post_office)
    database.post_office.again(first, 3600, "the card is not there yet", unsure=False)
    assert keys(claim(database.post_office)) == ["a2"]


def test_a_parcel_of_unknown_outcome_is_not_overtaken(database: Database) -> None:
    promise(database, parcel("a1"), parcel("a2"), parcel("b1", "user:U_BEN"))
    first, _other = claim(database.post_office)
    database.post_office.again(first, 0.05, "timeout", unsure=True)
    [second] = eventually(lambda: claim(database.post_office))
    assert second.parcel.key == "a1"
    database.post_office.again(second, 3600, "the card is not there yet", unsure=False)
    assert claim(database.post_office) == []


def test_whoever_gives_up_says_so_in_the_same_breath(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.dead(first, "is_archived", [parcel("dead:a", "user:U_SAM")])
    database.post_office.dead(first, "is_archived", [parcel("dead:a again", "user:U_SAM")])
    assert keys(claim(database.post_office)) == ["dead:a"]


def test_what_follows_is_promised_with_how_a_delivery_ended(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.again(first, 0, "503", unsure=False, then=[parcel("waits", "user:U_SAM")])
    second, waits = sorted(claim(database.post_office), key=lambda each: each.parcel.key)
    assert waits.parcel.key == "waits"
    database.post_office.done(second, then=[parcel("waited", "user:U_BEN")])
    assert keys(claim(database.post_office)) == ["waited"]


def test_nothing_follows_from_the_word_of_whoever_has_lost_the_lease(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.again(first, 0, "503", unsure=False)
    late = [parcel("late", "user:U_SAM")]
    database.post_office.again(first, 0, "503", unsure=False, then=late)
    database.post_office.done(first, then=late)
    assert keys(claim(database.post_office)) == ["a"]


def test_what_was_no_attempt_is_not_counted(database: Database) -> None:
    promise(database, parcel("a"))
    for _ in range(3):
        [found] = claim(database.post_office)
        assert found.attempts == 1
        database.post_office.again(found, 0, "ratelimited", unsure=False, counted=False)


def test_what_needed_no_delivery_costs_no_pace(url: str, open_database: Open) -> None:
    patient = open_database(url, pace=3600)
    promise(patient, parcel("a1"), parcel("a2"), parcel("a3"))
    for key in ("a1", "a2"):
        [found] = eventually(lambda: claim(patient.post_office))
        assert found.parcel.key == key
        patient.post_office.done(found, paced=key == "a2")
    assert claim(patient.post_office) == []


def test_whoever_is_held_is_said_and_can_be_released(database: Database) -> None:
    promise(database, parcel("a"))
    assert not database.post_office.is_held("*")
    database.post_office.hold("*", 3600)
    assert database.post_office.is_held("*")
    database.post_office.release("*")
    assert keys(eventually(lambda: claim(database.post_office))) == ["a"]


def test_an_unknown_outcome_is_remembered_with_the_first_attempt(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.again(first, 0, "timeout", unsure=True)
    [second] = claim(database.post_office)
    assert second.unsure_since is not None
    assert second.unsure_since.utcoffset() is not None
    database.post_office.again(second, 0, "ratelimited", unsure=False)
    [third] = claim(database.post_office)
    assert third.unsure_since == second.unsure_since
    assert third.attempts == 3


def test_a_worker_that_died_leaves_an_unknown_outcome(url: str, open_database: Open) -> None:
    dying, living = open_database(url, lease=0.0), open_database(url)
    promise(dying, parcel("a1"), parcel("a2"))
    [lost] = claim(dying.post_office)
    [found] = eventually(lambda: claim(living.post_office))
    assert found.parcel.key == "a1"
    assert found.attempts == 2
    assert found.unsure_since is not None
    dying.post_office.done(lost)
    dying.post_office.dead(lost, "too late")
    dying.post_office.again(lost, 0, "too late", unsure=True)
    assert claim(living.post_office) == []
    assert living.post_office.dead_letters() == []
    living.post_office.done(found)
    assert keys(claim(living.post_office)) == ["a2"]


def test_a_held_address_waits_and_others_do_not(database: Database) -> None:
    promise(database, parcel("a"), parcel("b", "user:U_BEN"))
    database.post_office.hold("user:U_ANA", 3600)
    database.post_office.hold("user:U_ANA", 0)
    assert keys(claim(database.post_office)) == ["b"]


def test_a_hold_outlives_the_delivery_that_caused_it(database: Database) -> None:
    promise(database, parcel("a"))
    [first] = claim(database.post_office)
    database.post_office.hold("user:U_ANA", 3600)
    database.post_office.again(first, 0, "ratelimited", unsure=False)
    assert claim(database.post_office) == []


def test_everybody_can_be_held(database: Database) -> None:
    promise(database, parcel("a"), parcel("b", "user:U_BEN"))
    database.post_office.hold("*", 3600)
    assert claim(database.post_office) == []


def test_a_hold_ends(database: Database) -> None:
    promise(database, parcel("a"), parcel("b", "user:U_BEN"))
    database.post_office.hold("*", 0.05)
    database.post_office.hold("user:U_ANA", 0.05)
    found: list[str] = []
    while len(found) < 2:
        found += keys(eventually(lambda: claim(database.post_office)))
    assert sorted(found) == ["a", "b"]


def test_the_backlog(database: Database) -> None:
    post_office = database.post_office
    assert post_office.backlog(NOW) == Backlog(due=0, oldest=0.0, dead=0)
    promise(database, parcel("a"), parcel("a2", due=later(minutes=1)), parcel("b", "user:U_BEN"))
    promise(database, parcel("c", due=later(hours=1)))
    first, second = claim(post_office)
    post_office.dead(second, "is_archived")
    waiting = Backlog(due=2, oldest=120.0, dead=1, by_kind={"user": (2, 120.0)})
    assert post_office.backlog(later(minutes=2)) == waiting
    post_office.done(first)
    waiting = Backlog(due=1, oldest=60.0, dead=1, by_kind={"user": (1, 60.0)})
    assert post_office.backlog(later(minutes=2)) == waiting


def test_since_when_parcels_have_been_tried_in_vain(database: Database) -> None:
    def stuck(prefix: str, saying: str = "") -> datetime | None:
        with database.unit() as unit:
            return unit.outbox.stuck(prefix, saying)

    named = {"mail:SOW-7:2": 2, "mail:SOW-7:1": 1, "mail:SOW-70:1": 0, "mail:SOW%7:": -1}
    promise(database, *(parcel(key, key, later(hours=h)) for key, h in named.items()))
    assert stuck("mail:") is None
    claimed = {each.parcel.key: each for each in claim(database.post_office, FUTURE)}
    for each in claimed.values():
        database.post_office.again(each, 0, "451 try later", unsure=False)
    promise(database, parcel("mail:SOW-7:0"))
    assert stuck("mail:SOW-7:") == later(hours=1)
    assert stuck("mail:SOW%7") == stuck("mail:") == later(hours=-1)
    assert stuck("mail:SOW-7:", "451 try") == later(hours=1)
    for said in ("452", "51 try", "451 try later on", "%", "451_"):
        assert stuck("mail:SOW-7:", said) is None
    for other in ("mail:SOW_7", "MAIL:", "mail:SOW-7:10", "\\", "ail:"):
        assert stuck(other) is None
    for each in claim(database.post_office, FUTURE):
        if each.parcel.key == "mail:SOW-7:1":
            database.post_office.done(each)
        elif each.parcel.key == "mail:SOW%7:":
            database.post_office.dead(each, "550 no such user")
    assert stuck("mail:SOW-7:") == later(hours=2)
    assert stuck("mail:") == NOW


def test_every_kind_of_address_is_counted_in_the_backlog(database: Database) -> None:
    addresses = [*(f"{each}:1" for each in TOLD_APART), "library:", "deal:D-7"]
    promise(database, *(parcel(each, each) for each in addresses))
    found = database.post_office.backlog(NOW).by_kind
    assert {each: found[each][0] for each in found} == dict.fromkeys(TOLD_APART, 1) | {OTHER: 2}


def test_delivered_parcels_are_forgotten_and_no_others(database: Database) -> None:
    promise(database, *(parcel(f"p{n}", f"user:U{n}") for n in range(4)))
    sent, dead, leased, waiting = claim(database.post_office)
    database.post_office.done(sent)
    database.post_office.dead(dead, "is_archived")
    database.post_office.again(waiting, 0, "fatal_error", unsure=False)
    database.post_office.hold("user:U0", 3600)
    assert passed(database, datetime(2000, 1, 1, tzinfo=UTC)) == 0
    assert passed(database, FUTURE) == 1
    database.post_office.tidy(FUTURE)
    promise(database, parcel("p0", "user:U7"), parcel("p1"), parcel("p2"), parcel("x", "user:U0"))
    assert keys(claim(database.post_office)) == ["p3", "p0"]
    assert keys(list(database.post_office.dead_letters())) == ["p1"]
    database.post_office.done(leased)
    promise(database, parcel("after the lease", "user:U2"))
    assert keys(claim(database.post_office)) == ["after the lease"]

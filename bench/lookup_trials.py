"""What people look up, next to the least indexed SQL that gives the same rows to the same person.

The raw SQL is one statement for each list: it reads terms in the order of their index, newest
first, asks by the same index whether a request has the others and whether its reader is concerned,
and reads the rows of those that it gives, as any answer needs them. Before it begins it knows what
the bot has to find out each time: the roles and stand-ins of its reader, how the words go on, and
which of the terms is the rarest. It makes no objects, and decides of nothing:
:func:`bot.facts.visible` does, of every request that the bot gives.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from random import Random

from sqlalchemy import Connection

from bench import lookup_raw as raw
from bench.trials import Trial
from bot import home
from bot.concerns import reach_of
from bot.desk import Desk, Gesture
from bot.home_lists import CLOSED, MINE, TEAM, WAITING, read_lists
from bot.lookups import answering
from bot.lookups.finding import offices_of, search
from bot.lookups.query import Query
from bot.ports import Reach, Unit
from workflows.definition import Stage
from workflows.roles import Seat

REP, ASSISTANT, HEAD = "UANA", "UDIAN", "UHUGO"
"""Who asks for a Statement of Work, who accepts it, and who sees all of them."""
ADMIN, LEFT = "UADA", "ULEO"
"""Who is asked where nobody else can act, and who has left something behind."""
CLIENTS = tuple(f"Client{number} Inc" for number in range(400))
PROJECTS = tuple(f"Project{number}" for number in range(50))
_PAGE = answering.PAGE
_SEED = 1999


def trials(desk: Desk, count: int) -> Mapping[str, Sequence[Trial]]:
    """Return so many trials of each kind: the same lists, or searches for something else."""
    dice = Random(_SEED)  # noqa: S311 - nothing is a secret here
    client, project = partial(_word_of, dice, CLIENTS[100:]), partial(_word_of, dice, PROJECTS[10:])
    tabs = {"Home of a rep": REP, "Home of an assistant": ASSISTANT, "Home of a head": HEAD}
    kinds: Mapping[str, Callable[[], Trial]] = {
        "client": lambda: _client(desk, client()),
        "two words": lambda: _words(desk, client(), project()),
        "word, by a rep": lambda: _word(desk, project()),
        "stage of a rep": lambda: _stage(desk),
        "open, of a rep": lambda: _open(desk),
        "waiting": lambda: _waiting(desk),
        "waiting, by an admin": lambda: _left_behind(desk),
        "everything": lambda: _everything(desk),
    }
    found = {name: [_home(desk, user)] * count for name, user in tabs.items()}
    return found | {kind: [make() for _ in range(count)] for kind, make in kinds.items()}


def _word_of(dice: Random, names: Sequence[str]) -> str:
    """Return the first word of one of ``names``; no other begins as it does, so it is one term."""
    return dice.choice(names).split()[0].casefold()


def _home(desk: Desk, user: str) -> Trial:
    """All lists of a tab, each of them as the tab reads it."""
    keys = list(desk.workflows)
    with desk.store.unit() as unit:
        offices = offices_of(desk, unit, user)
        leads = read_lists(desk, unit, user, offices)[2] is not None
    reach = reach_of(desk, user, offices)

    def query(unit: Unit) -> list[str]:
        lists = read_lists(desk, unit, user, offices_of(desk, unit, user))
        return [each.ref for some in lists if some for each in some.requests]

    def read(connection: Connection) -> list[str]:
        found = raw.waiting(connection, reach, WAITING + 1)[:WAITING]
        mine = [f"{key}+ {by}{user}" for key in keys for by in "ao"]
        team = [f"{key}+ " for key in ("sales_asset", "sow")]
        for terms, most in ((mine, MINE), (team if leads else [], TEAM)):
            if terms:
                rows = raw.newest(connection, terms, most + len(found) + 1)
                found += [ref for ref in rows if ref not in found][:most]
        ended = [f"{key}- {by}{user}" for key in keys for by in "aon"]
        return found + raw.newest(connection, ended, CLOSED + 1)[:CLOSED]

    return Trial(lambda: home.drawing(desk, user).view, query, read, is_exact=True)


def _client(desk: Desk, client: str) -> Trial:
    """Somebody who sees everything types a client's name."""
    query = Query(workflow="sow", client=client)
    terms = [f"sow+ c{client}", f"sow- c{client}"]
    return _search(desk, HEAD, f"sow client:{client}", query, terms)


def _words(desk: Desk, client: str, project: str) -> Trial:
    """They type two words, and both have to be there."""
    query = Query(workflow="sow", words=f"{client} {project}")
    rare, other = ([f"sow{half} w{word}" for half in "+-"] for word in (client, project))
    return _search(desk, HEAD, f"sow {client} {project}", query, rare, other)


def _word(desk: Desk, project: str) -> Trial:
    """Somebody who sees only their own types a word that is in many requests of others."""
    query = Query(workflow="sow", words=project)
    own = [f"sow{half} {by}{REP}" for half in "+-" for by in "aon"]
    words = [f"sow{half} w{project}" for half in "+-"]
    return _search(desk, REP, f"sow {project}", query, own, words)


def _stage(desk: Desk) -> Trial:
    """The assistant looks for what a rep has in drafting."""
    query = Query(workflow="sow", stages=(("sow", "drafting"),), people=(REP,))
    named = [f"sow+ {by}{REP}" for by in "aon"]
    return _search(desk, ASSISTANT, f"sow drafting <@{REP}>", query, named, ["sow+ sdrafting"])


def _open(desk: Desk) -> Trial:
    """The assistant looks for all that is open of a rep."""
    query = Query(workflow="sow", people=(REP,), is_open=True)
    named = [f"sow+ {by}{REP}" for by in "aon"]
    return _search(desk, ASSISTANT, f"sow open <@{REP}>", query, named)


def _waiting(desk: Desk) -> Trial:
    """The assistant looks for what waits for them, the newest first."""
    query = Query(workflow="sow", waiting=True, is_open=True)
    with desk.store.unit() as unit:
        reach: Reach = reach_of(desk, ASSISTANT, offices_of(desk, unit, ASSISTANT))
    places = {stage for key, stage in (*reach.held, *reach.owned) if key == "sow"}
    terms = [f"sow+ s{stage}" for stage in sorted(places)]
    return _search(desk, ASSISTANT, "sow waiting", query, terms)


def _left_behind(desk: Desk) -> Trial:
    """An admin looks for what waits for them: what somebody asked for who has left."""
    query = Query(workflow="sow", waiting=True, is_open=True)
    stages = [f"sow+ s{stage.name}" for stage in _asked_again(desk)]
    return _search(desk, ADMIN, "sow waiting", query, [f"sow+ a{LEFT}"], stages)


def _asked_again(desk: Desk) -> list[Stage]:
    return [each for each in desk.workflows["sow"].stages if Seat.ASKER in each.holders()]


def _everything(desk: Desk) -> Trial:
    """A rep types nothing: whatever concerns them, of every kind."""
    own = [f"{key}{half} {by}{REP}" for key in desk.workflows for half in "+-" for by in "aon"]
    return _search(desk, REP, "", Query(), own)


def _search(desk: Desk, user: str, typed: str, query: Query, *terms: raw.Terms) -> Trial:
    """The bot's answer to ``user``, and raw SQL for what has any of each of ``terms``."""
    gesture = Gesture(user=user, team="T1", surface="command")
    read, *others = terms

    def found(unit: Unit) -> list[str]:
        offices = offices_of(desk, unit, user)
        page = search(desk, unit, user, query, offices=offices, most=_PAGE)
        return [each.ref for each in page.requests]

    def least(connection: Connection) -> list[str]:
        return raw.newest(connection, read, _PAGE + 1, *others)[:_PAGE]

    whole = partial(answering.answer, desk, gesture, typed, None)
    return Trial(whole, found, least, is_exact=True)

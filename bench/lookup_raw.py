"""The least indexed SQL that finds requests by their terms, or by whom they wait for."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from bot.ports import Reach
from storage.request_rows import OPEN

Terms = Sequence[str]
"""Any of these."""
PLANNED = text("""
    SELECT set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)
""")
"""PostgreSQL reads in the order of an index, as the bot has it do: without, it sorts whatever has a
frequent term."""

_READ = """
    SELECT * FROM (
        SELECT at, ref FROM filed WHERE term = :read{nth}{others}
        ORDER BY at DESC, ref DESC LIMIT :most
    ) AS read{nth}
"""
_HAS = """ AND (
    SELECT 1 FROM filed AS has WHERE has.term {terms} AND has.at = filed.at
    AND has.ref = filed.ref LIMIT 1
) IS NOT NULL"""
_WAITS = """
    SELECT * FROM (
        SELECT since, ref FROM requests WHERE {open} AND {reason} ORDER BY since, ref LIMIT :most
    ) AS waits{nth}
"""


def newest(connection: Connection, read: Terms, most: int, *others: Terms) -> list[str]:
    """Return the first that have a term of ``read`` and of each of ``others``; read their rows."""
    values: dict[str, object] = {}
    streams: list[str] = []
    for nth, term in enumerate(read):
        values[f"read{nth}"] = term
        probes = ""
        for other, terms in enumerate(others):
            same = [each for each in terms if each.split()[0] == term.split()[0]]
            names = [f"other{nth}_{other}_{each}" for each in range(len(same))]
            values |= dict(zip(names, same, strict=True))
            several = ", ".join(f":{name}" for name in names)
            probes += _HAS.format(terms=f"= {several}" if len(same) == 1 else f"IN ({several})")
        streams.append(_READ.format(nth=nth, others=probes))
    union = " UNION ".join(streams)
    statement = f"""
        SELECT requests.* FROM ({union}) AS found JOIN requests ON requests.ref = found.ref
        ORDER BY found.at DESC, found.ref DESC LIMIT :most
    """  # noqa: S608 - our own columns
    return [row.ref for row in connection.execute(text(statement), values | {"most": most})]


def waiting(connection: Connection, reach: Reach, most: int) -> list[str]:
    """Return the first that wait for somebody, longest waiting first; read their rows."""
    values: dict[str, object] = {"user": reach.user, "most": most}
    reasons = []
    for nth, (workflow, stage) in enumerate((*reach.held, *reach.asked)):
        values |= {f"workflow{nth}": workflow, f"stage{nth}": stage}
        place = f"workflow = :workflow{nth} AND stage = :stage{nth}"
        asked = nth >= len(reach.held)
        reasons.append(f"{place} AND asker {'=' if asked else '<>'} :user")
    if reach.owned:
        places = [f"(:owned{nth}, :at{nth})" for nth in range(len(reach.owned))]
        for nth, (workflow, stage) in enumerate(reach.owned):
            values |= {f"owned{nth}": workflow, f"at{nth}": stage}
        reasons.append(f"owner = :user AND (workflow, stage) IN (VALUES {', '.join(places)})")
    is_open = str(OPEN.compile(dialect=connection.dialect))
    union = " UNION ".join(
        _WAITS.format(open=is_open, reason=reason, nth=nth) for nth, reason in enumerate(reasons)
    )
    statement = f"""
        SELECT requests.* FROM ({union}) AS found JOIN requests ON requests.ref = found.ref
        ORDER BY found.since, found.ref LIMIT :most
    """  # noqa: S608 - our own columns
    return [row.ref for row in connection.execute(text(statement), values)]

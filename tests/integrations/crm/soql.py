"""As much of SOQL as the double of Salesforce understands, and strictly no more.

After the "SOQL and SOSL Reference": SELECT with parent fields and one level of child queries,
WHERE with =, !=, LIKE and IN, ORDER BY, LIMIT. As there, AND and OR are not mixed without
parentheses, LIKE takes no notice of case, and quotes, backslashes, % and _ are escaped.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
Holds = Callable[[Callable[[str], Any]], bool]

_TOKEN = re.compile(
    r"""\s*(?: (?P<text>'(?:\\.|[^'\\])*')
             | (?P<number>-?\d+(?:\.\d+)?)
             | (?P<name>[A-Za-z_][\w.]*)
             | (?P<sign>!=|<=|>=|[=<>(),]) )""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_WORDS = ("true", "false", "null")


class Malformed(Exception):
    """The query is no SOQL that is understood here."""


@dataclass
class Query:
    """One SELECT. ``paths`` and ``filtered`` are field paths as they were written."""

    kind: str = ""
    paths: list[str] = field(default_factory=list)
    children: list["Query"] = field(default_factory=list)
    holds: Holds = lambda _value: True
    filtered: list[str] = field(default_factory=list)
    order: list[tuple[str, bool]] = field(default_factory=list)
    limit: int = 2000


def parse(text: str) -> Query:
    """Return the query that ``text`` is. Raises Malformed."""
    reader = _Reader(_tokens(text))
    query = reader.query(depth=0)
    if reader.rest:
        raise Malformed(f"unexpected token: {reader.rest[0]}")
    return query


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise Malformed(f"unexpected token: '{text[at : at + 10]}'")
        found.append(token[0].strip())
        at = token.end()
    return found


class _Reader:
    def __init__(self, tokens: Sequence[str]) -> None:
        self.rest = list(tokens)

    def query(self, depth: int) -> Query:
        query = Query()
        self._take("SELECT")
        while True:
            if self._next("("):
                if depth:
                    raise Malformed("a child query holds no other")
                query.children.append(self.query(depth + 1))
                self._take(")")
            else:
                query.paths.append(self._name())
            if not self._next(","):
                break
        self._take("FROM")
        query.kind = self._name()
        if self._next("WHERE"):
            query.holds = self._any(query)
        if self._next("ORDER"):
            self._take("BY")
            query.order.append(self._ordering())
            while self._next(","):
                query.order.append(self._ordering())
        if self._next("LIMIT"):
            query.limit = int(self.rest.pop(0))
        return query

    def _ordering(self) -> tuple[str, bool]:
        path = self._name()
        down = self._next("DESC")
        if not down:
            self._next("ASC")
        return path, down

    def _any(self, query: Query) -> Holds:
        """Read conditions that are joined by AND, or by OR, and not by both."""
        terms = [self._term(query)]
        joint = self.rest[0].upper() if self.rest else ""
        while joint in ("AND", "OR") and self._next(joint):
            terms.append(self._term(query))
        if self.rest and self.rest[0].upper() in ("AND", "OR"):
            raise Malformed(f"unexpected token: {self.rest[0]}")
        every = any if joint == "OR" else all
        return lambda value: every(term(value) for term in terms)

    def _term(self, query: Query) -> Holds:
        if self._next("("):
            inner = self._any(query)
            self._take(")")
            return inner
        path = self._name()
        query.filtered.append(path)
        sign = self.rest.pop(0).upper()
        if sign == "IN":
            wanted = self._list()
            return lambda value: value(path) in wanted
        literal = self.rest.pop(0)
        if sign == "LIKE":
            pattern = _pattern(literal)
            return lambda value: bool(pattern.fullmatch(str(value(path) or "")))
        wanted_one = _value(literal)
        if sign == "=":
            return lambda value: bool(value(path) == wanted_one)
        if sign == "!=":
            return lambda value: bool(value(path) != wanted_one)
        raise Malformed(f"unexpected token: {sign}")

    def _list(self) -> list[Any]:
        self._take("(")
        found = [_value(self.rest.pop(0))]
        while self._next(","):
            found.append(_value(self.rest.pop(0)))
        self._take(")")
        return found

    def _name(self) -> str:
        if not self.rest or not re.fullmatch(r"[A-Za-z_][\w.]*", self.rest[0]):
            raise Malformed(f"unexpected token: {self.rest[:1]}")
        return self.rest.pop(0)

    def _take(self, wanted: str) -> None:
        if not self._next(wanted):
            raise Malformed(f"expecting {wanted}, found {self.rest[:1]}")

    def _next(self, wanted: str) -> bool:
        if self.rest and self.rest[0].upper() == wanted:
            self.rest.pop(0)
            return True
        return False


def _value(literal: str) -> Any:  # noqa: ANN401 - as JSON has them
    if literal.startswith("'"):
        return _ESCAPED.sub(lambda found: _LETTERS.get(found[1], found[1]), literal[1:-1])
    if literal.lower() in _WORDS:
        return {"true": True, "false": False, "null": None}[literal.lower()]
    try:
        return float(literal)
    except ValueError:
        raise Malformed(f"unexpected token: {literal}") from None


def _pattern(literal: str) -> re.Pattern[str]:
    if not literal.startswith("'"):
        raise Malformed(f"invalid operator on {literal}")
    parts = re.findall(r"\\.|[^\\]", literal[1:-1], re.DOTALL)
    wild = {"%": ".*", "_": "."}
    said = "".join(
        wild.get(part) or re.escape(_LETTERS.get(part[-1], part[-1]) if part[1:] else part)
        for part in parts
    )
    return re.compile(said, re.IGNORECASE | re.DOTALL)

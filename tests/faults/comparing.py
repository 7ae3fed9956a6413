"""What people saw and what the database holds, to be compared with a run that nothing disturbed."""

import re
from collections import Counter
from dataclasses import dataclass, field

from bot.sending import opaque
from sandbox.state.records import Message
from sandbox.story.screen import Card, Home
from tests.faults.memory import rows
from tests.faults.stage import Stage
from tests.journeys.deals import attached, letters, text_of

_VOLATILE = (
    (re.compile(r"\b\d{1,2}:\d{2}\b"), "hh:mm"),
    (re.compile(r"\b(\d{4}-\d\d-\d\d)-\d{6}\b"), r"\1-hhmmss"),
    (re.compile(r"\b\d+ minutes?\b"), "minutes"),  # Slack delivers again after some of them
    (re.compile(r"/([ra])/[\w-]{16,}"), r"/\1/token"),
    (re.compile(r"\b[0-9a-f]{12,}\b"), "hash"),
    (re.compile(r"\b\d{10}\.\d{6}\b"), "ts"),
    (re.compile(r"\b[A-Z]0SB[A-Z2-7]{6}\b"), "id"),
)
_KEYS = "SELECT key FROM outbox"
_CARDS = """
    SELECT ref, kind, address, step, shown FROM cards WHERE ts <> '' AND NOT EXISTS (
        SELECT 1 FROM requests
        WHERE requests.ref = cards.ref AND cards.kind = 'decider' AND cards.step <> requests.step
    )
"""
_MOOT = """
    SELECT cards.channel, cards.ts FROM cards JOIN requests ON requests.ref = cards.ref
    WHERE cards.ts <> '' AND cards.kind = 'decider' AND cards.step <> requests.step
"""
"""Who was asked to decide in a step that is over may have heard of it in time, or not at all."""
_TIMELINE = "SELECT ref, action, actor, before, after FROM audit"
_REQUESTS = "SELECT ref, stage, version, step, asker, owner FROM requests"
_DRAFTS = 'SELECT "user", workflow, transition, resumable FROM drafts'
_ENVELOPES = "SELECT ref, version, standing, envelope <> '' FROM envelopes"
_INVOICES = "SELECT ref, number, invoice <> '' FROM partner_invoices"
_SETTINGS = 'SELECT key, source, CAST(value AS TEXT), version, "by" FROM overrides'
_BEHIND = (
    "SELECT cards.ref, cards.kind, cards.address FROM cards"
    " JOIN requests ON requests.ref = cards.ref"
    " WHERE cards.ts <> '' AND cards.kind IN ('asker', 'channel')"
    " AND cards.shown <> requests.version"
)
_DEAD = "SELECT key, error FROM outbox WHERE state = 'dead'"
_DOUBTFUL = """
    SELECT key FROM outbox WHERE state = 'due' AND unsure_since IS NOT NULL AND attempts > 0
"""
"""What a parcel in doubt has promised is asked about when its time comes: it was not tried yet."""

Fact = tuple[object, ...]


@dataclass(frozen=True)
class Picture:
    """What there is after a step: each fact as often as it is there."""

    said: Counter[Fact]
    held: Counter[Fact]
    messages: int


@dataclass
class Findings:
    """What went wrong, in words."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: "Findings", where: str) -> None:
        """Take over what went wrong elsewhere."""
        self.lost += [f"{each} ({where})" for each in other.lost]
        self.duplicated += [f"{each} ({where})" for each in other.duplicated]
        self.wrong += [f"{each} ({where})" for each in other.wrong]

    @property
    def all(self) -> list[str]:
        """Return everything that went wrong."""
        return [
            *(f"lost: {each}" for each in self.lost),
            *(f"duplicated: {each}" for each in self.duplicated),
            *(f"wrong: {each}" for each in self.wrong),
        ]


def picture(stage: Stage) -> Picture:
    """Return what everybody sees now, and what is remembered."""
    store = stage.workspace.slack.store
    ours = [each for each in store.messages.all() if each.bot_id]
    moot = set(rows(stage.settings.database_url, _MOOT))
    said = Counter[Fact](_said(stage, each) for each in ours if (each.channel, each.ts) not in moot)
    said.update(_said(stage, each) for each in store.messages.all() if _is_unfurled(each))
    for person in stage.workspace.people:
        if (home := _home(stage, person.id)) is not None:
            said["Home tab of", person.handle, _plain(home)] += 1
    for letter in letters(stage, to="@"):
        about = (str(letter["to"]), _plain(str(letter["subject"])))
        said["mail", *about, _plain(text_of(letter)), tuple(sorted(attached(letter)))] += 1
    if stage.partners is not None:
        said.update(stage.partners.facts())
    return Picture(said, _held(stage), len(ours))


def _said(stage: Stage, message: Message) -> Fact:
    store = stage.workspace.slack.store
    channel = store.channels[message.channel]
    people = [
        store.people[each].handle for each in channel.members if not store.people[each].is_bot
    ]
    place = channel.name or f"DM of {people[0]}"
    viewer = stage.person(people[0]).id
    card = Card(stage.workspace.slack, viewer, message.key)
    root = ""
    if message.thread_ts not in ("", message.ts):
        above = Card(stage.workspace.slack, viewer, f"{message.channel}/{message.thread_ts}")
        root = _plain(above.text).partition("\n")[0]
    return place, root, _plain(card.text), tuple(map(_plain, card.files))


def _is_unfurled(message: Message) -> bool:
    """Whether somebody else wrote it, and it says what we have put below it."""
    return not message.bot_id and bool(message.attachments)


def _home(stage: Stage, person: str) -> str | None:
    for view in stage.workspace.slack.store.views.all():
        if view.form == "home" and view.viewer == person:
            return Home(stage.workspace.slack, person, view.key).text
    return None


def _held(stage: Stage) -> Counter[Fact]:
    url = stage.settings.database_url
    held = Counter[Fact]()
    for what, query in (
        ("card", _CARDS),
        ("record", _TIMELINE),
        ("request", _REQUESTS),
        ("draft", _DRAFTS),
        ("setting", _SETTINGS),
        ("envelope", _ENVELOPES),
        ("invoice", _INVOICES),
    ):
        held.update((what, *row) for row in rows(url, query))
    return held


def _plain(text: str) -> str:
    for volatile, word in _VOLATILE:
        text = volatile.sub(word, text)
    return text


def compared(expected: Picture, found: Picture) -> Findings:
    """Return how what was found differs from what it is without any disturbance."""
    findings = Findings()
    for one, other in ((expected.said, found.said), (expected.held, found.held)):
        for fact in {*one, *other}:
            had, has = one[fact], other[fact]
            if has < had:
                findings.lost.append(f"{fact}, {had} times and now {has}")
            elif has > had > 0:
                findings.duplicated.append(f"{fact}, {had} times and now {has}")
            elif has > had:
                findings.wrong.append(f"{fact}, {has} times")
    return findings


def broken(stage: Stage) -> list[str]:
    """Return which promises do not hold, whatever has happened."""
    url = stage.settings.database_url
    database, library = stage.frontdesk.database, stage.frontdesk.desk.library
    found = [f"audit: {each}" for each in database.verify_audit(library=library)]
    found += [f"given up: {row}" for row in rows(url, _DEAD)]
    found += [f"in doubt: {key}" for (key,) in rows(url, _DOUBTFUL)]
    found += [f"an old card: {row}" for row in rows(url, _BEHIND)]
    found += stage.partners.problems if stage.partners else []
    promised = {opaque(each) for (key,) in rows(url, _KEYS) for each in _posted_as(str(key))}
    times = Counter(_key(each) for each in stage.workspace.slack.store.messages.all())
    del times[""]
    found += [f"a message without its fact: {key}" for key in times.keys() - promised]
    found += [f"a message posted {n} times: {key}" for key, n in times.items() if n > 1]
    return found


def _posted_as(key: str) -> tuple[str, ...]:
    """Return under which keys a parcel posts: an offer under that of what it is about.

    However often somebody edits a verdict, there is one offer.
    """
    return (key, key.rpartition(":")[0]) if key.startswith("verdict:") else (key,)


def _key(message: Message) -> str:
    payload = (message.metadata or {}).get("event_payload") or {}
    return str(payload.get("key", ""))

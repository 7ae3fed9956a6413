"""A Statement of Work that is with the client, in a real database, and the door to its page."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from bot import grants, links, moves
from bot.company import Company
from bot.desk import Desk
from bot.ports import Person
from bot.ports.entitlement import GRANT
from bot.review import Visitor
from bot.rulebook import Rulebook
from integrations.crm import EmbeddedCrm
from integrations.documents.renderer import TypstRenderer
from integrations.library.local import LocalLibrary
from integrations.mail import FolderMailer
from integrations.slack.workspace import SlackWorkspace
from modals.registry import find_forms
from storage.database import Database
from tests.migrated import have_migrated
from tests.web.review.sample import DOCUMENT, document_pdf
from web.review import routes
from web.review.visitors import Network
from workflows.calendar import Calendar
from workflows.deal import Record, SowDetails, Version, with_version
from workflows.definition import Given
from workflows.engine import Actor, Entry
from workflows.registry import find_workflows
from workflows.request import Request
from workflows.roles import Role

NOW = datetime(2026, 12, 3, 14, 5, tzinfo=UTC)
PUBLIC = "https://frontdesk.harborlight.example"
VISITOR = Visitor("192.0.2.7", "Mozilla/5.0 (a browser)")
JANE = ("Jane Doe", "jane@globex.example")
TOM = ("Tom Roe", "tom@globex.example")
DIAN = Person(user="UDIAN", team="T1", name="Dian Porter", email="dian@harborlight.example")
STEP = 5
"""Where the request stood when version 1 was sent."""
ANA = Person(user="UANA", team="T1", name="Ana Silva", email="ana@harborlight.example")


@dataclass
class StillClock:
    """Says what it was last told."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class House:
    """The desk, and a document that was sent to Jane and to Tom."""

    desk: Desk
    database: Database
    clock: StillClock
    jane: str
    tom: str
    """The tokens of their links."""

    @property
    def request(self) -> Request:
        with self.database.unit() as unit:
            found = unit.requests.get("SOW-7")
        assert found is not None
        return found

    @property
    def record(self) -> Record:
        record: Record = self.request.details.record
        return record

    @property
    def audited(self) -> list[Entry]:
        """What is on record after the document was sent, oldest first."""
        with self.database.unit() as unit:
            return [each for each in unit.requests.timeline("SOW-7") if each.action != "send"]

    def actions(self) -> list[str]:
        return [each.action for each in self.audited]

    def does(self, name: str, who: str = "UDIAN", reason: str = "", **values: object) -> None:
        """Somebody of Harborlight, or Frontdesk itself, does a transition."""
        with self.database.unit() as unit:
            request = unit.requests.get("SOW-7")
            assert request is not None
            workflow = self.desk.workflows["sow"]
            standing = (workflow, request, self.desk.office(unit, workflow))
            given = Given(reason=reason, values=values)
            moves.do(self.desk, unit, standing, name, Actor(who), given)
            unit.commit()

    def keeps(self, **parts: object) -> None:
        """Version 1 is on file with other parts, as if it had been made and sent so."""
        with self.database.unit() as unit:
            request = unit.requests.get("SOW-7")
            assert request is not None
            changed = with_version(request, **parts)
            unit.requests.save(replace(changed, version=request.version + 1))
            unit.commit()

    def sends_again(self, email: str, *others: str) -> None:
        """Dian sends version 1 anew, and the mails leave: the link is there for each of them."""
        self.does("send_again", contact_name=JANE[0], contact_email=email, others=others)
        request, at = self.request, self.clock.at
        newest = links.Sending(request.ref, 1, request.step)
        with self.database.unit() as unit:
            for to in (email, *others):
                unit.links.add(links.link_of(self.desk, "sow", newest, (JANE[0], to), at))
            unit.commit()

    def token(self, email: str) -> str:
        """Return the token of somebody's link of the newest sending."""
        sending = links.Sending("SOW-7", 1, self.record.versions[0].sent_step)
        return links.token_of(self.desk, sending, email)

    def drafts_again(self) -> None:
        """Dian writes version 2."""
        parts = {name: getattr(DOCUMENT, name) for name in DOCUMENT.__dataclass_fields__}
        self.does("draft", **(parts | {"title": "Forecasting service, pilot in one region"}))

    def later(self, **passed: float) -> None:
        self.clock.at += timedelta(**passed)

    @contextmanager
    def served(
        self, proxies: tuple[Network, ...] = (), elapsed: Mapping[str, float] | None = None
    ) -> Iterator[Starlette]:
        """The page as an ASGI app; ``elapsed["s"]`` is the time that its limits go by."""
        passed = elapsed or {"s": 0.0}
        with ThreadPoolExecutor(4) as pool:
            yield Starlette(routes=routes(self.desk, pool, proxies, lambda: passed["s"]))


@contextmanager
def open_house(folder: Path, public_url: str = PUBLIC, url: str = "") -> Iterator[House]:
    """A house on a fresh SQLite file, or the empty database at ``url``; version 1 sent at NOW."""
    url = url or f"sqlite:///{folder / 'frontdesk.db'}"
    have_migrated(url)
    database = Database(url, audit_key=b"a visibly fake audit key")
    clock = StillClock()
    desk = _desk(folder, database, clock, public_url)
    try:
        jane, tom = _sent(desk)
        yield House(desk, database, clock, jane, tom)
    finally:
        database.close()


def _desk(folder: Path, database: Database, clock: StillClock, public_url: str) -> Desk:
    company = Company(
        name="Harborlight", zone=ZoneInfo("America/New_York"), currency="USD", calendar=Calendar()
    )
    return Desk(
        rulebook=Rulebook(company),
        workflows=find_workflows(),
        forms=find_forms(),
        store=database,
        post_office=database.post_office,
        slack=SlackWorkspace("xoxb-not-a-real-token", "http://127.0.0.1:9/api/"),
        clock=clock,
        renderer=TypstRenderer(),
        mailer=FolderMailer(folder / "mail", "sales@harborlight.example", "Harborlight", clock),
        crm=EmbeddedCrm(database),
        library=LocalLibrary(folder / "library"),
        public_url=public_url,
        link_key=b"a visibly fake key of links",
        wake=lambda: None,
    )


def _sent(desk: Desk) -> tuple[str, str]:
    pdf, pages = document_pdf()
    with desk.store.unit() as unit:
        unit.people.put(DIAN, ANA)
        unit.people.hold(Role.SALES_ASSISTANT, frozenset({DIAN.user}))
        role = Role.SALES_ASSISTANT.value
        unit.audit.append(grants.entry(GRANT, NOW, role=role, user=DIAN.user, identity=""))
        request = _with_client(unit.files.put("SOW-7-v1.pdf", "application/pdf", pdf), pages)
        unit.requests.add(request, "")
        sending = links.Sending(request.ref, 1, request.step)
        for to in (JANE, TOM):
            unit.links.add(links.link_of(desk, request.workflow, sending, to, NOW))
        unit.audit.append(_entry())
        unit.commit()
    jane, tom = (links.url_of(desk, sending, email) for _, email in (JANE, TOM))
    return jane.rpartition("/")[2], tom.rpartition("/")[2]


def _with_client(sha256: str, pages: int) -> Request:
    version = Version(
        number=1,
        by=DIAN.user,
        at=NOW,
        total=DOCUMENT.total,
        sha256=sha256,
        pages=pages,
        sent_at=NOW,
        sent_step=STEP,
        sent_to=(JANE[1], TOM[1]),
        contact_name=JANE[0],
    )
    details = SowDetails(
        client="Globex Corporation",
        client_type="10x",
        need="A pilot.",
        amount=DOCUMENT.total,
        contact_name=JANE[0],
        contact_email=JANE[1],
        needed_by=date(2027, 1, 11),
        record=Record(document=DOCUMENT, versions=(version,)),
    )
    return Request(
        workflow="sow",
        ref="SOW-7",
        stage="with_client",
        asker=ANA.user,
        owner=DIAN.user,
        details=details,
        created_at=NOW,
        since=NOW,
        step=STEP,
    )


def _entry() -> Entry:
    return Entry(
        at=NOW,
        actor=DIAN.user,
        action="send",
        ref="SOW-7",
        before="ready",
        after="with_client",
        version=1,
        surface="button",
    )

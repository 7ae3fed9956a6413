"""Looking at a document by a private link; every visit is on record, and changes nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import IPv6Address, ip_address, ip_network

from bot import links
from bot.desk import Desk
from bot.errors import Problem
from bot.ports import Link, StoredFile, Unit
from bot.review.paper import Content, Paper, paper_of
from bot.review.pictures import Pages, Pictures
from bot.unmoved import beside
from messages import cleaning
from workflows.deal import record_of
from workflows.request import Request
from workflows.roles import Seat

SURFACE = "page"
"""Where the client acts, as the audit calls it."""

_LONGEST_AGENT = 300
_SHOWN = Pictures(most=8)
"""One for the process: what it keeps is named by its content, whoever asks for it."""


class NoSuchLink(Problem):
    """There is nothing under this link."""


class LinkVoid(Problem):
    """This link does not work any more. Please ask the person who sent it to you."""


class DocumentMissing(Exception):
    """The PDF of a version is not among the stored files."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who looks, as far as HTTP tells: an IP address, and what the browser calls itself."""

    ip: str
    agent: str

    @property
    def network(self) -> str:
        """What one visitor can choose addresses from: of IPv6 their network of 64 bits."""
        try:
            address = ip_address(self.ip)
        except ValueError:
            return self.ip
        if isinstance(address, IPv6Address):
            return str(ip_network((address, 64), strict=False))
        return self.ip

    @property
    def evidence(self) -> Mapping[str, str]:
        """What the audit keeps of a visitor; the browser's words are cut to 300 characters."""
        return {"ip": self.ip, "agent": cleaning.one_line(self.agent)[:_LONGEST_AGENT]}


@dataclass(frozen=True, slots=True)
class Visit:
    """A link that exists, what it leads to, and what it shows."""

    link: Link
    request: Request
    paper: Paper

    @property
    def evidence(self) -> Mapping[str, str]:
        """What the audit keeps of the link; of its hash only as much as tells links apart."""
        return {
            "link": self.link.token_hash[:12],
            "email": self.link.email,
            "name": self.link.name,
            "document version": str(self.link.version),
        }


def see(desk: Desk, token: str, visitor: Visitor) -> Paper:
    """Return what the link shows; the first look a day from an address is on record.

    Raises NoSuchLink, alike for tokens that are unknown and that never were any, and Unavailable.
    """
    with desk.store.unit() as unit:
        visit = found(desk, unit, token)
        _note(desk, unit, visit, visitor, "link_fetched")
        return visit.paper


def pdf(desk: Desk, token: str, visitor: Visitor) -> StoredFile:
    """Return the PDF under a name that says what it is; the day's first from an address is noted.

    Raises NoSuchLink, LinkVoid, DocumentMissing and Unavailable.
    """
    with desk.store.unit() as unit:
        visit = found(desk, unit, token)
        content = shown(visit.paper)
        file = unit.files.get(content.sha256)
        if file is None:
            raise DocumentMissing(content.sha256)
        _note(desk, unit, visit, visitor, "document_downloaded")
    return replace(file, name=f"{visit.paper.ref}-v{visit.paper.version}.pdf")


def picture(desk: Desk, token: str, number: int) -> bytes:
    """Return page ``number`` (from 1) as PNG.

    Raises NoSuchLink, also beyond the last page, LinkVoid, NotRendered, DocumentMissing and
    Unavailable.
    """
    with desk.store.unit() as unit:
        content = shown(found(desk, unit, token).paper)
    if not 1 <= number <= content.pages:
        raise NoSuchLink
    pages = _SHOWN.of(content.sha256, lambda: _rendered(desk, content.sha256))
    if number > len(pages):
        raise NoSuchLink
    return pages[number - 1]


def found(desk: Desk, unit: Unit, token: str) -> Visit:
    """Return what is behind a token, void or not. Raises NoSuchLink."""
    link = unit.links.get(links.hash_of(token))
    request = unit.requests.get(link.ref) if link else None
    if link is None or request is None or not links.is_genuine(desk, link, token):
        raise NoSuchLink
    versions = {each.number: each for each in record_of(request).versions}
    if link.version not in versions:
        raise NoSuchLink
    paper = paper_of(desk, unit, request, versions[link.version], link)
    return Visit(link, request, paper)


def shown(paper: Paper) -> Content:
    """Return what the paper shows of the document. Raises LinkVoid when that is nothing."""
    if paper.content is None:
        raise LinkVoid
    return paper.content


def _rendered(desk: Desk, sha256: str) -> Pages:
    """Return a document's pages; no transaction is open while they are made."""
    with desk.store.unit() as unit:
        file = unit.files.get(sha256)
    if file is None:
        raise DocumentMissing(sha256)
    return desk.renderer.pages(file.content)


def _note(desk: Desk, unit: Unit, visit: Visit, visitor: Visitor, action: str) -> None:
    now, request = desk.clock.now(), visit.request
    occasion = f"{action}:{visit.link.token_hash}:{visitor.network}:{now:%Y-%m-%d}"
    if not unit.deliveries.first(occasion, now):
        return
    detail = {**visitor.evidence, **visit.evidence}
    unit.audit.append(beside(request, action, Seat.CLIENT.value, SURFACE, now, detail))
    unit.commit()

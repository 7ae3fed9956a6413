"""The page's templates."""

import operator
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from sandbox.errors import Unknown
from sandbox.page import messages
from sandbox.page.address import Address
from sandbox.page.screen import Beside, Screen, look, members
from sandbox.slack import Slack

HERE = Path(__file__).parent
TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["merge"] = operator.or_


def page(slack: Slack, here: Address, beside: Beside) -> str:
    """The whole document: somebody's screen, or the choice of whom to be. Raises Unknown."""
    if not here.who:
        return people(slack, beside)
    return _screen("page.html", look(slack, here, beside))


def screen(slack: Slack, here: Address, beside: Beside) -> str:
    """Somebody's screen alone, as live updates carry it.

    A place that this person cannot see any more gives way to the one they would start at.
    """
    try:
        shown = look(slack, here, beside)
    except Unknown:
        shown = look(slack, Address(here.who), beside)
    return _screen("screen.html", shown)


def people(slack: Slack, beside: Beside, trouble: str = "") -> str:
    """The choice of whom to be."""
    team = str(slack.team["name"])
    facts = {"members": members(slack), "team": team, "beside": beside, "trouble": trouble}
    return draw("people.html", title=f"{team} · Sandbox, not Slack", **facts)


def _screen(template: str, shown: Screen) -> str:
    return draw(
        template,
        screen=shown,
        here=shown.here,
        place=shown.place,
        title=shown.title,
        quick=messages.QUICK,
    )


def draw(template: str, **facts: object) -> str:
    """A document; what it shows is escaped."""
    return TEMPLATES.get_template(template).render(**facts)

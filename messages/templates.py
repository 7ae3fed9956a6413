"""The templates: where they are, which one says what, and what they know."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from messages.asset_occasions import FILTERS as ASSET_OCCASIONS
from messages.facts import CardFacts
from messages.filters import FILTERS, done, printed, standing
from messages.markup import Marked
from messages.occasions import FILTERS as OCCASIONS
from workflows.privacy import is_private
from workflows.request import Vote

_GAP = re.compile(r"\n\s*\n")
FOLDER = Path(__file__).parent


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=False,  # noqa: S701  `printed` escapes for Slack; this would escape for HTML
        undefined=StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS | OCCASIONS | ASSET_OCCASIONS)
    return environment


_TEMPLATES = _environment()


def render(*names: str, **facts: object) -> Marked:
    """Return what the first template of ``names`` that exists says with ``facts``.

    Raises jinja2's UndefinedError when it needs more, and TypeError or
    :class:`messages.markup.BadMarkup` when it is wrong.
    """
    template = _TEMPLATES.select_template([f"{name}.j2" for name in names])
    return Marked(_GAP.sub("\n\n", template.render(facts)))


def about(facts: CardFacts, *, full: bool = False) -> dict[str, object]:
    """Return what templates know of a request; ``full``: long texts are not cut."""
    request, workflow = facts.request, facts.workflow
    known: dict[str, object] = {
        "workflow": workflow,
        "request": request,
        "details": request.details,
        "stage": workflow.stage(request.stage),
        "waiting_for": facts.waiting_for,
        "waiting_people": standing(facts.waiting_for, facts.standing),
        "away": facts.away,
        "waiting_role": facts.waiting_role,
        "escalates_at": facts.escalates_at,
        "escalates_to": facts.escalates_to,
        "last": facts.last,
        "last_done": done(facts.last.action, workflow) if facts.last else "",
        "last_reason": facts.last.detail.get("reason", "") if facts.last else "",
        "approved_by": _approved_by(facts),
        "stuck_mail_since": facts.stuck_mail_since,
        "stuck_crm_since": facts.stuck_crm_since,
        "crm": facts.crm,
        "billing_partner": facts.billing_partner,
        "stuck_billing_since": facts.stuck_billing_since,
        "stuck_file_since": facts.stuck_file_since,
        "stuck_seal_since": facts.stuck_seal_since,
        "stuck_partner": facts.stuck_partner,
        "stuck_signing_since": facts.stuck_signing_since,
        "still_signable_since": facts.still_signable_since,
        "today": facts.today,
        "deal": facts.deal,
        "private": is_private(request),
        "amounts": facts.withheld is None,
        "next_at": facts.next_at,
        "next_is": facts.next_is,
        "full": full,
    }
    headline = render(f"{workflow.key}/headline", **known)
    return known | {"headline": Marked(" ".join(headline.split()))}


def _approved_by(facts: CardFacts) -> tuple[Vote, ...]:
    """Return the approvals of the current stage in this round, in their order."""
    here = (facts.request.stage, facts.request.round)
    return tuple(vote for vote in facts.request.votes if (vote.stage, vote.round) == here)

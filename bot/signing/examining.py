"""The doctor's look at what clients sign: whether what templates name is as it was approved."""

from collections.abc import Iterator

from bot import templates
from bot.desk import Desk
from bot.doctor import Finding
from bot.errors import Unavailable
from bot.ports import NotRendered, Signatures, SignaturesRefused, SignaturesUnavailable, Template

_ANEW = "Put it right there, or hand the template in anew with another (/template)."


def examine(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each template in use that names what is signed in its place."""
    partner = desk.signatures
    if partner is None:
        return
    try:
        with desk.store.unit() as unit:
            used = [templates.approved(desk, unit, key) for key in templates.keys(unit)]
            found = [(each, templates.blank_as_approved(unit, each)) for each in used]
    except (NotRendered, Unavailable):
        return  # which is said elsewhere
    for template, changed in found:
        if template.blank:
            yield _examined(partner, template, changed)


def _examined(partner: Signatures, template: Template, changed: str) -> Finding:
    subject = f"{partner.name}'s template for {template.key}"
    try:
        blank = templates.blank_of(partner, template)
    except SignaturesUnavailable as away:
        fix = f"Ask again when {partner.name} answers."
        return Finding(subject, str(away), fix, unseen=True)
    except SignaturesRefused as refused:
        return Finding(subject, f"{template.blank} cannot be signed: {refused}", _ANEW)
    if template.version and not changed:
        return Finding(subject, f"{blank.name} was approved while nobody could look at it", _ANEW)
    if changed not in ("", blank.changed):
        return Finding(subject, f"{blank.name} was changed after it was approved", _ANEW)
    return Finding(subject, f"{blank.name} is as it was approved")

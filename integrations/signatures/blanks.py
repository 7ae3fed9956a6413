"""Templates in DocuSign that are signed in the place of our document, if still as approved.

Whoever changes one there changes what clients sign. So it is looked at before it is used, and the
draft is looked at before it leaves.
"""

from collections.abc import Iterable
from typing import Any

from bot.ports import Blank, Filled
from integrations.signatures.defining import ROLE
from integrations.signatures.session import Refused


def blank_of(template: Any) -> Blank:  # noqa: ANN401 - the library has no types
    """Return a template as a blank. Raises Refused for one in which no client can sign."""
    people = template.recipients
    signers: Iterable[Any] = (people.signers if people else None) or ()
    client = next((each for each in signers if each.role_name == ROLE), None)
    name = template.name or template.template_id
    if client is None:
        raise Refused("NO_ROLE", f"{name} has no signer in the role {ROLE}")
    if client.tabs is None or not client.tabs.sign_here_tabs:
        raise Refused("NO_SIGNATURE", f"in {name} there is nowhere for {ROLE} to sign")
    return Blank(
        id=template.template_id,
        name=name,
        changed=template.last_modified_date_time or template.last_modified or "",
        fields=frozenset(each.tab_label for each in client.tabs.text_tabs or ()),
    )


def must_be_as_approved(blank: Blank, filled: Filled) -> None:
    """Raise Refused where the blank was changed after it was approved, if that is known."""
    if filled.changed not in ("", blank.changed):
        why = (
            f"{blank.name} was changed there after it was approved here; hand the template in anew"
        )
        raise Refused("CHANGED", why)


def must_be_filled_in(envelope: Any, filled: Filled) -> None:  # noqa: ANN401 - the library has no types
    """Raise Refused where a field of a draft does not say what was approved."""
    people = envelope.recipients
    shown = {
        each.tab_label: _lines(each.value)
        for signer in (people.signers if people else None) or ()
        if signer.role_name == ROLE and signer.tabs is not None
        for each in signer.tabs.text_tabs or ()
    }
    wrong = [name for name, text in filled.fields.items() if shown.get(name, "") != _lines(text)]
    if wrong:
        raise Refused("FIELDS", f"these fields do not say what was approved: {', '.join(wrong)}")


def _lines(text: str | None) -> str:
    return "\n".join((text or "").split("\r\n")).strip()

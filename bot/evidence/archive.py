"""Where a record is taken from."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.company import Company
from bot.desk import Desk
from bot.ports import DocumentRenderer, Library, PostOffice, Store
from workflows.definition import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a record is put together from where nobody is connected to Slack; a desk has it, too."""

    company: Company
    workflows: Mapping[str, Workflow]
    store: Store
    post_office: PostOffice
    renderer: DocumentRenderer
    library: Library


Source = Archive | Desk
"""Anything that a record can be taken from."""


def head_of(store: Store) -> str:
    """Return the audit's last row as ``SEQ:MAC``, as ``verify-audit`` prints it."""
    seq, mac = store.head()
    return f"{seq}:{mac}"

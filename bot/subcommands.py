"""What somebody typed after a slash command, read: ``status SOW-7``, ``list``, ``help``, a typo."""

import re
from dataclasses import dataclass
from difflib import get_close_matches

from workflows.definition import Workflow

NAMES = ("list", "status", "help", "new")


@dataclass(frozen=True, slots=True)
class New:
    """Open the form."""


@dataclass(frozen=True, slots=True)
class List:
    """Show what waits on me and what is mine; with ``words``, what fits them."""

    words: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Show what can be typed."""


@dataclass(frozen=True, slots=True)
class Status:
    """Show one request: ``ref``, or the one that ``words`` name otherwise, by its client."""

    ref: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing we know; ``nearest`` is the name it resembles most, if any."""

    typed: str
    nearest: str | None


@dataclass(frozen=True, slots=True)
class Own:
    """Do what the workflow alone knows by this name; ``rest`` was typed after it."""

    name: str
    rest: str = ""


Subcommand = New | List | Help | Status | Own | Unknown


def read(workflow: Workflow, text: str) -> Subcommand:
    """Return what ``text`` asks for. A bare number or reference is a ``status``."""
    words = text.split()
    if not words:
        return New()
    name = words[0].lower()
    ref = ref_in(workflow, words[1] if len(words) > 1 else words[0])
    if ref and (name == "status" or len(words) == 1):
        return Status(ref)
    rest = text.strip()[len(words[0]) :].strip()
    plain: dict[str, Subcommand] = {
        "new": New(),
        "list": List(rest),
        "help": Help(),
        "status": Status("", rest),
    }
    if name in plain:
        return plain[name]
    if name in workflow.subcommands:
        return Own(name, rest)
    names = (*NAMES, *workflow.subcommands)
    nearest = get_close_matches(name, names, n=1, cutoff=0.5)
    return Unknown(text[:80], nearest[0] if nearest else None)


def ref_in(workflow: Workflow, word: str) -> str | None:
    """Return ``SOW-7`` for ``sow-7``, ``SOW7``, ``#7`` or ``7``; None for anything else."""
    prefixes = "|".join(workflow.prefixes)
    found = re.fullmatch(rf"\s*#?(?:({prefixes})-?)?(\d{{1,9}})\s*", word, re.IGNORECASE)
    return f"{(found[1] or workflow.prefix).upper()}-{int(found[2])}" if found else None

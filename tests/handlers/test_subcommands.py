"""Every subcommand that a workflow declares does something, and nothing else is listened to."""

from handlers.commands import OWN
from workflows.registry import find_workflows


def test_every_declared_subcommand_has_its_use_case() -> None:
    declared = {(each.key, name) for each in find_workflows().values() for name in each.subcommands}
    assert set(OWN) == declared

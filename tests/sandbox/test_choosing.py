"""Menus and boxes in which several things are chosen at once."""

from typing import Any

import pytest

from sandbox import Workspace, errors
from tests.sandbox.conftest import Bot
from tests.sandbox.test_block_kit import option, text
from tests.sandbox.test_modals import Opener, form, named


@pytest.fixture
def opener(bot: Bot, workspace: Workspace) -> Opener:
    return Opener(bot, workspace)


def chosen(options: list[dict[str, Any]]) -> list[str]:
    return [str(each["value"]) for each in options]


async def test_menus_of_many_say_all_that_is_chosen(opener: Opener) -> None:
    for action in ("tags", "team", "boxes"):
        opener.on_action(action)
    opener.on_submit()
    offered = [option("Fintech"), option("Retail"), option("Energy")]
    grouped = [{"label": text("Industry"), "options": offered}]
    kinds: dict[str, dict[str, Any]] = {
        "tags": {
            "type": "multi_static_select",
            "option_groups": grouped,
            "max_selected_items": 2,
            "initial_options": offered[2:],
        },
        "team": {"type": "multi_users_select"},
        "boxes": {"type": "checkboxes", "options": offered[:2]},
    }
    shown = await opener.open(
        form(
            *(
                named(name, element | {"action_id": name}, dispatch_action=True)
                for name, element in kinds.items()
            )
        )
    )
    assert chosen(shown.value("tags")) == ["Energy"]
    assert shown.options("tags") == ["Fintech", "Retail", "Energy"]
    await shown.choose("tags", ["Fintech", "Retail"])
    with pytest.raises(errors.BadValue, match="at most 2"):
        await shown.choose("tags", ["Fintech", "Retail", "Energy"])
    await shown.choose("team", ["mia", "sol"])
    await shown.check("boxes", "Retail")
    await shown.check("boxes")
    with pytest.raises(errors.FieldRequired, match="Boxes"):
        await shown.submit()
    await shown.check("boxes", "Fintech")
    assert (await shown.submit()).closed

    tags, team, *boxes, last = (body["actions"][0] for body in opener.heard[:-1])
    people = ["U0SBMIA000", "U0SBSOL000"]
    assert (tags["type"], chosen(tags["selected_options"])) == (
        "multi_static_select",
        ["Fintech", "Retail"],
    )
    assert (team["type"], team["selected_users"]) == ("multi_users_select", people)
    assert [chosen(each["selected_options"]) for each in boxes] == [["Retail"], []]
    values = opener.heard[-1]["view"]["state"]["values"]
    assert values["tags"]["tags"] == {
        "type": "multi_static_select",
        "selected_options": tags["selected_options"],
    }
    assert values["team"] == {"team": {"type": "multi_users_select", "selected_users": people}}
    assert values["boxes"]["boxes"] == {
        "type": "checkboxes",
        "selected_options": last["selected_options"],
    }

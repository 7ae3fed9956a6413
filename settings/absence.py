"""The table of ``frontdesk.toml`` about people who are away and roles that nobody holds."""

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from settings import entries
from settings.table import Table
from workflows.roles import Role

AWAY_SIGNS = (
    *("vacation", "holiday", "out of office", "ooo", "on leave", "parental leave", "sick"),
    *(":palm_tree:", ":face_with_thermometer:", ":airplane:", ":beach_with_umbrella:"),
)
"""What counts as a sign where nothing is said."""

_Role = Annotated[Role, BeforeValidator(entries.role)]


class AbsenceTable(Table):
    """Who seems to be away, and who does the work of a role that nobody holds."""

    signs: list[Annotated[str, AfterValidator(entries.filled)]] = Field(
        [*AWAY_SIGNS],
        description="Words and emoji in a Slack status by which somebody seems to be away.",
        examples=[["vacation", "on leave", ":palm_tree:"]],
    )
    offer_after_hours: Annotated[int, BeforeValidator(entries.whole(1, 1000))] = Field(
        4,
        description="After how many working hours whoever asked is offered to hand on what waits "
        "for somebody who seems to be away.",
        examples=[4],
    )
    fallbacks: dict[_Role, _Role] = Field(
        {},
        description="By role: whose holders do its work while nobody holds it, and are offered "
        "when its holders seem to be away; the admins do where nothing is said.",
        examples=[{"executive": "head_of_sales"}],
    )

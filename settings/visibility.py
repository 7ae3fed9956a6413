"""The table of ``frontdesk.toml`` about what only some may see."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from settings import entries
from settings.table import Table
from workflows.roles import Role


class VisibilityTable(Table):
    """What only some may see of a request that they may see."""

    amounts: list[Annotated[Role, BeforeValidator(entries.role)]] = Field(
        [],
        description="The roles that see amounts of money. Whoever asked, owns or decides a request "
        "sees its amounts as well, and so do auditors and the roles whose work is its money: the "
        "sales assistant and billing. Everybody else, and every channel, is told the same without "
        "amounts. Missing or empty: whoever may see a request sees its amounts.",
        examples=[["executive", "head_of_sales"]],
    )

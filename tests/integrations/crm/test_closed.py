"""A CRM that is set and cannot be used: it answers nobody, and says what helps."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from bot.ports import Crm, CrmUnavailable
from integrations.crm.closed import ClosedCrm

REF = "006000000000001AAA"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


ASKED: Mapping[str, Callable[[Crm], object]] = {
    "search": lambda crm: crm.search("globex"),
    "get": lambda crm: crm.get(REF),
    "several": lambda crm: crm.several([REF]),
    "note": lambda crm: crm.note(REF, "SOW-7:4", "Sent", NOON),
    "link": lambda crm: crm.link(REF, "Case study", "https://frontdesk.example/a/SHELF-3", NOON),
    "check": lambda crm: crm.check(),
}


@pytest.mark.parametrize("name", ASKED)
def test_whoever_asks_is_told_why_and_what_helps(name: str) -> None:
    crm = ClosedCrm("Salesforce", "jwt is not installed", "Install it.")
    with pytest.raises(CrmUnavailable, match="Salesforce cannot be used: jwt is not") as away:
        ASKED[name](crm)
    assert away.value.fix == "Install it."
    crm.close()

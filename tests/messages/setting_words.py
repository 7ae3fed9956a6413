"""Everything that is said of the settings, by the name of its golden file."""

from collections.abc import Iterator
from datetime import UTC, datetime

from messages.settings import (
    ChangeFacts,
    SettingFacts,
    changed,
    channel_trouble,
    imported,
    overview,
)
from tests.messages.demo import Said
from tests.workflows.harborlight import ADAM, HUGO, RYAN

_ROLE = ChangeFacts(
    by=ADAM,
    label="Executive",
    before=(RYAN, "@directors"),
    after=(RYAN, ADAM),
    people=True,
    themselves=(ADAM,),
    refs=("SOW-7", "SOW-9"),
)
_GROUP = ChangeFacts(
    by=ADAM,
    label="Executive",
    before=(RYAN,),
    after=(RYAN, "@directors", "eve@harborlight.example"),
    people=True,
    perhaps=("@directors", "eve@harborlight.example"),
)
_AMOUNTS = ChangeFacts(
    by=HUGO, label="Executive decides from", before=("100,000.00 USD",), after=(), is_back=True
)


def everything_of_the_settings() -> Iterator[tuple[str, Said]]:
    """Yield the page, and what others hear of a change."""
    at = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    yield (
        "settings overview",
        overview(
            {
                "Roles": [
                    SettingFacts(
                        name="role:executive",
                        label="Executive",
                        words=(RYAN, "@directors"),
                        people=True,
                        by=ADAM,
                        at=at,
                    )
                ],
                "Triage": [
                    SettingFacts(
                        name="triage_meeting", label="List for triage", words=("Monday at 09:00",)
                    )
                ],
                "Channels": [
                    SettingFacts(name="channel:audit", label="For the auditors", words=())
                ],
            }
        ),
    )
    quiet = SettingFacts(
        name="quiet",
        label="Quiet hours",
        words=("from 20:00", "to 08:00"),
        by="frontdesk",
        at=at,
        at_machine=True,
    )
    more = overview({"Messages": [quiet]}, ("company.name", "absence.fallbacks"))
    yield "settings more", more
    yield "setting changed role", changed(_ROLE)
    yield "setting changed group", changed(_GROUP)
    yield "setting changed amounts", changed(_AMOUNTS)
    thresholds = ("workflows.sow.thresholds", '{ USD = "100000" }', "")
    yield "settings imported", imported([thresholds])
    many = [(f"channels.{nth}", "", '"sales"') for nth in range(22)]
    yield "settings imported many", imported(many)
    yield "setting channel trouble", channel_trouble("Statement of Work", "sow-room")

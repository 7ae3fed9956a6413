"""The table of ``frontdesk.toml`` that says how people are reached."""

from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, Field

from settings import entries
from settings.table import Table
from workflows.attention import Manner, Quiet


class NotificationsTable(Table):
    """How people are reached who have not chosen otherwise; each can, by `/requests settings`."""

    quiet_from: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(20),
        description="When the quiet hours begin, in each person's own time zone: what is news to "
        "them waits until they end. 20:00 when missing; the same as quiet_until for none.",
        examples=["20:00"],
    )
    quiet_until: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(8), description="When they end; 08:00 when missing.", examples=["08:00"]
    )
    quiet_days_off: bool = Field(
        True,  # noqa: FBT003 - pydantic takes the default first
        description="Whether days on which nobody works are quiet from morning to night; true "
        "when missing.",
        examples=[True],
    )
    digest_at: Annotated[time, BeforeValidator(entries.clock_time)] = Field(
        time(9),
        description="At what time of a working day the digest comes, for those who want one; "
        "09:00 when missing.",
        examples=["09:00"],
    )
    most_pings: Annotated[int, BeforeValidator(entries.whole(1, 1000))] = Field(
        20,
        description="How many messages a day may sound at one person before what follows is put "
        "together; 20 when missing.",
        examples=[20],
    )
    most_snoozes: Annotated[int, BeforeValidator(entries.whole(0, 100))] = Field(
        3,
        description="How often somebody can put off the reminders of a request, at each step of "
        "it; 3 when missing.",
        examples=[3],
    )
    mail_after: Annotated[int, BeforeValidator(entries.whole(0, 1440))] = Field(
        60,
        description="After how many minutes in which Slack fails a mail stands in for what waits "
        "on somebody; 60 when missing, 0 for never. It needs FRONTDESK_SMTP_URL.",
        examples=[60],
    )

    def manner(self) -> Manner:
        """Return how people are reached by default."""
        return Manner(
            quiet=Quiet(self.quiet_from, self.quiet_until, days_off=self.quiet_days_off),
            digest_at=self.digest_at,
            most_pings=self.most_pings,
        )

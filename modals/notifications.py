"""How somebody wants to be reached: all of it in one form."""

from modals.fields import Choice, Option, Tick, Whole
from modals.form import Form
from workflows.attention import Topic, Wish

_WORDS = {
    Wish.NOW: "At once",
    Wish.DIGEST: "In my daily digest",
    Wish.OFF: "Not at all",
}

HALF_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30))
"""What is offered as a time of day."""

_TIMES = tuple(Option(each, each) for each in HALF_HOURS)


def _wish(topic: Topic) -> Choice:
    options = tuple(Option(each.value, _WORDS[each]) for each in topic.choices)
    return Choice(name=topic.value, label=topic.label, required=True, options=options)


NOTIFICATIONS = Form(
    key="notifications",
    title="Notifications",
    submit="Save",
    intro="Decisions, reminders, escalations, and what concerns money owed or trouble always reach "
    "you as messages of their own; outside of your quiet hours they come at once.",
    fields=(
        _wish(Topic.MINE),
        _wish(Topic.FOLLOWED),
        _wish(Topic.REPORTS),
        Tick(
            name="announcements_by_mail",
            label="Announcements of new assets",
            text="Send them to me by mail, too",
        ),
        Choice(
            name="quiet_from",
            label="My quiet hours begin at",
            hint="By the clock where you are. What comes waits until they end.",
            required=True,
            options=_TIMES,
        ),
        Choice(
            name="quiet_until",
            label="My quiet hours end at",
            hint="The same time as above: there are none.",
            required=True,
            options=_TIMES,
        ),
        Tick(
            name="quiet_days_off",
            label="Days off",
            text="Weekends and holidays are quiet all day",
        ),
        Tick(
            name="urgent_passes",
            label="Escalations",
            text="They may reach me in my quiet hours, too",
        ),
        Choice(
            name="digest_at",
            label="My digest comes at",
            hint="On working days, if there is anything to tell.",
            required=True,
            options=_TIMES,
        ),
        Whole(
            name="most_pings",
            label="Messages a day at most",
            hint="Then news come with the digest, and what waits as one message.",
            required=True,
            least=1,
            most=1000,
        ),
    ),
)

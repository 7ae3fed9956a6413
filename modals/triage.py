"""Forms with which triage does something else with a request than to accept or decline it."""

from modals.fields import Choice, Day, Text
from modals.form import Form

DEFERRAL = Form(
    key="deferral",
    title="Defer",
    submit="Defer",
    fields=(
        Day(
            name="until",
            label="Until when?",
            hint="On that day it is back in triage.",
            required=True,
            not_past=True,
        ),
        Text(
            name="reason",
            label="Why?",
            hint="The requester reads this.",
            required=True,
            multiline=True,
        ),
    ),
)
MERGING = Form(
    key="merging",
    title="Merge",
    submit="Merge",
    intro="Its requester hears from then on what becomes of the other request.",
    fields=(
        Choice(name="twin", label="Into which request?", required=True),
        Text(
            name="reason",
            label="Why?",
            hint="The requester reads this.",
            required=True,
            multiline=True,
        ),
    ),
)
SHELF_ANSWER = Form(
    key="shelf_answer",
    title="Answer from the shelf",
    submit="Answer",
    fields=(
        Choice(name="asset", label="Which asset does it?", required=True),
        Text(
            name="reason",
            label="A word to the requester",
            hint="They get it with the asset, and the request ends.",
            required=True,
            multiline=True,
        ),
    ),
)

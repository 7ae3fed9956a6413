"""Forms for what people say of an asset that they use."""

from modals.fields import Lookup, Text
from modals.form import Form

FEEDBACK_WORD = Form(
    key="feedback_word",
    title="A word about it",
    submit="Send",
    fields=(
        Text(
            name="word",
            label="What helped, what was missing?",
            hint="The owner and marketing read this.",
            required=True,
            multiline=True,
            max_length=500,
            longest=500,
        ),
    ),
)
LEARNING = Form(
    key="learning",
    title="Log a learning",
    submit="Log",
    fields=(
        Text(
            name="reason",
            label="What was learned?",
            hint="It stands with the asset and in the next triage.",
            required=True,
            multiline=True,
        ),
    ),
)
OUTDATED_REPORT = Form(
    key="outdated_report",
    title="Report as outdated",
    submit="Report",
    fields=(
        Text(
            name="reason",
            label="What is outdated in it?",
            hint="Its owner and the sales manager read this.",
            required=True,
            multiline=True,
        ),
    ),
)
USE_IN_DEAL = Form(
    key="use_in_deal",
    title="Use it in a deal",
    submit="Save",
    fields=(
        Lookup(
            name="deal",
            label="In which deal?",
            hint="Pick a deal, or write its name, number or link.",
            required=True,
        ),
    ),
)

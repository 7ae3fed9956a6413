"""A few words beside the score of a closed request."""

from modals.fields import Text
from modals.form import Form

FORM = Form(
    key="opinion",
    title="A word about it",
    submit="Send",
    fields=(
        Text(
            name="word",
            label="What went well, what should be better?",
            hint="It is read in the monthly report, without your name.",
            required=True,
            multiline=True,
            max_length=500,
        ),
    ),
)

"""The form for one version of a sales asset while it is developed."""

from modals.fields import Checks, Files, Link, Text
from modals.form import Form

FORM = Form(
    key="asset_draft",
    title="Draft",
    submit="Make this version",
    fields=(
        Files(
            name="files",
            label="The draft as a file",
            hint="A file or a link is needed.",
            most=1,
            or_link="link",
            one_is_needed=True,
        ),
        Link(
            name="link",
            label="Or a link to it",
            placeholder="https://drive.example/deck",
        ),
        Text(name="note", label="What is new in it?", required=True, multiline=True),
        Checks(
            name="touches",
            label="Which reviews does it touch?",
            hint="The lanes that asked for changes look at it anyway.",
        ),
    ),
)

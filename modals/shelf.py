"""Forms for an asset on the shelf: put there, described anew, reviewed."""

from modals.fields import Choice, Day, Files, Link, Several, Text
from modals.form import Form

LONGEST_USE = 300

TITLE = Text(name="title", label="Title", required=True, max_length=120)
ASSET_TYPE = Choice(name="asset_type", label="Which kind of asset?", required=True)
USE_WHEN = Text(
    name="use_when",
    label="When should colleagues use it?",
    required=True,
    multiline=True,
    max_length=LONGEST_USE,
    longest=LONGEST_USE,
)
WHOM_FOR = Text(name="whom_for", label="For whom is it?", required=True, max_length=200)
TAGS = (
    Several(name="industries", label="Industries"),
    Several(name="audiences", label="Audiences"),
    Several(name="languages", label="Languages"),
    Several(name="products", label="Products"),
)
"""The tags by which it is found, all of them from the lists that an admin keeps."""
REVIEW_BY = Day(
    name="review_by",
    label="Review it by",
    hint="After that day it is marked as outdated.",
    required=True,
    not_past=True,
)

FORM = Form(
    key="shelf",
    title="Put on the shelf",
    submit="Hand in",
    fields=(
        TITLE,
        ASSET_TYPE,
        USE_WHEN,
        WHOM_FOR,
        Files(
            name="files",
            label="The asset as a file",
            hint="A file or a link is needed.",
            most=1,
            or_link="link",
            one_is_needed=True,
        ),
        Link(name="link", label="Or a link to it", placeholder="https://drive.example/deck"),
        *TAGS,
        REVIEW_BY,
    ),
)
RETAGGING = Form(
    key="retagging",
    title="Describe it anew",
    submit="Save",
    fields=(TITLE, ASSET_TYPE, USE_WHEN, WHOM_FOR, *TAGS),
)
RENEWAL = Form(
    key="renewal",
    title="Still up to date",
    submit="Confirm",
    fields=(REVIEW_BY,),
)

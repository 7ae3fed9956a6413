"""The form that delivers an approved asset, and with it describes what goes on the shelf."""

from modals.fields import Choice, Option, Text
from modals.form import Form
from modals.shelf import ASSET_TYPE, REVIEW_BY, TAGS, TITLE, USE_WHEN, WHOM_FOR

FORM = Form(
    key="delivery",
    title="Deliver",
    submit="Deliver",
    fields=(
        TITLE,
        ASSET_TYPE,
        USE_WHEN,
        WHOM_FOR,
        *TAGS,
        Text(
            name="missing_tag",
            label="A tag that is missing",
            hint="An admin is asked to add it.",
            max_length=60,
        ),
        Choice(
            name="missing_list",
            label="What kind of tag is that?",
            default="products",
            options=(
                Option("industries", "An industry"),
                Option("audiences", "An audience"),
                Option("languages", "A language"),
                Option("products", "A product"),
            ),
        ),
        REVIEW_BY,
    ),
)

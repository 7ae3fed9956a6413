"""The form for a document template."""

from modals.fields import Choice, Files, Option, Text
from modals.form import Form

FORM = Form(
    key="template",
    title="Document template",
    submit="Hand in",
    intro=(
        "A template is a Typst file (.typ). It is tried out with an example, and documents are "
        "made from it once the head of sales has approved it."
    ),
    fields=(
        Choice(
            name="key",
            label="For which documents?",
            required=True,
            default="sow",
            options=(
                Option("sow", "Statements of Work (instead of the usual template)"),
                Option("sow-api", "Statements of Work for API clients"),
                Option("sow-10x", "Statements of Work for 10x clients"),
            ),
        ),
        Text(
            name="note",
            label="What is new in it?",
            hint="The head of sales reads this before approving it.",
            required=True,
            multiline=True,
        ),
        Files(name="files", label="The template", required=True),
    ),
)

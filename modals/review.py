"""Forms of the reviews of a draft: what a lane says to it, and where two lanes contradict."""

from modals.fields import Checks, Choice, Option, Text
from modals.form import Form
from workflows.asset_review import Topic

APPROVAL = Form(
    key="lane_approval",
    title="Approve",
    submit="Approve",
    fields=(
        Checks(
            name="points",
            label="Your checklist",
            required=True,
            all_needed="Please tick every point, or ask for changes.",
        ),
        Text(name="remark", label="A remark", multiline=True),
    ),
)
CHANGES = Form(
    key="lane_changes",
    title="Request changes",
    submit="Request changes",
    fields=(
        Text(
            name="reason",
            label="What should change?",
            hint="The owner gets one list with the changes of all lanes.",
            required=True,
            multiline=True,
        ),
    ),
)
WAIVER = Form(
    key="waiver",
    title="Not applicable",
    submit="Confirm",
    fields=(
        Text(
            name="reason",
            label="Why is there nothing technical to check?",
            hint="It stays on record.",
            required=True,
            multiline=True,
        ),
    ),
)
OBJECTION = Form(
    key="objection",
    title="Object",
    submit="Object",
    intro="That review looks at the new version, too.",
    fields=(
        Choice(name="lane", label="Which review does it touch?", required=True),
        Text(
            name="reason",
            label="What in it?",
            hint="Everybody concerned reads this.",
            required=True,
            multiline=True,
        ),
    ),
)
CONFLICT = Form(
    key="conflict",
    title="Reviews contradict",
    submit="Ask for a decision",
    fields=(
        Choice(name="first", label="Which review?", required=True),
        Choice(name="second", label="And which other one?", required=True),
        Choice(
            name="topic",
            label="What is it about?",
            hint="The head of sales decides on the first, of marketing on the other.",
            required=True,
            options=(
                Option(Topic.NARRATIVE, "The sales narrative"),
                Option(Topic.CONTENT, "Brand or technical content"),
            ),
        ),
        Text(name="reason", label="What do they disagree about?", required=True, multiline=True),
    ),
)
RESOLUTION = Form(
    key="resolution",
    title="Decide",
    submit="Decide",
    fields=(
        Choice(name="upholds", label="Which review is right?", required=True),
        Text(
            name="reason",
            label="What is to be done?",
            hint="The owner and the reviewers read this.",
            required=True,
            multiline=True,
        ),
    ),
)

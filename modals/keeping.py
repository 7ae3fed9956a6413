"""Forms for what an admin keeps for sales assets: controlled lists, and what a score is made of."""

from modals.entries import Entries, Goals, Guidelines
from modals.fields import Whole
from modals.form import Form
from workflows.priority import Criterion

_ONE_A_LINE = "One a line."

LISTS = Form(
    key="lists",
    title="Lists for sales assets",
    submit="Save",
    intro="What is taken out of a list stays where it is in use, but is offered no longer.",
    fields=(
        Entries(name="asset_types", label="Kinds of assets", hint=_ONE_A_LINE),
        Entries(name="industries", label="Industries", hint=_ONE_A_LINE),
        Entries(name="audiences", label="Audiences", hint=_ONE_A_LINE),
        Entries(name="languages", label="Languages", hint=_ONE_A_LINE),
        Entries(name="products", label="Products", hint=_ONE_A_LINE),
        Goals(
            name="goals",
            label="Goals of sales enablement",
            hint="One a line: name = weight from 1 to 10; the weight may be left out.",
        ),
        Guidelines(
            name="guidelines",
            label="Guidelines and templates",
            hint="One a line: name | link. The owner of a request gets them.",
        ),
    ),
)

_LABELS = {
    Criterion.DEAL_VALUE: "Value of the deal",
    Criterion.DEAL_URGENCY: "Urgency of the deal",
    Criterion.DEADLINE: "Deadline of the request",
    Criterion.REUSE: "Use by others",
    Criterion.GOALS: "Goals of sales enablement",
}

WEIGHTS = Form(
    key="weights",
    title="What a score is made of",
    submit="Save",
    intro="How much each counts against the others: only the proportions matter.",
    fields=tuple(
        Whole(name=each.value, label=_LABELS[each], required=True, least=0, most=100)
        for each in Criterion
    ),
)

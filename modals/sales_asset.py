"""The form for a sales asset: the mandatory fields of the SOP first, then what helps triage.

The kinds of assets, industries, audiences, languages and goals are those of the occasion; of a
list that nobody has filled nothing is asked. One kind has to be ``other``.
"""

from modals.fields import Choice, Day, Files, Lookup, Option, Reference, Shown, Text, Tick
from modals.form import Form

FORM = Form(
    key="sales_asset",
    title="Sales asset",
    submit="Send request",
    fields=(
        Text(name="requester_name", label="Your name", required=True, max_length=150),
        Text(
            name="requester_role",
            label="Your role",
            placeholder="Sales rep",
            required=True,
            max_length=150,
        ),
        Choice(
            name="asset_type",
            label="Which kind of asset?",
            required=True,
            options=(
                Option("deck", "Deck"),
                Option("case_study", "Case study"),
                Option("brochure", "Brochure"),
                Option("one_pager", "One-pager"),
                Option("proposal_template", "Proposal template"),
                Option("master_deck", "Master deck"),
                Option("video", "Video"),
                Option("other", "Other"),
            ),
        ),
        Text(
            name="asset_type_other",
            label="What is it, then?",
            required=True,
            max_length=100,
            show_if=Shown("asset_type", ("other",)),
        ),
        Choice(
            name="kind",
            label="New, or an update?",
            required=True,
            options=(
                Option("new", "A new asset"),
                Option("update", "An update of an existing asset"),
            ),
        ),
        Reference(
            name="existing_asset",
            label="Which asset should be updated?",
            hint="Its name or link.",
            required=True,
            show_if=Shown("kind", ("update",)),
        ),
        Text(
            name="purpose",
            label="What is it for?",
            hint="For example an upcoming proposal, a demo or a campaign.",
            required=True,
            multiline=True,
        ),
        Day(
            name="deadline",
            label="Needed by",
            required=True,
            not_past=True,
            cues=("by", "until", "before", "due", "due by", "deadline", "need it", "on", "for"),
        ),
        Choice(name="industry", label="Industry"),
        Choice(name="audience", label="Audience"),
        Choice(name="language", label="Language"),
        Choice(name="goal", label="Which goal does it serve?"),
        Text(
            name="special_notes",
            label="Special notes",
            hint="Branding, customization.",
            multiline=True,
        ),
        Lookup(
            name="opportunity",
            label="Linked opportunity",
            cues=("opportunity", "opp", "deal", "crm"),
            hint="Pick a deal, or write its name, number or link.",
        ),
        Choice(
            name="reuse",
            label="Will others use it, too?",
            default="one_off",
            options=(
                Option("one_off", "No, one-off"),
                Option("reusable", "Yes, reusable"),
            ),
        ),
        Files(name="files", label="Files"),
        Tick(
            name="private",
            label="Private",
            text="Only the people concerned and auditors see it",
        ),
    ),
)

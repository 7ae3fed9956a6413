"""Forms about bank statements: the file, which of its columns is which, and what a row pays."""

from modals.fields import Choice, Files, Option, Several, Text, Tick
from modals.form import Form
from workflows.dating import DateOrder
from workflows.money_words import Mark

NONE = "none"
"""The column that there is not."""

AS_SHOWN = "as_shown"
"""The order or the mark that the file itself shows, where it shows only one."""

STATEMENT = Form(
    key="bank_statement",
    title="A bank statement",
    submit="Read it",
    intro="What came in is compared with the invoices that wait for money. Nothing is recorded "
    "before you confirm it, payment by payment.",
    fields=(
        Files(
            name="files",
            label="CSV files",
            hint="As your bank exports transactions, with the names of the columns.",
            required=True,
            most=5,
        ),
    ),
)

MAPPING = Form(
    key="bank_mapping",
    title="Which column is which",
    submit="Save",
    fields=(
        Text(
            name="bank",
            label="Which bank or account is this?",
            hint="The next file with these columns is read in the same way.",
            required=True,
            max_length=80,
        ),
        Choice(name="date", label="The day", required=True),
        Choice(
            name="order",
            label="How days are written",
            default=AS_SHOWN,
            options=(
                Option(AS_SHOWN, "As the file shows"),
                Option(DateOrder.DAY_FIRST, "Day, month, year"),
                Option(DateOrder.MONTH_FIRST, "Month, day, year"),
                Option(DateOrder.YEAR_FIRST, "Year, month, day"),
            ),
        ),
        Choice(name="amount", label="The amount", default=NONE),
        Choice(
            name="credit",
            label="Or the money that came in",
            hint="Where that has a column of its own. What went out is passed over.",
            default=NONE,
        ),
        Several(
            name="direction",
            label="Only these rows are money in",
            hint="Where amounts have no minus, and a column says H, CR or Credit.",
            most=8,
        ),
        Choice(
            name="mark",
            label="How decimals begin",
            default=AS_SHOWN,
            options=(
                Option(AS_SHOWN, "As the file shows"),
                Option(Mark.POINT, "With a point: 1,234.56"),
                Option(Mark.COMMA, "With a comma: 1.234,56"),
            ),
        ),
        Choice(name="currency", label="The currency", default=NONE),
        Text(
            name="fixed",
            label="Or everything is in",
            placeholder="USD",
            hint="A currency by its three letters.",
            max_length=3,
        ),
        Several(
            name="reference",
            label="The text",
            hint="Wherever a client may have written the number of an invoice.",
            required=True,
            most=5,
        ),
        Choice(name="payer", label="Who paid", default=NONE),
        Choice(
            name="transaction",
            label="The bank's own number",
            hint="One that no other transaction ever has; few banks give one.",
            default=NONE,
        ),
    ),
)
"""The columns are offered when it is opened."""

CHOICE = Form(
    key="bank_choice",
    title="Which invoice is paid?",
    submit="Record payment",
    fields=(
        Choice(
            name="invoice",
            label="Open invoices",
            hint="The likeliest first. What the bank says is recorded on it.",
        ),
        Text(
            name="number",
            label="Or the number of another one",
            hint="Only what was sent, is open and in the same currency.",
            max_length=140,
        ),
        Tick(
            name="sure",
            label="If it looks unusual",
            text="I have checked this",
            hint="More than the balance, or a reference that was used before.",
        ),
    ),
)
"""The invoices are offered when it is opened."""

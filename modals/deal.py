"""The form for a deal, and what every deal must satisfy, wherever it comes from."""

from dataclasses import dataclass

from modals.fields import Amount, Day, Email, Files, Invalid, Reference, Text
from modals.fields.choice import LONGEST_VALUE
from modals.form import Form


@dataclass(frozen=True, kw_only=True)
class DealLink(Reference):
    """A sound ``http(s)`` link into a CRM, which may stand in a network of one's own."""

    def meant(self, text: str) -> object:
        """Return the link as it was written."""
        if not text.casefold().startswith(("https://", "http://")):
            raise Invalid("A link begins with https://, for example https://crm.example/deals/1.")
        return super().meant(text)


FORM = Form(
    key="deal",
    title="Deals",
    submit="Save",
    intro="Add a deal, or change one by its number: what you leave empty stays as it is. "
    "Or attach a CSV file with the columns ref, name, account, amount, currency, stage, close_on, "
    "contact_name, contact_email, owner_email, url; a line replaces the deal with its number.",
    fields=(
        Text(name="ref", label="Number", placeholder="D-1042", max_length=LONGEST_VALUE),
        Text(name="name", label="Name", placeholder="Forecasting pilot", max_length=150),
        Text(name="account", label="Account", placeholder="Globex", max_length=150),
        Amount(name="amount", label="Amount", placeholder="180,000"),
        Text(name="stage", label="Stage", placeholder="open", max_length=50),
        Day(name="close_on", label="Expected close"),
        Text(name="contact_name", label="Client contact", max_length=150),
        Email(name="contact_email", label="Their e-mail address"),
        Email(name="owner_email", label="E-mail address of the deal's owner"),
        DealLink(name="url", label="Link", placeholder="https://crm.example/deals/1042"),
        Files(name="files", label="CSV file", hint="Its first line names the columns."),
    ),
)

NEEDED = ("ref", "name", "account")
"""What no new deal can be without. Not required of the form: a file alone will do."""

COLUMNS = tuple(name for field in FORM.fields for name in field.names if name != "files")
"""The columns of a CSV file."""

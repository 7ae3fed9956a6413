"""What a button about bank statements can mean."""

from dataclasses import dataclass

from messages.buttons.wire import Count, Name, means

WAITING, DISMISSED = "waiting", "dismissed"


@means("bank_rows:", "state")
@dataclass(frozen=True, slots=True)
class BankRows:
    """See the rows in a ``state``, from the one behind so many others on."""

    state: Name = WAITING
    skip: Count = 0


@means("bank_statement")
@dataclass(frozen=True, slots=True)
class HandInStatement:
    """Hand in a bank statement."""


@means("bank_mappings")
@dataclass(frozen=True, slots=True)
class Mappings:
    """See how the files of each bank are read."""


@means("bank_columns:", "statement")
@dataclass(frozen=True, slots=True)
class ChooseColumns:
    """Say which column of a statement that was handed in is which."""

    statement: Name


@means("bank_mapping:", "key")
@dataclass(frozen=True, slots=True)
class ChangeMapping:
    """Change how the files of a bank are read."""

    key: Name


@means("bank_forget:", "key")
@dataclass(frozen=True, slots=True)
class ForgetMapping:
    """Remove how the files of a bank are read."""

    key: Name


@means("bank_confirm:", "row")
@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmRow:
    """Record a row on the invoice that it names, of which ``balance`` minor units were open."""

    row: Count
    ref: Name
    invoice: Name
    balance: Count
    skip: Count = 0


@means("bank_choose:", "row")
@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseInvoice:
    """Choose the invoice on which a row is recorded."""

    row: Count
    skip: Count = 0


@means("bank_settle:", "row")
@dataclass(frozen=True, slots=True, kw_only=True)
class SettleRow:
    """Dismiss a row, or bring it back."""

    row: Count
    state: Name
    skip: Count = 0

"""Fields for e-mail addresses; whether their domains exist is not looked up."""

from dataclasses import dataclass
from typing import ClassVar

from email_validator import EmailNotValidError, validate_email

from modals.fields.field import Invalid
from modals.fields.texts import Lines, Text


@dataclass(frozen=True, kw_only=True)
class Email(Text):
    """An e-mail address."""

    max_length: int = 254

    missing: ClassVar[str] = "Please give an e-mail address."

    def meant(self, text: str) -> object:
        """Return the address with its domain in lower case."""
        return _address(text, "This")


@dataclass(frozen=True, kw_only=True)
class Emails(Lines):
    """E-mail addresses, one a line; one that stands there twice counts once."""

    def meant(self, text: str) -> object:
        """Return the addresses as a tuple, their domains in lower case."""
        lines = super().meant(text)
        found = lines if isinstance(lines, tuple) else ()
        addresses = [_address(each, f"“{each}”") for each in found]
        return tuple({each.casefold(): each for each in reversed(addresses)}.values())[::-1]


def _address(text: str, called: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid(
            f"{called} is not an e-mail address. Please write it like jane@client.example."
        ) from None

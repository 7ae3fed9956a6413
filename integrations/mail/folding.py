"""How our headers are folded into lines."""

from email.header import Header
from email.headerregistry import AddressHeader
from email.policy import EmailPolicy

_WORDED = {"From", "Reply-To", "Subject", "To"}
"""The headers that hold somebody's words; an address header of ours has one address."""


class _Policy(EmailPolicy):
    """Folds subjects and names in other scripts by RFC 2047, letter for letter.

    The standard library's own folding loses and adds spaces beside letters that are not ASCII.
    """

    def fold(self, name: str, value: str) -> str:
        """Return the header's lines."""
        if str(value).isascii() or name not in _WORDED:
            return str(super().fold(name, value))
        return f"{name}: {self._folded(name, value)}{self.linesep}"

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return the header's lines as they travel: in ASCII."""
        return self.fold(name, value).encode("ascii", "surrogateescape")

    def _folded(self, name: str, value: str) -> str:
        if not isinstance(value, AddressHeader):
            return self._encoded(name, value)
        (person,) = value.addresses
        return f"{self._encoded(name, person.display_name)}{self.linesep} <{person.addr_spec}>"

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


POLICY = _Policy(linesep="\r\n", cte_type="7bit")
"""CRLF at line ends and ASCII only: what every server takes, and no relay has to rewrite."""

"""The organisation's seal on a PDF: who has sealed it, and that nothing was changed since."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class SealUnavailable(Exception):
    """Nothing can be sealed now; the text says why, and ``fix`` what an admin can do."""

    def __init__(self, said: str, fix: str) -> None:
        """Remember both."""
        super().__init__(said)
        self.fix = fix


@dataclass(frozen=True, slots=True, kw_only=True)
class SealState:
    """With what is sealed: the certificate's last instant, and who tells the time ("": nobody)."""

    until: datetime
    timestamps: str = ""


class Seal(Protocol):
    """Seals documents; safe to use from many threads. Not within a transaction: it may ask others.

    It is the organisation's, and never the personal signature of whoever approved.
    """

    @property
    def name(self) -> str:
        """Whose seal it is, as its certificate says; "" where none is set. Raises as below."""

    @property
    def whole_name(self) -> str:
        """All that its certificate says of whose it is (RFC 4514); "" where none is set.

        Others of the same ``name`` may be known to who vouches for it. Raises as below.
        """

    @property
    def root(self) -> bytes:
        """The certificate that vouches for it, as PEM; b"" where none is set. Raises as below."""

    def sealed(self, pdf: bytes, reason: str) -> bytes:
        """Return the PDF under the seal: it begins with the very bytes of ``pdf``.

        Two seals on the same bytes differ. Without a seal these are the bytes that were given.
        Raises SealUnavailable, within half a minute.
        """

    def check(self) -> SealState | None:
        """Look whether something could be sealed now; None where no seal is set.

        Nothing is sealed by that. Raises SealUnavailable.
        """


class Unsealed:
    """No seal is set: everything stays as it is."""

    name = ""
    whole_name = ""
    root = b""

    def sealed(self, pdf: bytes, reason: str) -> bytes:  # noqa: ARG002 - the port's
        """Return the bytes."""
        return pdf

    def check(self) -> None:
        """Find nothing wrong."""


class LockedSeal:
    """A seal is set and cannot be used: what is to be sealed waits for whoever puts it right."""

    def __init__(self, trouble: SealUnavailable) -> None:
        """Remember why."""
        self._why = str(trouble)
        self._fix = trouble.fix

    @property
    def name(self) -> str:
        """Raise SealUnavailable."""
        raise SealUnavailable(self._why, self._fix)

    @property
    def whole_name(self) -> str:
        """Raise SealUnavailable."""
        raise SealUnavailable(self._why, self._fix)

    @property
    def root(self) -> bytes:
        """Raise SealUnavailable."""
        raise SealUnavailable(self._why, self._fix)

    def sealed(self, pdf: bytes, reason: str) -> bytes:  # noqa: ARG002 - the port's
        """Raise SealUnavailable."""
        raise SealUnavailable(self._why, self._fix)

    def check(self) -> SealState | None:
        """Raise SealUnavailable."""
        raise SealUnavailable(self._why, self._fix)

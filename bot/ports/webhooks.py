"""Endpoints of others that are told each fact of the record, signed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where facts go. Neither its address nor its secrets are in its ``repr``."""

    name: str
    url: str = field(repr=False)
    secrets: tuple[bytes, ...] = field(repr=False)
    """What is signed with; two while one is rotated, the new one first."""
    private: bool = False
    """Whether it is told of private requests."""
    amounts: bool = False
    """Whether it is told amounts, and clients' contacts."""
    inside: bool = False
    """Whether it may be in a private network."""


class NotTaken(Exception):
    """The endpoint did not take it; the text says why, without address or secret.

    ``refused``: it answered that it does not want this very fact, so that the next may be wanted.
    """

    def __init__(self, why: str, *, refused: bool = False) -> None:
        """Remember why."""
        super().__init__(why)
        self.refused = refused


class Webhooks(Protocol):
    """The endpoints by name, and the way to them."""

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """All that are set."""

    def send(self, endpoint: Endpoint, message: str, body: bytes) -> None:
        """Hand the message called ``message`` over, signed. Raises NotTaken.

        The same message may come twice: by its name it is known again.
        """

    def trouble(self, endpoint: Endpoint) -> str:
        """Return why nothing can be sent there, as far as it shows without sending; else ""."""


class NoWebhooks:
    """:class:`Webhooks` where none is set: no fact leaves."""

    @property
    def endpoints(self) -> Mapping[str, Endpoint]:
        """None."""
        return {}

    def send(self, endpoint: Endpoint, message: str, body: bytes) -> None:  # noqa: ARG002 - the port's
        """Raise NotTaken."""
        raise NotTaken(f"{endpoint.name} is not set.")

    def trouble(self, endpoint: Endpoint) -> str:
        """Say that it is not set."""
        return f"{endpoint.name} is not set."

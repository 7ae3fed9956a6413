"""What the page's address says: who looks, at which place, with which thread beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode


@dataclass(frozen=True)
class Address:
    """`/?as=ana&in=sales`: a channel by name, or a conversation by the other's `@handle`."""

    who: str = ""
    place: str = ""
    tab: str = ""
    thread: str = ""
    edit: str = ""
    all: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Address":
        """The address a query spells."""
        return cls(
            query.get("as", ""),
            query.get("in", ""),
            query.get("tab", ""),
            query.get("thread", ""),
            query.get("edit", ""),
            query.get("all", ""),
        )

    def at(self, place: str, tab: str = "") -> str:
        """The address of another place for the same person."""
        return str(Address(self.who, place, tab))

    def beside(self, thread: str = "") -> str:
        """The same place with another thread beside it, or none."""
        return str(replace(self, thread=thread, edit=""))

    def editing(self, ts: str = "") -> str:
        """The same place with a message open for editing, or none."""
        return str(replace(self, edit=ts))

    def whole(self) -> str:
        """The same place with all its messages."""
        return str(replace(self, all="1"))

    def __str__(self) -> str:
        parts = {
            "as": self.who,
            "in": self.place,
            "tab": self.tab,
            "thread": self.thread,
            "edit": self.edit,
            "all": self.all,
        }
        return "/?" + urlencode({name: value for name, value in parts.items() if value}, safe="@")

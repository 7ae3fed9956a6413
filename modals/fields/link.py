"""A field for a link that other people are to open."""

import re
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from modals.fields.field import Invalid
from modals.fields.texts import Reference


@dataclass(frozen=True, kw_only=True)
class Link(Reference):
    """One ``https`` link with a host name in full, and no password in it, as it was written."""

    max_length: int = 2000

    _HOST: ClassVar[re.Pattern[str]] = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?")

    def meant(self, text: str) -> object:
        """Return the link."""
        if not text.casefold().startswith("https://"):
            raise Invalid(
                "This is not a link. It begins with https://, for example "
                "https://drive.example/deck."
            )
        super().meant(text)
        if not self._HOST.fullmatch(urlsplit(text).hostname or ""):
            raise Invalid(
                "This link works on few computers only. Please give one with the full name of "
                "its site, for example https://drive.example/deck."
            )
        return text

"""What admins change of the settings in Slack: each setting with its form, and how it is written.

The values are those of ``frontdesk.toml``, by key, as TOML has them. What is wrong with a value is
said by whatever reads the file; here is only what the file has no opinion about.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from modals.fields import Field, Tick
from modals.form import Form

SETTING = "setting"
"""Key of every form in which a setting is changed."""
AS_FILE = "as_file"

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is drawn and read with: the day where the company is, and who is who.

    ``bound``: by address in the settings, whose it is (user id).
    """

    today: date
    bound: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Setting(ABC):
    """One thing that admins see and change: the values of one or more ``keys``."""

    name: str
    label: str
    keys: tuple[str, ...]
    decides: bool = False
    """Whether it says who decides what, so that the auditors are told."""
    audited: bool = False
    """Whether they are told though it decides nothing.

    It says for how long something is kept, or in which channel they are told.
    """

    @property
    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """The questions of its form."""

    @abstractmethod
    def words(self, values: Values) -> Sequence[str]:
        """Return what the values say, for people; user ids as they are. Nothing: it is not set."""

    @abstractmethod
    def shown(self, values: Values, asked: Asked) -> dict[str, object]:
        """Return what its form shows of the values, by field."""

    @abstractmethod
    def wanted(self, given: Mapping[str, Any], values: Values, asked: Asked) -> dict[str, Any]:
        """Return the values that a checked form means; None: no value. Raises WrongField."""

    @property
    def form(self) -> Form:
        """Return its form."""
        back = Tick(name=AS_FILE, label="frontdesk.toml", text="Take the value of the file again")
        fields = (*self.fields, back)
        return Form(key=SETTING, title="Settings", submit="Save", intro=self.label, fields=fields)

    def field_of(self, key: str) -> str:
        """Return the field that a sentence about the value of ``key`` belongs to."""
        return self.fields[max(self.keys.index(key), 0) if key in self.keys else 0].name


class WrongField(ValueError):
    """A field that cannot be taken as it is: its name and a sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        """Remember both."""
        super().__init__(name, sentence)
        self.name, self.sentence = name, sentence

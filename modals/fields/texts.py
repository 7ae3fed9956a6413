"""Fields in which people write."""

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import urlsplit

from modals.fields.field import Field, Invalid, State
from modals.fitting import clean, cut, is_blank, length
from modals.wire import Answer, Json

LONGEST_INPUT = 3000
"""docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
LONGEST_TEXT = 40_000
"""A long text may begin as a Slack message, which holds at most this many characters."""
_BULLETS = re.compile(r"^(?:[-*•–]\s+)+")


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A text: one line, or with ``multiline`` as many as it needs.

    ``max_length`` (at most 3,000) is what the input takes. A ``multiline`` text that was put back
    by ``Form.restore`` may be as long as a Slack message.
    """

    multiline: bool = False
    max_length: int = LONGEST_INPUT
    longest: int = LONGEST_TEXT
    """What a ``multiline`` text that was put back may have."""
    is_name: bool = False
    """Whether it is the name of somebody, or of a company: known again within a sentence."""

    def __post_init__(self) -> None:
        """Refuse a length that Slack would refuse."""
        if not 1 <= self.max_length <= LONGEST_INPUT:
            raise ValueError(f"{self.name}: max_length must be between 1 and {LONGEST_INPUT}.")

    @property
    def blank(self) -> object:
        """Nothing written."""
        return ""

    @property
    def dispatches(self) -> bool:
        """Long texts only.

        They dispatch on every character: Enter is a new line in them, so ``on_enter_pressed``
        would never come. In a single line Enter submits the form, and dispatching would take
        that away (docs.slack.dev, dispatch action configuration object).
        """
        return self.multiline

    def text(self, answer: Answer) -> str:
        """Return what was written, tidied; "" when nothing in it can be seen."""
        text = clean(answer) if isinstance(answer, str) else ""
        if is_blank(text):
            return ""
        return text.strip() if self.multiline else " ".join(text.split())

    def fitted(self, answer: Answer) -> str:
        """Return what the input shows of ``answer``: the beginning, when it is too long."""
        return cut(self.text(answer), self.max_length)

    def element(self, state: State) -> Json:
        """Return a plain-text input.

        Also for addresses and amounts: Slack's special inputs may refuse a half-typed initial
        value, and with it the whole view.
        """
        element: Json = {
            "type": "plain_text_input",
            "multiline": self.multiline,
            "max_length": self.max_length,
        }
        if shown := self.fitted(self.given(state)):
            element["initial_value"] = shown
        if self.dispatches:
            element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
        return element

    def hint_for(self, state: State) -> str:
        """Say when only the beginning of the text is shown."""
        text = self.text(self.given(state))
        if text == self.fitted(text):
            return self.hint
        return "Only the beginning is shown. The whole text is kept as long as you leave it as is."

    def check(self, state: State, _today: date) -> object:
        """Return the text (or what :meth:`meant` makes of it)."""
        text = self.text(self.given(state))
        if not text:
            return self.nothing()
        limit = self.longest if self.multiline else self.max_length
        if length(text) > limit:
            raise Invalid(f"This is too long: at most {limit:,} characters, please.")
        return self.meant(text)

    def meant(self, text: str) -> object:
        """Return the typed value of a text that is there and not too long. Raises Invalid."""
        return text

    def fill(self, value: object) -> dict[str, Answer]:
        """Show the text."""
        return {self.name: str(value) if value else None}


@dataclass(frozen=True, kw_only=True)
class Lines(Text):
    """A list, one item a line; bullets in front of the items are dropped."""

    multiline: bool = True

    @property
    def blank(self) -> object:
        """No items."""
        return ()

    def meant(self, text: str) -> object:
        """Return the items as a tuple."""
        lines = (without_bullet(line) for line in text.splitlines())
        return tuple(line for line in lines if not is_blank(line)) or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Show one item a line."""
        items = value if isinstance(value, list | tuple) else ()
        return {self.name: "\n".join(items) or None}


@dataclass(frozen=True, kw_only=True)
class Reference(Text):
    """A number, a name or a link. What looks like a link must be a sound ``http(s)`` one."""

    max_length: int = 500

    _LINK: ClassVar[re.Pattern[str]] = re.compile(
        r"[a-z][a-z0-9+.-]*://|(?:https?|file|data|javascript|mailto|vbscript):|www\.",
        re.IGNORECASE,
    )

    def meant(self, text: str) -> object:
        """Return the reference as it was written."""
        if self._LINK.match(text) and not _is_sound(text):
            raise Invalid(
                "This link does not work. Please give all of it, for example "
                "https://crm.example/deals/1042."
            )
        return text


def without_bullet(line: str) -> str:
    """Return a line of a list without the bullet and the spaces around it."""
    return _BULLETS.sub("", line.strip())


def _is_sound(link: str) -> bool:
    try:
        parts = urlsplit(link)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and port_is_sound
        and "@" not in parts.netloc
        and re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.?|[0-9a-f:.]+", host) is not None
        and not re.search(r"[\s<>\"|\\]", link)
    )

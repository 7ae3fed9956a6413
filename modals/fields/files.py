"""A field for files."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from modals.fields.field import Field, Invalid, State
from modals.fitting import clean, is_blank
from modals.wire import Answer, Json

MOST_FILES = 10
"""docs.slack.dev/reference/block-kit/block-elements/file-input-element"""


@dataclass(frozen=True, kw_only=True)
class Files(Field):
    """Up to ``most`` files, by Slack file id.

    Slack has no initial files and always shows this input empty when a form is opened. So an
    empty input means "as before": ``Form.read`` leaves it out, and files of the draft stay.

    ``or_link`` names the field of a link that can be given in their place, never beside them: a
    link and an empty input mean that there are no files. ``one_is_needed``: not neither of both.
    """

    most: int = MOST_FILES
    or_link: str = ""
    one_is_needed: bool = False

    one_of_both: ClassVar[str] = "Please attach a file or give a link, not both."

    @property
    def blank(self) -> object:
        """No files."""
        return ()

    @property
    def dispatches(self) -> bool:
        """Never: Slack refuses a file input that dispatches (docs.slack.dev, input block)."""
        return False

    def element(self, _state: State) -> Json:
        """Return a file input."""
        return {"type": "file_input", "max_files": self.most}

    def blocks(self, state: State, draft: str) -> list[Json]:
        """Return the input; with files there already nothing has to be added to it."""
        [block] = super().blocks(state, draft)
        return [block | {"optional": not self.required or bool(self._ids(state))}]

    def hint_for(self, state: State) -> str:
        """Say how many files are there already."""
        count = len(self._ids(state))
        if not count:
            return self.hint
        files = "1 file is" if count == 1 else f"{count} files are"
        if self.or_link:
            return f"{files} attached. A file that you add here, or a link, takes its place."
        return f"{files} attached. Files that you add here take their place."

    def replaced(self, state: State) -> bool:
        """Whether a link is given in the place of files."""
        link = state.get(self.or_link)
        return isinstance(link, str) and not is_blank(clean(link))

    def check(self, state: State, _today: date) -> object:
        """Return the file ids."""
        ids, is_replaced = self._ids(state), self.replaced(state)
        if len(ids) > self.most:
            files = "1 file" if self.most == 1 else f"{self.most} files"
            raise Invalid(f"These are too many: {files} at most, please.")
        if (is_replaced and ids) or (self.one_is_needed and not is_replaced and not ids):
            raise Invalid(self.one_of_both)
        return ids or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Keep the files."""
        return {self.name: list(value) if isinstance(value, list | tuple) else []}

    def _ids(self, state: State) -> tuple[str, ...]:
        answer = self.given(state)
        return tuple(answer) if isinstance(answer, list) else ()

"""A field for files."""

from dataclasses import dataclass
from datetime import date

from modals.fields.field import Field, State
from modals.wire import Answer, Json

MOST_FILES = 10
"""docs.slack.dev/reference/block-kit/block-elements/file-input-element"""


@dataclass(frozen=True, kw_only=True)
class Files(Field):
    """Files, by Slack file id.

    Slack has no initial files and always shows this input empty when a form is opened. So an
    empty input means "as before": ``Form.read`` leaves it out, and files of the draft stay.
    """

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
        return {"type": "file_input", "max_files": MOST_FILES}

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
        return f"{files} attached. Files that you add here take their place."

    def check(self, state: State, _today: date) -> object:
        """Return the file ids."""
        return self._ids(state) or self.nothing()

    def fill(self, value: object) -> dict[str, Answer]:
        """Keep the files."""
        return {self.name: list(value) if isinstance(value, list | tuple) else []}

    def _ids(self, state: State) -> tuple[str, ...]:
        answer = self.given(state)
        return tuple(answer) if isinstance(answer, list) else ()

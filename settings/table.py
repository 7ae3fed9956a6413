"""What every table of ``frontdesk.toml`` has in common."""

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of the file: unknown keys are refused, and nothing is converted behind one's back."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

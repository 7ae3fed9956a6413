"""What a button about the settings of the company can mean."""

from dataclasses import dataclass

from messages.buttons.wire import Name, means


@means("admin")
@dataclass(frozen=True, slots=True)
class Admin:
    """See the settings of the company, as ``/requests admin`` does."""


@means("change_setting")
@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Change the setting with this name."""

    name: Name

"""What did the admin choose? Environment, ``.env`` and ``frontdesk.toml`` as values.

Knows ``workflows`` and ``bot.company``; only ``app.py`` imports it. Start with
:mod:`settings.catalogue` (every setting there is), then :mod:`settings.loading`.
"""

from settings.catalogue import SETTINGS, Setting
from settings.chosen import Settings
from settings.loading import load
from settings.slack import Mode
from settings.wording import WrongSettings

__all__ = ["SETTINGS", "Mode", "Setting", "Settings", "WrongSettings", "load"]

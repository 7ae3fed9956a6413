"""Why there is no backup, or nothing was restored."""


class NoBackup(Exception):
    """It cannot be done, and nothing was changed; the text says why and how to put it right."""

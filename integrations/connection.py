"""What is said where the library behind an adapter is missing, or cannot be used as it is set."""


class NotConnected(Exception):
    """An adapter cannot be used; the text says why, and ``fix`` what helps."""

    def __init__(self, why: str, fix: str) -> None:
        """Remember both."""
        super().__init__(why)
        self.fix = fix

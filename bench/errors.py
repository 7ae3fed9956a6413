"""What ends the run with an exit code other than 0."""


class NotMeasured(Exception):
    """A measurement could not be made; the text says which and why."""


class Broken(Exception):
    """The product broke a promise while it was measured; the text says which."""

"""The outside world, one package a need; each implements a port of :mod:`bot.ports`."""

"""Backups: everything that is remembered in one file, and back from it into an empty place."""

"""What the workspace remembers.

Records in tables, written to a journal before anybody sees them.
"""

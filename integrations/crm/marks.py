"""The mark by which what we wrote into a CRM is found again: no CRM knows keys of ours."""

import hashlib


def mark_of(key: str) -> str:
    """Return the mark of ``key``, always the same: ``[frontdesk 0123456789ab]``."""
    return f"[frontdesk {hashlib.sha256(key.encode()).hexdigest()[:12]}]"

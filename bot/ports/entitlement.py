"""The actions under which it enters the audit who holds a role, and who stands in for whom."""

GRANT, REVOKE = "grant", "revoke"
"""Their values are ``role``, ``user`` and the ``identity`` of the settings."""

STAND_IN, STAND_IN_ENDED = "stand_in", "stand_in_ended"
"""Their values are ``user`` and ``deputy``; of the first also ``from`` and ``until``, if any."""

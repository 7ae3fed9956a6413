"""Where the company keeps its deals."""

from integrations.crm.embedded import EmbeddedCrm

__all__ = ["EmbeddedCrm"]

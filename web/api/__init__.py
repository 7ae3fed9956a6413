"""The API: JSON over HTTP, by token."""

from web.api.doors import routes

__all__ = ["routes"]

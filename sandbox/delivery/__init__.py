"""Handing events and interactions to apps: Socket Mode or signed HTTP, from one source."""

"""Doors over HTTP: Slack's signed requests, health, readiness and metrics."""

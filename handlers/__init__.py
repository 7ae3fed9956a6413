"""Gestures in Slack: payload -> use case -> answer. One module a gesture, never one a workflow."""

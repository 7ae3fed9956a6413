"""Slack's Web API.

One module a family of methods, one runner that holds them to Slack's reference.
"""

"""The use cases, one module a verb. Everything outside is behind :mod:`bot.ports`.

Knows ``workflows``, ``modals`` and ``messages``; no Slack payloads, no SQL.
"""

"""What the company decides: workflows as values, and the one engine that runs them.

Knows the standard library only. Start with :mod:`workflows.definition` (the vocabulary), then
:mod:`workflows.sow` (a workflow), then :mod:`workflows.engine` (how a request moves).
"""

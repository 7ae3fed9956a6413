"""What we ask: a form is a value that draws itself as a Slack view and reads itself back.

Knows :mod:`workflows` only. Start with :mod:`modals.form`, then :mod:`modals.sow` (a form). A form
of a workflow has the workflow's key and its fields have the names of the workflow's details.
"""

"""The workspace's web page, drawn on this side and kept up to date while somebody looks at it.

A page is a function of the workspace's state and of its address; `/page/live` sends it again
after each change, and what people do goes to the sandbox's own doors. Scripts only carry.
"""

from sandbox.page.addresses import routes

__all__ = ["routes"]

"""The client's review page: one private link, no account, no script."""

from web.review.doors import routes

__all__ = ["routes"]

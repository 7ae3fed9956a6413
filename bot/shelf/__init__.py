"""The shelf: the library of approved assets, found, opened, used, and kept up to date.

"Asset Repository: central library where all approved and updated assets are stored" (Sales Asset
Requests, 3).
"""

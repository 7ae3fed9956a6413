"""Triage: what an ask for an asset is worth, the list of all of them, and what is done with them.

"Sales Ops/Marketing reviews requests weekly" (Sales Asset Requests, 4.B).
"""

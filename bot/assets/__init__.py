"""A sales asset in the making: its drafts, its deadlines, its delivery and its feedback.

Sales Asset Requests, 4.C to 4.E.
"""

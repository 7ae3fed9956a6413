"""What people do in Slack.

Each gesture once, for the Python story API and for the HTTP doors alike.
"""

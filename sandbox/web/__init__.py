"""The sandbox's HTTP side: Slack's own addresses, and doors for people."""

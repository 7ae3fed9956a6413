"""Block Kit: what a block holds, what it says, and what Slack accepts."""

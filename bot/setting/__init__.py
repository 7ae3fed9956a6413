"""Changing the settings while the bot runs: in Slack by admins, at the machine by the operator."""

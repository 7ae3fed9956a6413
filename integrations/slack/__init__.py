"""Slack's Web API as the use cases need it (:class:`bot.ports.Slack`)."""

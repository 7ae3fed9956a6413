"""Records as Slack's JSON, shared by the Web API, the events and the interactions."""

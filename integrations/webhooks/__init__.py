"""The way to the endpoints of others."""

from integrations.webhooks.addresses import Resolve, resolved
from integrations.webhooks.http import HttpWebhooks

__all__ = ["HttpWebhooks", "Resolve", "resolved"]

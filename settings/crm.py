"""Which CRM keeps the deals: one, or Frontdesk itself."""

from settings.environment import Environment
from settings.hubspot import HubSpotChoice, read_hubspot
from settings.salesforce import SalesforceChoice, read_salesforce

CrmChoice = HubSpotChoice | SalesforceChoice

_BOTH = (
    "FRONTDESK_HUBSPOT_TOKEN: deals are kept in one place, and FRONTDESK_SALESFORCE_URL names "
    "another; remove one of them."
)


def read_crm(env: Environment) -> CrmChoice | None:
    """Return what is chosen; two at once are a problem."""
    hubspot, salesforce = read_hubspot(env), read_salesforce(env)
    if env.is_set("FRONTDESK_HUBSPOT_TOKEN") and env.is_set("FRONTDESK_SALESFORCE_URL"):
        env.problems.append(_BOTH)
    return hubspot or salesforce

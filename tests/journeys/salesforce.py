"""A deal in Salesforce, as the double of it has one."""

from datetime import datetime

from tests.integrations.crm.salesforce import SalesforceDouble, instant


def opportunity(double: SalesforceDouble) -> str:
    """Keep an opportunity of Ana's with Globex and its contact; return its id."""
    ref = double.keep(
        "Opportunity",
        Name="Forecasting pilot",
        AccountId=double.keep("Account", Name="Globex"),
        OwnerId=double.keep("User", Name="Ana Silva", Email="ana@harborlight.example"),
        Amount=180_000.0,
        CurrencyIsoCode="EUR",
        StageName="Negotiation/Review",
        IsClosed=False,
        IsWon=False,
        CloseDate="2027-01-20",
        LastModifiedDate=instant(datetime.fromisoformat("2026-11-20T15:32:00+00:00")),
    )
    contact = double.keep("Contact", Name="Hank Scorpio", Email="hank@globex.example")
    double.keep("OpportunityContactRole", OpportunityId=ref, ContactId=contact, IsPrimary=True)
    return str(ref)

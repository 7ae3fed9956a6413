"""Billing: invoices are made ready and go to the client; what a partner takes for them is heard."""

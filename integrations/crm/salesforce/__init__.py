"""Deals in Salesforce; loaded only where it is switched on."""

"""Deals in HubSpot; loaded only where it is switched on."""

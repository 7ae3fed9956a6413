"""Partners that make invoices and take the money for them. Without one Billing records both."""

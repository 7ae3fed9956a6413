"""Bank statements: read from CSV files, shown as proposals, and recorded by Billing's click."""

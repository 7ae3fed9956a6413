"""Migrations of the schema, written once and never changed; :mod:`storage.migrate` runs them."""

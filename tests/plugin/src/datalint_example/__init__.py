"""Example rules for datalint."""

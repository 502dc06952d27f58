"""Repeated rows: exact, normalised and near-duplicates, and template families."""

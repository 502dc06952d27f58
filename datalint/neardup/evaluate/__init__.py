"""Measurements of a search: recall with planted copies, and what each threshold finds."""

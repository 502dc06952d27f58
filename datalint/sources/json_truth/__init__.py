"""Exact JSON parsing: what a line really contains, and why a text is not JSON."""

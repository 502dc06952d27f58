"""Exact JSON parsing: what a line really contains, and why text is not JSON."""

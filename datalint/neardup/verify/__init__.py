"""Exact similarity of candidate pairs, and the differences between two texts."""

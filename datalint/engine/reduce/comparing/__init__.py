"""Comparison of similar texts in full: near-duplicates, or examples that teach different things."""

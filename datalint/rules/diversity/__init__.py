"""Diversity: varied examples that cover edge cases."""

"""Duplicates and leaks: groups of them, and those that are intended."""

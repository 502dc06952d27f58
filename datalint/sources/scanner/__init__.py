"""Compiled reading of lines that have one layout."""

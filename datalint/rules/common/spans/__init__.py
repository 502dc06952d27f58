"""Labelled places in texts, and tags of tokens."""

"""Inference of the meanings of keys in rows of unknown shape."""

"""Parallel text in two files: which files are the sides of pairs, and the reader of line i of both as one row."""

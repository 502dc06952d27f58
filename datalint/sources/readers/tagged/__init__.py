"""Tokens with their tags, such as CoNLL."""

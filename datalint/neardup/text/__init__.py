"""Texts as near-duplicates are compared: normal form, words, shingles, hashes."""

"""Prepare texts for comparison: normalisation, words, shingles, hashes."""

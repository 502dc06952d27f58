"""Sketches: 256 bytes per row that estimate similarity."""

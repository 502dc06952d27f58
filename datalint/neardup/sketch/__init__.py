"""Sketches of rows: 256 bytes per row, from which similarity is estimated."""

"""Parsed rows: one record, its structure, its canonical form, and rows as columns of bytes."""

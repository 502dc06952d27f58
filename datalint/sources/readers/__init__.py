"""Readers: one module per format for lines, documents, in-memory objects and the Hub."""

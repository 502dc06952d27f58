"""Shapes of rows, which define the meaning of their keys: one file for each, with its JSON Schema."""

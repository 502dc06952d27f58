"""Shapes of rows: what their keys mean, known for documented layouts (``formats``) and inferred for others."""

"""Texts of turns: what they contain, and how they are written."""

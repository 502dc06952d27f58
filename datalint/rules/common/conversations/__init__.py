"""Turns of conversations: their roles, their order, and media."""

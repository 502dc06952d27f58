"""Renderers: one file each, and they know only results."""

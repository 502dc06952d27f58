"""Renderers of comparisons."""

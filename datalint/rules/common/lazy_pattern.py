"""Patterns of rules, compiled when a text needs them."""

from __future__ import annotations

from datalint.support.lazy_pattern import lazy_pattern

__all__ = ["lazy_pattern"]

"""Duplicate numbers of a column."""

from datalint.support.duplicates import repeated

__all__ = ["repeated"]

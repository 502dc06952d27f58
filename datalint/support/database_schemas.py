"""Texts that declare the tables of a database."""

from __future__ import annotations

from typing import Final

from datalint.support.lazy_pattern import lazy_pattern

#: Characters of a text in which the first table stands, after comments.
_READ: Final = 2_000
_TABLE: Final = lazy_pattern(r"(?i)\bcreate\s{1,9}(?:temp(?:orary)?\s{1,9})?table\b")


def declares_tables(text: object) -> bool:
    """Return whether a text has a statement of SQL that creates a table."""
    return isinstance(text, str) and _TABLE.search(text[:_READ]) is not None

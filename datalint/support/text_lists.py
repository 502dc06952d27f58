"""Lists of nothing but texts."""

from __future__ import annotations

from typing import TypeGuard


def are_texts(value: object, least: int = 1) -> TypeGuard[list[str]]:
    """Return whether a value is a list of at least ``least`` items, all of which are texts."""
    return isinstance(value, list) and len(value) >= least and all(isinstance(each, str) for each in value)

"""Rows of several examples in two lists, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt

#: Characters of a key that are shown.
_SHOWN: Final = 40


def listed_examples(row: Mapping[str, Any]) -> str | None:
    """Return what to do with a row whose prompts and responses are the items of two lists; None for others."""
    # Loaded for rows of unknown shape only.
    from datalint.support.paired_lists import paired_lists

    if (pair := paired_lists(row)) is None:
        return None
    asked, answers = (f'"{excerpt(key, _SHOWN)}"' for key in pair)
    return f"each row has several examples, in the lists {asked} and {answers}: write each pair of items as a row"

"""Rows of several examples in one or two lists, and what to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.api import excerpt
from datalint.support.lazy_pattern import lazy_pattern

#: Characters of a key that are shown.
_SHOWN: Final = 40
#: Lists that are named, and a key that needs no quotes in a filter of jq.
_NAMED: Final = 3
_PLAIN: Final = lazy_pattern(r"[A-Za-z_][A-Za-z0-9_]{0,39}")


def listed_examples(row: Mapping[str, Any]) -> str | None:
    """Return what to do with a row whose prompts and responses are the items of lists, or in these; None for others."""
    # Loaded for rows of unknown shape only.
    from datalint.support.names.paired_lists import listed_pairs, paired_lists
    from datalint.support.row_tables import tables_of

    if tables := tables_of(row):
        shown = " and ".join(f'"{excerpt(key, _SHOWN)}"' for key in tables[:_NAMED])
        filters = [f"`jq -c '.{key}[]'`" for key in tables[:_NAMED] if _PLAIN.fullmatch(key)]
        with_jq = f", such as with {' and '.join(filters)}" if filters else ""
        return f"{shown} are lists of rows of different layouts: write each to a file of its own{with_jq}"
    if (found := listed_pairs(row)) is not None:
        of, asked, answer = (f'"{excerpt(key, _SHOWN)}"' for key in found)
        passage = _passage(row)
        more = f', with "{excerpt(passage, _SHOWN)}" next to it' if passage else ""
        return (
            f"each row has several examples, in the list {of} with {asked} and {answer}: write each item as a row{more}"
        )
    if (pair := paired_lists(row)) is None:
        return None
    asked, answers = (f'"{excerpt(key, _SHOWN)}"' for key in pair)
    return f"each row has several examples, in the lists {asked} and {answers}: write each pair of items as a row"


def _passage(row: Mapping[str, Any]) -> str:
    """Return the key of the text that the items of a list are about, by its name; empty for none."""
    from datalint.support.names.column_names import Strength, strength

    texts = [key for key, value in row.items() if isinstance(value, str) and value.strip()]
    return next((key for key in texts if strength(key, "context") >= Strength.HEAD), "")

"""Notes about the last columns of a table that have no name, with the rest of some rows, which is not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import MOST_KEYS
from datalint.shapes.base import Shape
from datalint.shapes.fields import fields_of
from datalint.support.lazy_pattern import lazy_pattern

#: The name that the reader gives to a column without one, and a word.
_UNNAMED: Final = lazy_pattern(r"column-\d{1,4}")
_WORD: Final = lazy_pattern(r"[^\W\d_]{2}")
#: Rows that are looked at, those that have text there, at least, and their share, at most.
_ROWS: Final = 2_000
_LEAST: Final = 3
_SOME: Final = 0.5


def unnamed_columns(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on columns without a name after all that have one, of which few rows have text; empty for none.

    They are the rest of texts with a separator in them, at which a program cut these.
    """
    if len(first) > MOST_KEYS or shape.fields is None:
        return ""
    keys = [*first]
    last = max((place for place, key in enumerate(keys) if _UNNAMED.fullmatch(key) is None), default=-1)
    read = {key for key, _ in fields_of(shape, first)}
    unnamed = [key for key in keys[last + 1 :] if key not in read]
    if last < 0 or not unnamed:
        return ""
    some = list(islice(rows, _ROWS))
    filled = sum(any(_is_text(row.get(key)) for key in unnamed) for row in some)
    if not _LEAST <= filled <= _SOME * len(some):
        return ""
    several = len(unnamed) > 1
    columns = (
        f"the last {len(unnamed):,} columns have no name and are" if several else "the last column has no name and is"
    )
    return (
        f"{columns} not read, but {filled:,} of the first {len(some):,} rows have text there: the rest of texts that "
        "were cut at a separator?"
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and _WORD.search(value) is not None

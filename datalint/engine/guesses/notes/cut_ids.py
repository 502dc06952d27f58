"""Notes about identifiers whose last digits a spreadsheet cut: different rows have the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import MOST_KEYS, ROWS
from datalint.privacy.display import excerpt
from datalint.shapes.base import Shape
from datalint.support.shortened_ids import is_shortened, names_id

#: Rows at least, and the share of them whose number is cut.
_LEAST: Final = 10
_NEARLY_ALL: Final = 0.9


def cut_ids(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on the identifiers of nearly all rows, several of which are equal by that; "" for none."""
    keys = [key for key, value in first.items() if is_shortened(value) and names_id(key)]
    if not keys or len(first) > MOST_KEYS:
        return ""
    some = list(islice(rows, ROWS))
    for key in keys:
        values = [str(value) for row in some if (value := row.get(key)) not in (None, "")]
        cut = sum(map(is_shortened, values))
        if len(values) >= _LEAST and cut >= _NEARLY_ALL * len(values) and 2 * len(set(values)) <= len(values):
            return (
                f'a spreadsheet cut the last digits of "{excerpt(key, 40)}" ({excerpt(values[0], 30)}): join or split '
                "no rows by it, and export it again as text"
            )
    return ""

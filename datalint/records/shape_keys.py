"""The key of an evaluation set that says which shape a row has, such as ``answer_type``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from datalint.core.kind import EVALUATION

if TYPE_CHECKING:
    from datalint.records.dataset import Dataset

#: Rows of each shape that are looked at, and values of such a key at most.
_ROWS: Final = 200
_VALUES: Final = 20
#: The last word of the name of such a key, and characters of a value at most.
_NAMED: Final = r"(?i)(?:.{0,40}[\W_]|.{0,40}(?=[A-Z]))?(?:type|task|format|kind)"
_LONGEST: Final = 60


def shape_key(data: Dataset) -> str | None:
    """Return the key whose values differ between the shapes of an evaluation set; None if none does."""
    return data.once(_shape_key) if data.kind == EVALUATION else None


def _shape_key(data: Dataset) -> str | None:
    numbered = data.examples.select("shape", pl.int_range(pl.len()).alias("row")).filter(pl.col("shape") != "unknown")
    rows = numbered.group_by("shape", maintain_order=True).agg(pl.col("row").head(_ROWS))
    of_shapes = [data.records(list(found)) for found in rows["row"]]
    if len(of_shapes) < 2:
        return None
    first = of_shapes[0][0]
    return next((key for key in first if re.fullmatch(_NAMED, key) and _separates(key, of_shapes)), None)


def _separates(key: str, of_shapes: list[list[dict[str, Any]]]) -> bool:
    """Whether each row has a short text under a key, and none of these is in rows of two shapes."""
    seen: set[str] = set()
    for rows in of_shapes:
        values = [row.get(key) for row in rows]
        own = {value for value in values if isinstance(value, str) and 0 < len(value) <= _LONGEST}
        if not own or len(own) > _VALUES or own & seen:
            return False
        if not all(isinstance(value, str) and value in own for value in values):
            return False
        seen |= own
    return True

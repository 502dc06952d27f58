"""Notes about columns that the user maps, but that have no text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.flatten import flatten
from datalint.shapes.key_paths import value_of
from datalint.shapes.mapped import NAMES

if TYPE_CHECKING:
    from datalint.shapes.detect import Detector

#: Rows that are looked at.
_ROWS: Final = 20
#: Meanings of columns that are no texts.
_ASIDE: Final = ("category", "assistant", "labels")


def mapped_without_text(columns: Mapping[str, str], rows: Iterator[dict[str, Any]], detector: Detector) -> str:
    """Return a note if mapped columns hold something in the first rows, and none of it is read; else an empty text."""
    from datalint.shapes.guess import keys_of

    named = [key for meaning, value in columns.items() if meaning not in _ASIDE for key in keys_of(meaning, value)]
    found = [row for row in islice(rows, _ROWS) if any(value_of(row, key) for key in named)]
    if not found or not all(detector.shape(row).name in NAMES for row in found):
        return ""
    if reads_text(found, detector):
        return ""
    shown = ",".join(f"{meaning}={excerpt(value, 40)}" for meaning, value in columns.items())
    return f"--columns {shown} reads no text in the first rows, whose values have another layout"


def reads_text(rows: Sequence[dict[str, Any]], detector: Detector) -> bool:
    """Return whether any text is read of rows."""
    return any(text.strip() for text in flatten(rows, detector, hashes=False).turns["text"].to_list())

"""Rows of Prodigy: the options that an annotator chose are learned, what was done with a row (``answer``) is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.guess import Guess

#: Keys that Prodigy writes in each row, and its key and words for the decision of an annotator about the row.
_HASHES: Final = ("_task_hash", "_input_hash")
#: The options of a task and those that were chosen, by their ids.
_OPTIONS: Final = "options"
_CHOSEN: Final = "accept"
_TEXT: Final = "text"


def with_chosen_options(rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts with options, of which an annotator chose some in Prodigy; None for other rows."""
    if not _are_tasks(rows) or not all(isinstance(row.get(_TEXT), str) for row in rows):
        return None
    chosen = [row for row in rows if isinstance(row.get(_OPTIONS), list) and isinstance(row.get(_CHOSEN), list)]
    if 2 * len(chosen) <= len(rows):
        return None
    return Guess.of({"prompt": _TEXT, "labels": _CHOSEN}, clear=True, basis="names")


def _are_tasks(rows: Sequence[Mapping[str, Any]]) -> bool:
    return any(key in row for row in rows for key in _HASHES)

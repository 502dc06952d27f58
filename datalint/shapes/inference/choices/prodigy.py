"""Rows of Prodigy: the options that an annotator chose are learned, what was done with a row (``answer``) is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import SampledColumn
from datalint.shapes.guess import Guess

#: Keys that Prodigy writes in each row, and its key and words for the decision of an annotator about the row.
_HASHES: Final = ("_task_hash", "_input_hash")
_DECISION: Final = "answer"
_DECISIONS: Final = (None, "accept", "reject", "ignore")
#: The options of a task and those that were chosen, by their ids.
_OPTIONS: Final = "options"
_CHOSEN: Final = "accept"
_TEXT: Final = "text"


def without_decisions(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without the decisions of annotators in Prodigy, who accept, reject or ignore each row."""
    theirs = _are_tasks(rows) and all(row.get(_DECISION) in _DECISIONS for row in rows)
    return [each for each in columns if not (theirs and each.key == _DECISION)]


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

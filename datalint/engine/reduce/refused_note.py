"""Notes on lines of evaluation files that cannot be read: rules report those of training files alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from datalint.privacy.display import file_name
from datalint.records.places import listed

if TYPE_CHECKING:
    from datalint.records.record import FileFacts

#: Files that have a note at most, and lines that it names.
_FILES: Final = 3
_LINES: Final = 3


def refused_notes(files: Sequence[FileFacts]) -> list[str]:
    """Return a note for each of the first evaluation files of which some lines cannot be read, with their number."""
    return [_refused(facts) for facts in files if facts.rows_refused and facts.rows_read][:_FILES]


def _refused(facts: FileFacts) -> str:
    problems = (each for each in facts.problems if each.record is None and not each.is_note and each.line is not None)
    lines = sorted({each.line for each in problems if each.line is not None})[: facts.rows_refused]
    where = listed((f"line {line:,}" for line in lines), max(len(lines), facts.rows_refused), _LINES) if lines else ""
    what = f"{facts.rows_refused:,} of {facts.rows_read + facts.rows_refused:,} rows cannot be read"
    return f"{file_name(facts.path).rpartition('/')[2]}: {what}{where and f' ({where})'}"

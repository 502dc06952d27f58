"""Notes on lines of evaluation files that cannot be read, and on records on several lines of files of JSON Lines.

Rules report those of training files alone.
"""

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
#: The container of rows on lines, and ends of the names of such files.
_CONTAINER: Final = "jsonl"
_JSON_LINES: Final = (".jsonl", ".ndjson")


def refused_notes(files: Sequence[FileFacts]) -> list[str]:
    """Return a note for each of the first evaluation files that loaders cannot read as a whole."""
    notes = (_refused(each) if each.rows_refused and each.rows_read else _on_several_lines(each) for each in files)
    return [note for note in notes if note][:_FILES]


def _on_several_lines(facts: FileFacts) -> str:
    """Return that a file of JSON Lines has rows on several lines, which other readers refuse; empty for others."""
    filled = facts.lines - facts.blank_lines
    rows = facts.rows_read + facts.rows_refused
    # Without a problem, several lines are one row by the layout of the file.
    broken = facts.container == _CONTAINER and any(each.record is None and not each.is_note for each in facts.problems)
    if not (broken and 0 < rows < filled and facts.path.lower().endswith(_JSON_LINES)):
        return ""
    name = file_name(facts.path).rpartition("/")[2]
    return f"{name}: {rows:,} rows in {filled:,} lines: some are on several lines, as no JSON Lines are"


def _refused(facts: FileFacts) -> str:
    problems = (each for each in facts.problems if each.record is None and not each.is_note and each.line is not None)
    lines = sorted({each.line for each in problems if each.line is not None})[: facts.rows_refused]
    where = listed((f"line {line:,}" for line in lines), max(len(lines), facts.rows_refused), _LINES) if lines else ""
    what = f"{facts.rows_refused:,} of {facts.rows_read + facts.rows_refused:,} rows cannot be read"
    return f"{file_name(facts.path).rpartition('/')[2]}: {what}{where and f' ({where})'}"

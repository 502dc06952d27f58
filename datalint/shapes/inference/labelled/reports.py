"""Reports, such as complaints and transcriptions, and their category."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from datalint.shapes.evidence.labels import VARIED, is_few, names_people
from datalint.shapes.evidence.names import has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.column_names import fold_name, last_word

#: Last words of the names of such reports, and one that needs another word, since a story may be asked for.
_REPORTS: Final = frozenset(("complaint", "complaints", "transcription", "transcriptions", "narrative", "narratives"))
_STORIES: Final = frozenset(("narrative", "narratives"))
#: Mean characters of a report at least, and how many times as long as every other text it is.
_LONG: Final = 200
_LONGER: Final = 3
#: Words of keys of the place of a report.
_PLACES: Final = ("company", "state", "country", "city", "zip", "submitted", "consent", "response")


def reports(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal that the first of the labels of a report is learned; None for rows of no such layout.

    Shorter texts next to it, such as a title or a summary, are left for somebody to name.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    found = [each for each in texts if _is_report(each)]
    labels = [each for each in columns if each.holds is Holds.LABEL and is_few(each) and not each.sparse]
    labels = [each for each in labels if not (is_about(each) or names_people(each.key) or has_word(each.key, _PLACES))]
    if rows < LEAST_ROWS or len(found) != 1 or not labels:
        return None
    report = found[0]
    if any(each.length * _LONGER > report.length for each in texts if each is not report):
        return None
    return Guess.of({"prompt": report.key, "response": labels[0].key, "category": labels[0].key})


def _is_report(column: SampledColumn) -> bool:
    """Whether a column holds long texts that are reports by their name."""
    named = last_word(column.key) in _REPORTS
    whole = len(fold_name(column.key)) > 1 or last_word(column.key) not in _STORIES
    return named and whole and column.length >= _LONG and column.distinct >= VARIED

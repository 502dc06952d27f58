"""Columns that only point to texts in other files: by the name of a document, and by the places of sentences in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.references import are_sentence_numbers
from datalint.shapes.evidence.sampled import Holds, SampledColumn

#: An identifier of more than a letter or a number.
_ID: Final = re.compile(r"[\w.-]{3,80}")
#: The name of a file of texts.
_FILE: Final = re.compile(r"(?i)[^\n]{1,200}\.(?:pdf|txt|md|html?|docx?|csv|tsv|jsonl?|xml|pptx?|xlsx?|epub|rtf|odt)")
#: Share of the rows that have such a name, and of distinct values of texts that are of one row each.
_NEARLY_ALL: Final = 0.8
_VARIED: Final = 0.5


def points(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Return whether a column holds identifiers, names of files, or places of sentences in other files."""
    return _are_ids(rows, column) or _are_files(rows, column) or _are_places(rows, column)


def _are_ids(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether values are short identifiers, words with digits and no spaces, of which each comes several times."""
    if not column.short or column.distinct > _VARIED or column.holds not in (Holds.LABEL, Holds.OTHER):
        return False
    values = {row.get(column.key) for row in rows if isinstance(row.get(column.key), str)}
    return bool(values) and all(
        not value or (_ID.fullmatch(value) and any(map(str.isdigit, value))) for value in values
    )


def _are_files(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether nearly all values are names of files, such as those that passages are from."""
    if not column.short:
        return False
    values = [value.strip() for row in rows if isinstance(value := row.get(column.key), str) and value.strip()]
    return bool(values) and sum(map(bool, map(_FILE.fullmatch, values))) >= _NEARLY_ALL * len(values)


def _are_places(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether values are the places of sentences in other files, which say nothing themselves."""
    return column.holds in (Holds.LIST, Holds.OBJECT, Holds.OTHER) and are_sentence_numbers(
        row.get(column.key) for row in rows
    )

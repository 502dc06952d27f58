"""Rows of facts in a few words and numbers, such as tables, registers and logs: no training data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datalint.shapes.evidence.sampled import SampledColumn

#: Columns of a table of facts at least, words of a value on average, and characters at most; a sign of a script without
#: spaces is as long as two letters, and two of them are a word.
_LEAST: Final = 4
_WORDS: Final = 5
_LONGEST: Final = 60
#: Meanings by names of columns. A table that has texts and a column with any of these meanings has no facts alone.
_ASKED: Final = ("prompt", "text")
_LEARNED: Final = ("response", "written", "category", "act")


def are_facts(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether rows are several facts of a few words; with texts, no column is named like a prompt or a label."""
    from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds
    from datalint.shapes.evidence.sampling import columns_of

    if len(rows) < LEAST_ROWS:
        return False
    columns = [each for each in columns_of(rows) if each.holds is not Holds.NOTHING]
    facts = (Holds.TEXT, Holds.LABEL, Holds.NUMBER, Holds.REFERENCE, Holds.OTHER)
    if len(columns) < _LEAST or any(each.holds not in facts for each in columns):
        return False
    texts = [each for each in columns if each.holds is Holds.TEXT]
    if texts and any(map(_is_named, columns)):
        return False
    return all(_is_brief([row.get(each.key) for row in rows]) for each in columns if each.holds is not Holds.REFERENCE)


def _is_named(column: SampledColumn) -> bool:
    """Whether a column is named like a prompt, a response or a label, or after a language."""
    from datalint.shapes.evidence.names import CLASS, has_word, is_language
    from datalint.support.names.column_names import Strength, fold_name, strength

    if any(strength(column.key, each) is Strength.WHOLE for each in _ASKED) or has_word(column.key, CLASS):
        return True
    named = any(strength(column.key, each) >= Strength.HEAD for each in _LEARNED)
    return named or any(map(is_language, fold_name(column.key)))


def _is_brief(values: Sequence[Any]) -> bool:
    """Whether values are a few words or numbers, none of them as long as a sentence or in several lines."""
    from datalint.shapes.evidence.sampled import width

    texts = [value for value in values if isinstance(value, str)]
    if any(isinstance(value, list | dict) for value in values):
        return False
    if any(width(text) > _LONGEST or "\n" in text for text in texts):
        return False
    # Signs are words only in a text without spaces, which Korean has.
    words = (len(parts) if len(parts := text.split()) > 1 else max(1, (width(text) - len(text)) // 2) for text in texts)
    return sum(words) <= _WORDS * len(texts)

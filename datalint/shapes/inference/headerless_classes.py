"""Classes of texts in tables without a header, from their values alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_code, is_label
from datalint.shapes.evidence.names import is_language
from datalint.shapes.evidence.sampled import FACTS, LEAST_ROWS, LONG, READABLE, Holds, SampledColumn, is_unnamed
from datalint.shapes.guess import JOIN, Guess

#: Share of distinct values below which names as programs have them are those of intents.
_REPEATED: Final = 0.9
#: Names that R, Spark and spreadsheets give to the columns of a table without a header.
_COUNTED: Final = re.compile(r"(?:[VX]|_c|[Cc]ol(?:umn)?[ _]?)\d{1,2}|Unnamed: \d{1,2}")
#: Mean characters of the name of a class at most, and rows from which on a class that several have is one.
_CLASS: Final = 30
_FEW_ROWS: Final = 5
#: Most classes of which one has nearly all rows.
_MOST_CLASSES: Final = 4
#: Texts of which a class may be the relation.
_PAIR: Final = 2
#: Columns of a wide table without names at least, the most classes of the text in it, and the share of these in rows.
_WIDE: Final = 5
_MOST_OF_WIDE: Final = 20.5
_FEW: Final = 0.1
#: Columns of zeros and ones at the end of such a table at least.
_LEAST_FLAGS: Final = 2
#: Columns of few values after the only text at least.
_LEAST_LABELS: Final = 2


def with_intents(columns: Sequence[SampledColumn]) -> Guess | None:
    """Return the guess about a table without names of texts and their intents, which are named as in programs."""
    intents = [each for each in columns if each.program_names and each.distinct < _REPEATED]
    texts = [each for each in columns if each not in intents and each.holds is Holds.TEXT and each.distinct >= VARIED]
    if len(columns) != 2 or not len(intents) == len(texts) == 1 or not all(map(is_unnamed, columns)):
        return None
    label = intents[0].key
    return Guess.of({"prompt": texts[0].key, "response": label, "category": label}, clear=True, basis="values")


def with_classes(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a table without names of texts and their classes, too many for labels, or in few rows."""
    if _in_few_rows(columns, rows):
        label, text = (each.key for each in sorted(columns, key=lambda each: each.length))
        return Guess.of({"prompt": text, "response": label, "category": label})
    if rows < LEAST_ROWS:
        return None
    texts = [each for each in columns if each.holds is Holds.TEXT and each.distinct >= _REPEATED]
    classes = [each for each in columns if each.holds is Holds.TEXT and each.short and each.distinct < VARIED]
    if len(columns) != 2 or not len(texts) == len(classes) == 1 or not all(map(is_unnamed, columns)):
        return None
    label = classes[0].key
    return Guess.of({"prompt": texts[0].key, "response": label, "category": label})


def with_one_class(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about a table without names of texts that differ next to words of which nearly all are one.

    If all are the same, as in the file of a class, or others are in a few rows only, it is a proposal.
    """
    if len(rows) < LEAST_ROWS or len(columns) != 2 or not all(map(_says_nothing, columns)):
        return None
    label, text = sorted(columns, key=lambda each: each.distinct)
    if not label.short or label.length > _CLASS or not _are_texts(text, label):
        return None
    counts = Counter(said for row in rows if (said := str(row.get(label.key, "")).strip()))
    if label.holds not in (Holds.OTHER, Holds.LABEL) or len(counts) > (_MOST_CLASSES if label.uniform else 1):
        return None
    # The language or the version of texts is no class.
    if not all(map(_may_be_class, counts)):
        return None
    clear = len(counts) > 1 and min(counts.values()) >= _FEW_ROWS and counts.total() == len(rows)
    found = {"prompt": text.key, "response": label.key, "category": label.key}
    return Guess.of(found, clear=clear, basis="values" if clear else "")


def _may_be_class(value: str) -> bool:
    return any(map(str.isalpha, value)) and not any(map(str.isdigit, value)) and not is_language(value.lower())


def _in_few_rows(columns: Sequence[SampledColumn], rows: int) -> bool:
    """Whether a table without names of a few rows has texts that differ and short ones, each next to several."""
    if not _FEW_ROWS <= rows < LEAST_ROWS or len(columns) != 2 or not all(map(_says_nothing, columns)):
        return False
    label, text = sorted(columns, key=lambda each: each.distinct)
    repeated = label.short and label.length <= _CLASS and 1.5 / rows < label.distinct <= VARIED and not label.codes
    return repeated and label.holds in READABLE and text.length > LONG and _are_texts(text, label)


def _are_texts(text: SampledColumn, label: SampledColumn) -> bool:
    varied = text.holds is Holds.TEXT and text.distinct >= VARIED and not (text.code or text.listed)
    return varied and text.length > max(LONG / 2, 2 * label.length)


def _says_nothing(column: SampledColumn) -> bool:
    return is_unnamed(column) or _COUNTED.fullmatch(column.key) is not None


def with_last_class(columns: Sequence[SampledColumn], rows: int) -> Guess | None:
    """Return the proposal for a table without names of several texts, such as turns, and a class of all of them."""
    if not columns:
        return None
    *others, label = columns
    texts = [each for each in others if each.holds is Holds.TEXT and each.distinct >= VARIED]
    ids = [each for each in others if each.holds in (Holds.NOTHING, Holds.REFERENCE)]
    if len(texts) <= _PAIR or len(texts) + len(ids) < len(others) or not all(map(is_unnamed, columns)):
        return None
    if sum(each.length for each in texts) <= LONG or not is_label(label, rows):
        return None
    joined = JOIN.join(each.key for each in texts)
    return Guess.of({"prompt": joined, "response": label.key, "category": label.key})


def with_last_flags(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for many columns without names: the last ones, of zeros and ones, and the only long text."""
    if len(rows) < LEAST_ROWS or len(columns) < _WIDE or not all(map(is_unnamed, columns)):
        return None
    flags = [*takewhile(lambda each: each.binary and each.holds is Holds.NUMBER, reversed(columns))][::-1]
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG]
    if len(flags) < _LEAST_FLAGS or len(texts) != 1 or not _is_statement(texts[0]):
        return None
    if _is_class(columns[max(columns.index(texts[0]) - 1, 0)], len(rows)):
        return None  # the class of a statement stands before it
    return Guess.of({"prompt": texts[0].key, "response": JOIN.join(each.key for each in flags)})


def in_wide_table(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for many columns without names: a long text and the words of a class in the column before it.

    Such are statements with their verdict, speaker and party (LIAR). If several texts have one, none is proposed.
    """
    if len(rows) < LEAST_ROWS or len(columns) < _WIDE or not all(map(is_unnamed, columns)):
        return None
    found = [pair for pair in pairwise(columns) if _is_class(pair[0], len(rows)) and _is_statement(pair[1])]
    if len(found) != 1:
        return None
    label, text = (each.key for each in found[0])
    return Guess.of({"prompt": text, "response": label, "category": label})


def followed_by_labels(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the proposal for a table without names of a long text, after which all columns have few values.

    Before the text are only what identifies it, and nothing that sorts it. One of the columns has words.
    """
    if len(rows) < LEAST_ROWS or not all(map(is_unnamed, columns)):
        return None
    place = next((at for at, each in enumerate(columns) if _is_statement(each)), None)
    if place is None:
        return None
    before, labels = columns[:place], columns[place + 1 :]
    if len(labels) < _LEAST_LABELS or not any(_is_class(each, len(rows)) for each in labels):
        return None
    few = all(_is_class(each, len(rows)) or (is_code(each) and is_label(each, len(rows))) for each in labels)
    if not few or any(each.holds not in FACTS or each.distinct < VARIED for each in before):
        return None
    if any(each.holds is Holds.LABEL and _quotes(each.key, columns[place].key, rows) for each in labels):
        return None  # parts of the text, with their places
    return Guess.of({"prompt": columns[place].key, "response": JOIN.join(each.key for each in labels)})


def _quotes(key: str, text: str, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether most values of a column are in the text of their row."""
    return sum(str(row.get(key)) in str(row.get(text)) for row in rows) > len(rows) / 2


def _is_class(column: SampledColumn, rows: int) -> bool:
    few = column.holds is Holds.LABEL and column.distinct <= _FEW and column.distinct * rows < _MOST_OF_WIDE
    return few and not column.sparse and not column.uniform and column.length < _CLASS


def _is_statement(column: SampledColumn) -> bool:
    return column.holds is Holds.TEXT and column.length > LONG and column.distinct >= _REPEATED and not column.sparse

"""Labels in objects or nested lists next to a text: ``{"text": …, "result": {"sentiment": …}}``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class, is_label
from datalint.shapes.evidence.names import CLASS, has_word, is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.evidence.sampling import columns_of
from datalint.shapes.guess import JOIN, NESTED, Guess, can_be_typed
from datalint.shapes.inference.nested_texts import open_objects
from datalint.shapes.side_keys import use_of

#: Labels that are proposed together.
_MOST: Final = 3
#: Lists within a list that are looked into.
_DEEPEST: Final = 3


def with_nested_label(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess about a text alone with its label, if an object next to it has one, or the guess as it is."""
    found = {} if guess is None else dict(guess.columns)
    if guess is None or found.keys() != {"text"} or len(rows) < LEAST_ROWS:
        return guess
    if (named := _nested_in_lists(rows)) is not None:
        return Guess.of({"prompt": found["text"], "response": named})
    columns = columns_of(open_objects(rows))
    text = next((each for each in columns if each.key == found["text"]), None)
    labels = [each for each in columns if _is_nested_label(each, len(rows))]
    stated = list(filter(is_class, labels))
    labels = stated or labels
    if text is None or text.distinct < VARIED or not 1 <= len(labels) <= _MOST:
        return guess
    learned = {"response": JOIN.join(each.key for each in labels), "category": labels[0].key}
    clear = guess.clear and len(stated) == 1
    return Guess.of({"prompt": text.key, **learned}, clear=clear, basis="names")


def _nested_in_lists(rows: Sequence[Mapping[str, Any]]) -> str | None:
    """Return the only key of lists of lists of texts that is named as labels, few of which differ; None for none."""
    nested = [key for key in rows[0] if has_word(key, CLASS) and can_be_typed(key)]
    nested = [key for key in nested if all(_are_nested(row.get(key), _DEEPEST) for row in rows)]
    columns = [each for each in columns_of(rows) if each.key in nested and each.holds is Holds.OBJECT]
    columns = [each for each in columns if not each.sparse and each.distinct < VARIED and each.distinct * len(rows) > 1]
    return columns[0].key if len(columns) == 1 else None


def _are_nested(value: object, depth: int) -> bool:
    """Whether a value is a list of texts and such lists, or an empty one; numbers may be places in a text."""
    if not isinstance(value, list):
        return value is None
    return all(isinstance(each, str) or (depth > 0 and _are_nested(each, depth - 1)) for each in value)


def _is_nested_label(column: SampledColumn, rows: int) -> bool:
    """Whether a column of an object holds few values that may be learned, by its name and that of the object."""
    if NESTED not in column.key or column.holds is not Holds.LABEL or column.sparse or column.uniform:
        return False
    outer = use_of(column.key.partition(NESTED)[0])
    return (
        outer in ("unknown", "learned") and is_label(column, rows) and not is_about(column) and can_be_typed(column.key)
    )

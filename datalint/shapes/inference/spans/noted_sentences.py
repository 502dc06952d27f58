"""Texts as lists of words, or of sentences that are such lists, with a class or with annotations (DocRED)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_class
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.shapes.inference.spans.spans import SENTENCES
from datalint.support.names.column_names import Strength, fold_name, strength

#: Words of keys of annotations, the preferred ones first.
_NOTED: Final = ("labels", "relations", "relation", "events", "triples", "annotations", "entities", "mentions")
#: Words of the names of texts.
_NAMES: Final = SENTENCES | {"words"}
#: Rows that are looked at, the share of items that must be words, and mean characters of a word at most.
_ROWS: Final = 50
_NEARLY_ALL: Final = 0.9
_LONGEST: Final = 25
_QUIET: Final = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE, Holds.LABEL, Holds.OTHER, Holds.LIST, Holds.OBJECT)


def noted_sentences(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about such texts, whose class is learned, or whose notes are labels; None for other rows."""
    objects = [each for each in columns if each.holds is Holds.OBJECT]
    lists = [each for each in columns if each.holds in (Holds.OBJECT, Holds.LIST)]
    documents = [each for each in lists if not _NAMES.isdisjoint(fold_name(each.key)) and _are_words(rows, each)]
    if len(documents) != 1 or len(rows) < 2:
        return None
    noted = [each for name in _NOTED for each in objects if each.key == name and _are_objects(rows, each)]
    others = [each for each in columns if each not in documents and not is_about(each)]
    quiet = all(each.holds in _QUIET or strength(each.key, "heading") >= Strength.HEAD for each in others)
    classes = [each for each in others if each.holds is Holds.LABEL and is_class(each)]
    if quiet and not noted and len(classes) == 1 and len(rows) >= LEAST_ROWS:
        label = classes[0].key
        return Guess.of({"prompt": documents[0].key, "response": label, "category": label}, clear=True, basis="names")
    if not noted or not quiet:
        return None
    return Guess.of({"prompt": documents[0].key, "labels": noted[0].key}, clear=True, basis="values")


def _are_words(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether all values are lists of lists of short texts, which have no blanks in them."""
    documents = [value for row in rows[:_ROWS] if (value := row.get(column.key))]
    if not all(isinstance(each, list) for each in documents):
        return False
    if column.holds is Holds.LIST:
        documents = [[each] for each in documents]
    if not all(isinstance(item, list) for each in documents for item in each):
        return False
    words = [word for each in documents for item in each[:_ROWS] for word in item[:_ROWS]]
    if not words or not all(isinstance(word, str) for word in words):
        return False
    bare = sum(" " not in word for word in words)
    return sum(map(len, words)) <= _LONGEST * len(words) and bare >= _NEARLY_ALL * len(words)


def _are_objects(rows: Sequence[Mapping[str, Any]], column: SampledColumn) -> bool:
    """Whether all values are lists of objects, some of which are not empty."""
    values = [row.get(column.key) for row in rows[:_ROWS]]
    lists = [value for value in values if isinstance(value, list)]
    items = [item for value in lists for item in value[:_ROWS]]
    return len(lists) == len(values) and bool(items) and all(isinstance(item, dict) for item in items)

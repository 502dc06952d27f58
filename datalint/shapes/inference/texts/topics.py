"""Subjects of texts: the names of things, and topics on which the label depends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import is_few
from datalint.shapes.evidence.names import QUESTIONS, has_word
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn
from datalint.shapes.inference.labelled.tickets import decides
from datalint.support.names.column_names import Strength, fold_name, strength

#: First words of the names of things, before ``name``.
_THINGS: Final = frozenset("product item recipe dish movie film book game course event".split())
#: Share of distinct values of names that are of one row each.
_VARIED: Final = 0.5
#: Names of keys of the subject of a text, and of keys that may hold a response instead, if it is long.
_TOPICS: Final = frozenset((("topic",), ("title",), ("subject",), ("target",), ("headline",)))
_TITLES: Final = (("title",), ("headline",))
_MAY_BE_WRITTEN: Final = ("target",)
#: Mean length from which on these are texts that are read, and not names of categories, and the share of the values
#: of categories that are distinct, at most.
_LONG: Final = 20
_FEW: Final = 0.2
#: Share of rows that must have one, and share of them with one of the two texts in the other, where it says no more.
_FILLED: Final = 0.9
_WITHIN: Final = 0.8


def is_thing(column: SampledColumn) -> bool:
    """Return whether a column holds the names of the subjects of texts, such as a ``product_name``."""
    words = fold_name(column.key)
    named = len(words) > 1 and words[-1] == "name" and words[0] in _THINGS
    return named and column.holds is Holds.TEXT and column.distinct >= _VARIED


def names_topic(key: str) -> bool:
    """Return whether a key may hold the subject of a text, by its name."""
    return fold_name(key) in _TOPICS


def topics_of(
    columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]], found: Mapping[str, str]
) -> list[SampledColumn]:
    """Return the columns of the subjects of labelled texts, if the label depends on the subject and the text.

    ``found`` are meanings and their keys. A topic of few or short values sorts the rows, and is none of these.
    """
    label = next((each for each in columns if each.key == found.get("response")), None)
    if label is None or not is_few(label) or len(rows) < LEAST_ROWS:
        return []
    asked = found.get("prompt", "")
    topics = [each for each in columns if each.key != asked and _is_topic(each) and _says_more(rows, each.key, found)]
    # The answer to a question is no label of it, and a title is for people.
    answered = has_word(asked, QUESTIONS) and strength(label.key, "response") is Strength.WHOLE
    return [each for each in topics if not (answered and fold_name(each.key) in _TITLES)]


def _is_topic(column: SampledColumn) -> bool:
    words = fold_name(column.key)
    named = words in _TOPICS and (words != _MAY_BE_WRITTEN or column.short)
    return named and column.holds is Holds.TEXT and column.length > _LONG and column.distinct > _FEW


def _says_more(rows: Sequence[Mapping[str, Any]], key: str, found: Mapping[str, str]) -> bool:
    """Whether nearly all rows have a text under a key that is no part of the prompt, and does not decide the label."""
    pairs = [(_folded(row.get(key)), _folded(row.get(found["prompt"]))) for row in rows]
    texts = [(topic, text) for topic, text in pairs if topic]
    if len(texts) < _FILLED * len(rows) or decides(rows, key, found["response"]):
        return False
    return sum(topic in text or text in topic for topic, text in texts) < _WITHIN * len(texts)


def _folded(value: object) -> str:
    return value.strip().casefold() if isinstance(value, str) else ""

"""Inference of tables with a column of tags that are written as text, one for each word of another column's text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_few
from datalint.shapes.evidence.sampled import LEAST_ROWS, Holds, SampledColumn, is_unnamed
from datalint.shapes.evidence.tag_lists import name_parts, spells_classes, spells_tags
from datalint.shapes.guess import Guess
from datalint.shapes.inference.spans.lists_as_text import are_one_each
from datalint.shapes.inference.spans.spans import class_beside
from datalint.support.names.column_names import Strength, strength

#: Share of the rows with a tag for each word, where tags are those of parts of names: others are mistakes.
_MOSTLY: Final = 0.7


def with_tags(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts with a tag for each of their words, and perhaps a class, whatever they are named."""
    if len(rows) < LEAST_ROWS:
        return None
    parts = [each.key for each in columns if _are_written(each, rows)]
    tags = parts or ([each.key for each in columns if _are_classes(each, rows)] if _only_two(columns) else [])
    texts = [each for each in columns if each.holds is Holds.TEXT and each.key not in tags]
    if len(tags) != 1 or not texts:
        return None
    [tag] = tags
    split = [{**row, tag: str(row.get(tag) or "").split()} for row in rows]
    unnamed = all(map(is_unnamed, columns))
    least = _MOSTLY if parts and not unnamed else None
    fitting = [each for each in texts if are_one_each(split, each.key, tag, least=least)]
    if unnamed:
        return _without_names(columns, fitting, tag)
    # The same text may stand in lower case next to itself.
    named = [each for each in fitting if strength(each.key, "text") is Strength.WHOLE]
    if len(fitting) != 1 and len(named) != 1:
        return None
    found = {"prompt": (fitting if len(fitting) == 1 else named)[0].key, "labels": tag}
    return Guess.of(found | class_beside(columns, found), clear=True, basis="values")


def _without_names(columns: Sequence[SampledColumn], texts: Sequence[SampledColumn], tag: str) -> Guess | None:
    """Return the guess about a table without a header: a text, its tags, and perhaps a class."""
    varied = [each for each in texts if each.distinct >= VARIED]
    classes = [each.key for each in columns if each not in varied and each.key != tag and is_few(each)]
    if len(columns) not in (2, 3) or len(varied) != 1 or len(classes) != len(columns) - 2:
        return None
    sorted_by = {"response": classes[0], "category": classes[0]} if classes else {}
    return Guess.of({"prompt": varied[0].key, **sorted_by, "labels": tag}, clear=True, basis="values")


def _only_two(columns: Sequence[SampledColumn]) -> bool:
    """Whether rows hold nothing but two columns, next to what identifies each row."""
    facts = (Holds.NOTHING, Holds.NUMBER, Holds.REFERENCE)
    return sum(each.holds not in facts for each in columns) == 2


def _are_classes(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds the classes of words as text."""
    return column.holds is Holds.OTHER and spells_classes([row.get(column.key) for row in rows])


def _are_written(column: SampledColumn, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds the tags of parts of names as text."""
    if column.holds not in (Holds.OTHER, Holds.LABEL, Holds.TEXT):
        return False
    values = [value for row in rows if (value := row.get(column.key))]
    return bool(values) and spells_tags(values[0]) and name_parts(values)
